"""What became of each item → ledger."""

from __future__ import annotations

from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.http import Response
from twisted.python.failure import Failure

from fjsen_spider.crawling.frontier import Frontier
from fjsen_spider.crawling.ledger import State
from fjsen_spider.items import Article, RawArticle
from fjsen_spider.urls import article_id


class NoRecord(DropItem):
    """An article gives no record, for good or until it is asked for again."""

    def __init__(self, outcome: str, state: State | None = State.FAILED) -> None:
        super().__init__(outcome)
        self.state = state
        """What the article is now; None: what it was."""


class Unchanged(DropItem):
    """An article is as its last record says."""

    def __init__(self, record: Article) -> None:
        super().__init__("unchanged")
        self.record = record


class Outcomes:
    """Listens to what becomes of items, and tells the frontier."""

    def __init__(self, crawler: Crawler, frontier: Frontier) -> None:
        self._frontier = frontier
        for name in ("item_scraped", "item_dropped", "item_error", "spider_error"):
            crawler.signals.connect(getattr(self, name), getattr(signals, name))

    def item_scraped(self, item: Any, response: Response | Failure | None) -> None:
        """Settle an article that has a record or tombstone."""
        if isinstance(item, Article) and item.kind == "tombstone":
            self._frontier.settle(item.id or "", State.GONE, "tombstone")
        elif isinstance(item, Article):
            self._frontier.settle_record(item, "recorded")
        elif name := _article_of(response):
            self._settle(name, State.FAILED, f"a pipeline made a {type(item).__name__} of its record")

    def item_dropped(self, item: Any, exception: BaseException) -> None:
        """Settle an article that has none, or no new one."""
        if isinstance(exception, Unchanged):
            self._frontier.settle_record(exception.record, "unchanged")
        elif name := _id_of(item):
            self._settle(name, getattr(exception, "state", State.FAILED), str(exception))

    def item_error(self, item: Any, failure: Failure) -> None:
        """Settle an article that a pipeline failed on."""
        if name := _id_of(item):
            self._settle(name, State.FAILED, f"error: {type(failure.value).__name__}")

    def spider_error(self, failure: Failure, response: Response | Failure | None) -> None:
        """Settle an article that the spider failed on."""
        if name := _article_of(response):
            self._settle(name, State.FAILED, f"error: {type(failure.value).__name__}")

    def _settle(self, article: str, state: State | None, outcome: str) -> None:
        if state is None:
            self._frontier.release(article)
        else:
            self._frontier.settle(article, state, outcome)


def _article_of(response: Response | Failure | None) -> str | None:
    """Return the article whose page was asked for."""
    request: Request | None = getattr(response, "request", None)
    kept = request.cb_kwargs if request else {}
    name: str | None = getattr(kept.get("gathering"), "id", None) or kept.get("article")
    return name


def _id_of(item: Any) -> str | None:
    url = item.pages[0].url if isinstance(item, RawArticle) else getattr(item, "url", None)
    return article_id(url)
