"""Pages that read oddly, kept in the form of fixtures: `<data folder>/quarantine/<id>/`."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from fjsen_spider.crawling.component import Component
from fjsen_spider.crawling.configuration import number
from fjsen_spider.crawling.outcomes import NoRecord
from fjsen_spider.crawling.politeness.challenge import CHALLENGED
from fjsen_spider.crawling.store import store_of
from fjsen_spider.extraction import Draft
from fjsen_spider.extraction.layouts.generic import GENERIC
from fjsen_spider.fixtures.folder import META, page_name
from fjsen_spider.items import RawArticle, RawPage
from fjsen_spider.urls import article_id

logger = logging.getLogger(__name__)

FOLDER: Final = "quarantine"
ODD: Final = frozenset({
    "not an article: unknown-layout", "not an article: no-article", "not an article: challenge",
    "not an article: empty-body", "record dropped: no-title", "record dropped: no-content",
})  # fmt: skip
"""Outcomes that an article's address should not have; a page that says that it is gone is no oddity."""
RUNS: Final = 10
"""So many runs fill the folder; then nothing more is kept until somebody has looked."""


class Quarantine(Component):
    """Keeps pages of no known layout, those that give no record, raise or are a firewall's; never fails the run.

    A page is named by its content id, or else by its bytes: nothing that a server sends becomes a path.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._most = int(number(crawler.settings, "FJSEN_QUARANTINE_MOST"))
        self._kept = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy does."""
        pipeline = super().from_crawler(crawler)
        crawler.signals.connect(pipeline.challenged, CHALLENGED)
        for name in ("item_dropped", "item_error", "spider_error"):
            crawler.signals.connect(getattr(pipeline, name), getattr(signals, name))
        return pipeline

    def process_item(self, item: Any) -> Any:
        """Keep an article that only generic rules can read, and hand it on."""
        if isinstance(item, Draft) and item.pages and item.first.layout is GENERIC:
            self._keep(item.raw.pages, "generic-layout", "no layout matches")
        return item

    def item_dropped(self, item: Any, exception: BaseException) -> None:
        """Keep an article that gives no record though it should."""
        if isinstance(item, RawArticle) and isinstance(exception, NoRecord) and str(exception) in ODD:
            self._keep(item.pages, str(exception).rpartition(": ")[2], str(exception))

    def item_error(self, item: Any, failure: Failure) -> None:
        """Keep an article that a pipeline failed on."""
        if isinstance(item, RawArticle):
            self._keep(item.pages, "error", f"error: {type(failure.value).__name__}")

    def spider_error(self, failure: Failure, response: Response | Failure | None) -> None:
        """Keep a page that the spider failed on."""
        if isinstance(response, Response):
            self._keep([_page(response)], "error", f"error: {type(failure.value).__name__}")

    def challenged(self, response: Response, sign: str) -> None:
        """Keep a firewall's page."""
        self._keep([_page(response)], "challenge", f"a firewall's page: {sign}")

    def _keep(self, pages: Sequence[RawPage], slug: str, why: str) -> None:
        store, count = store_of(self._crawler), self._crawler.stats.inc_value
        count(f"fjsen/quarantined/{slug}")
        if store is None or store.failed or self._kept >= self._most:
            return
        self._kept += 1
        try:
            if write(store.folder / FOLDER, pages, {"why": why, "run": store.name}, self._most * RUNS):
                count("fjsen/quarantine/kept")
        except OSError as error:
            count("fjsen/quarantine/failed")
            logger.warning("A page could not be put into quarantine: %s", error)


def _page(response: Response) -> RawPage:
    kind = response.headers.get("Content-Type")
    content_type = kind.decode("latin-1") if kind else None
    return RawPage(url=response.url, body=response.body, status=response.status, content_type=content_type)


def write(quarantine: Path, pages: Sequence[RawPage], about: Mapping[str, str], most: int) -> bool:
    """Write the pages of an article, whole or not at all, in the place of an older copy; false when the folder is full."""
    first = pages[0]
    quarantine.mkdir(exist_ok=True)
    folder = quarantine / _name(first)
    if not folder.exists() and sum(1 for _ in quarantine.iterdir()) >= most:
        return False
    draft = quarantine / f".{folder.name}.part"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    for page in pages:
        (draft / page_name(page.url)).write_bytes(page.body)
    meta = {"url": first.url, **about, "status": first.status}
    meta |= {"content_type": first.content_type} if first.content_type else {}
    (draft / META).write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)
    return True


def _name(page: RawPage) -> str:
    known = article_id(page.url)
    return known.removeprefix("fjsen:") if known else sha256(page.body).hexdigest()[:16]
