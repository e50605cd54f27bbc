"""`-a limit=N`: the run ends with record N."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.utils.defer import deferred_from_coro


class Limit:
    """Ends the run with the last record wanted; when an article gives none, another is asked for in its place."""

    def __init__(self, crawler: Crawler, records: int | None, another: Callable[[], Iterable[Request]]) -> None:
        if records is None:
            return
        self._crawler, self._left, self._another = crawler, records, another
        crawler.signals.connect(self._written, signals.item_scraped)
        crawler.signals.connect(self._refused, signals.item_dropped)
        crawler.signals.connect(self._refused, signals.item_error)

    def _written(self) -> None:
        self._left -= 1
        if not self._left:
            deferred_from_coro(self._crawler.engine.close_spider_async(reason="limit"))

    def _refused(self) -> None:
        for request in self._another():
            self._crawler.engine.crawl(request)
