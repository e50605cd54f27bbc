"""Replay: a crawl answered from a mirror tree, with the production spider, middlewares and pipelines."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import BaseSettings

from fjsen_spider.archive.mirror import Mirror

SETTING: Final = "FJSEN_REPLAY"
HANDLER: Final = "fjsen_spider.crawling.replay.ReplayHandler"


class Replay:
    """Add-on: with FJSEN_REPLAY, answers every request from its tree, and is never slowed down."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Put the replay in the place of the network, whatever else was asked for."""
        if settings.get(SETTING):
            handlers = {**settings.getdict("DOWNLOAD_HANDLERS"), "http": HANDLER, "https": HANDLER}
            settings.set("DOWNLOAD_HANDLERS", handlers, priority="cmdline")
            settings.set("DOWNLOAD_DELAY", 0, priority="cmdline")
            settings.set("AUTOTHROTTLE_ENABLED", False, priority="cmdline")
            settings.set("RETRY_ENABLED", False, priority="cmdline")


class ReplayHandler(BaseDownloadHandler):
    """Answers from the tree: 404 for what is not in it, and for every robots.txt, which allows all."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._mirror = Mirror(Path(crawler.settings[SETTING]).expanduser())

    async def download_request(self, request: Request) -> Response:
        """Return the page saved for the request's URL."""
        robots = urlsplit(request.url).path == "/robots.txt"
        page = None if robots else self._mirror.get(request.url)
        if page is None:
            return Response(request.url, status=404)
        request.meta["retrieved_at"] = page.retrieved_at
        headers = {"Content-Type": page.content_type or "text/html"}
        kind = responsetypes.from_args(headers={b"Content-Type": headers["Content-Type"].encode()}, url=request.url)
        return kind(url=request.url, status=page.status or 200, headers=headers, body=page.body, flags=["replay"])
