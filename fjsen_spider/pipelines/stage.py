"""What the parsing pipelines share: each runs exactly one stage of extraction."""

from __future__ import annotations

from typing import Any, Final

from fjsen_spider.crawling.component import Component
from fjsen_spider.crawling.frontier import number_of
from fjsen_spider.crawling.ledger import State
from fjsen_spider.crawling.outcomes import NoRecord
from fjsen_spider.crawling.store import store_of
from fjsen_spider.crawling.tombstones import tombstone
from fjsen_spider.extraction import Draft, NotAnArticle
from fjsen_spider.items import Article
from fjsen_spider.urls import article_id

GONE: Final = "soft-404"
"""Why a page is no article when the site says that it is not there, with status 200."""


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
            if found.reason == GONE and (told := self._taken_down(item)):
                return told
            state = State.GONE if found.reason == GONE else State.FAILED
            raise NoRecord(f"not an article: {found.reason}", state) from found

    def _taken_down(self, draft: Draft) -> Article | None:
        """Return the tombstone of an article that has a record."""
        page, store = draft.raw.pages[0], store_of(self._crawler)
        name = article_id(page.url)
        entry = store.ledger.articles.get(number_of(name)) if name and store else None
        if entry is None or not entry.revision or entry.state == State.GONE:
            return None
        return tombstone(entry, page, GONE)
