"""What the parsing pipelines share: each runs exactly one stage of extraction."""

from __future__ import annotations

from typing import Any

from scrapy.exceptions import DropItem

from fjsen_spider.crawling.component import Component
from fjsen_spider.extraction import Draft, NotAnArticle


class StagePipeline(Component):
    """Hands a draft through its stage; items of other kinds pass untouched."""

    @staticmethod
    def stage(draft: Draft) -> Draft:
        """Return the draft with what this stage finds."""
        raise NotImplementedError

    def process_item(self, item: Any) -> Any:
        """Run the stage; drop what turns out to be no article, and count why."""
        if not isinstance(item, Draft):
            return item
        try:
            return self.stage(item)
        except NotAnArticle as found:
            self._crawler.stats.inc_value(f"fjsen/not_article/{found.reason}")
            raise DropItem(f"not an article: {found.reason}") from found
