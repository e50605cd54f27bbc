"""Replay: a crawl answered from saved pages, with the production spider, middlewares and pipelines."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings

from fjsen_spider.archive.collection import Capture, Collection, warc_files
from fjsen_spider.archive.index import Unreadable
from fjsen_spider.archive.members import BadArchiveError
from fjsen_spider.archive.mirror import Mirror
from fjsen_spider.crawling.archived import answer
from fjsen_spider.crawling.exchange import NOT_ARCHIVED

SETTING: Final = "FJSEN_REPLAY"
HANDLER: Final = "fjsen_spider.crawling.replay.ReplayHandler"

logger = logging.getLogger(__name__)


class Replay:
    """Add-on: with FJSEN_REPLAY, answers every request from it, and is never slowed down."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Put the replay in the place of the network, whatever else was asked for."""
        if settings.get(SETTING):
            handlers = {**settings.getdict("DOWNLOAD_HANDLERS"), "http": HANDLER, "https": HANDLER}
            settings.set("DOWNLOAD_HANDLERS", handlers, priority="cmdline")
            settings.set("DOWNLOAD_DELAY", 0, priority="cmdline")
            settings.set("AUTOTHROTTLE_ENABLED", False, priority="cmdline")
            settings.set("RETRY_ENABLED", False, priority="cmdline")


class ReplayHandler(BaseDownloadHandler):
    """Answers as archived: 404 for what is not there, and for every robots.txt, which allows all."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._saved = saved_pages(replayed(crawler.settings[SETTING]), self._unreadable)

    async def download_request(self, request: Request) -> Response:
        """Return the page saved for the request's URL; raise BadArchiveError for one that cannot be read."""
        robots = urlsplit(request.url).path == "/robots.txt"
        capture = None if robots else self._saved(request.url)
        if capture is None:
            return Response(request.url, status=404, flags=[NOT_ARCHIVED])
        return answer(request, capture, "replay")

    def _unreadable(self, error: OSError | BadArchiveError) -> None:
        logger.error("Not replayed, cannot be read: %s", error)
        self.crawler.stats.inc_value("fjsen/replay/unreadable")


def replayed(path: str) -> Path:
    """Return what a setting names; raise ValueError for what is no mirror tree, WARC file or folder with any."""
    place = Path(path).expanduser()
    if not place.exists():
        raise ValueError(f"there is no file or folder {path!r}")
    if not (warc_files(place) or Mirror.is_one(place)):
        raise ValueError(f"{path!r} is no mirror tree (<host>/<path>), no WARC file and no folder with any")
    return place


def saved_pages(place: Path, unreadable: Unreadable) -> Callable[[str], Capture | None]:
    """Return what gives the saved page of a URL."""
    if files := warc_files(place):
        return Collection(files, unreadable).newest
    mirror = Mirror(place)

    def saved(url: str) -> Capture | None:
        page = mirror.get(url)
        return Capture(page=page, headers=(("Content-Type", "text/html"),)) if page else None

    return saved
