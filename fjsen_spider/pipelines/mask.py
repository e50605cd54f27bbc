"""Records without what is personal in them, where that is wanted."""

from __future__ import annotations

from typing import Any

from scrapy.crawler import Crawler

from fjsen_spider.crawling.component import Component
from fjsen_spider.crawling.configuration import flag
from fjsen_spider.items import Article
from fjsen_spider.personal import masked


class Mask(Component):
    """Puts `*` for mobile numbers, identity numbers and mail addresses, with `FJSEN_MASK_PERSONAL=True`.

    The archive keeps the pages as they were sent.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._wanted = flag(crawler.settings, "FJSEN_MASK_PERSONAL")

    def process_item(self, item: Any) -> Any:
        """Return the record as it may be written."""
        return masked(item) if self._wanted and isinstance(item, Article) else item
