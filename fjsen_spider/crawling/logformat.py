"""Log lines about items name the page; Scrapy's own would print whole pages and records."""

from __future__ import annotations

from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from fjsen_spider.items import Article, RawArticle


class PageLogFormatter(LogFormatter):
    """Scrapy's lines, with the URL in the place of a page or record; other items are logged as ever."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        """Tell of a record."""
        return _about(item, super().scraped(item, response, spider), "Recorded %(url)s")

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Tell of a page that gives no record, and why."""
        return _about(item, super().dropped(item, exception, response, spider), "No record of %(url)s: %(exception)s")

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Tell of a page that a pipeline failed on; Scrapy adds the traceback."""
        return _about(item, super().item_error(item, exception, response, spider), "Page lost: %(url)s")


def page_of(item: Any) -> str:
    """Return the URL that an item of any pipeline stage is about."""
    if isinstance(item, RawArticle):
        return item.pages[0].url or "a page without address"
    return (item.url or item.id or "a record without address") if isinstance(item, Article) else type(item).__name__


def _about(item: Any, line: LogFormatterResult, message: str) -> LogFormatterResult:
    if not isinstance(item, RawArticle | Article) or not isinstance(line["args"], dict):
        return line
    return {"level": line["level"], "msg": message, "args": {**line["args"], "url": page_of(item), "item": None}}
