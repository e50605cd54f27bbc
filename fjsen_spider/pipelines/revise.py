"""Record → its place among the revisions of the article; what is unchanged is no new record."""

from __future__ import annotations

import logging
from dataclasses import fields, replace
from typing import Any

from fjsen_spider.crawling.component import Component
from fjsen_spider.crawling.frontier import number_of
from fjsen_spider.crawling.ledger import Entry, State
from fjsen_spider.crawling.outcomes import NoRecord, Unchanged
from fjsen_spider.crawling.store import Store, store_of
from fjsen_spider.items import Article
from fjsen_spider.pipelines.validate import BOOKKEEPING
from fjsen_spider.serialize import from_line

logger = logging.getLogger(__name__)


class Revise(Component):
    """Compares a record with the last one of its article."""

    def process_item(self, item: Any) -> Any:
        """Number the revision and name the fields that differ; drop an article that is as it was, or has a gap now."""
        store = store_of(self._crawler)
        if not isinstance(item, Article) or item.kind != "article" or item.id is None or store is None:
            return item
        entry = store.ledger.articles.get(number_of(item.id))
        if entry is None or not entry.revision:
            return item
        back, before = entry.state == State.GONE, self._before(store, entry)
        if not back and item.content_sha256 == (entry.content or b"").hex():
            self._crawler.stats.inc_value("fjsen/unchanged")
            raise Unchanged(item)
        if (
            not back
            and before
            and before.warc
            and before.warc == item.warc
            and before.pages.total == item.pages.total == 1
        ):
            self._crawler.stats.inc_value("fjsen/read_otherwise")  # by other rules: the page is the same
            raise Unchanged(item)
        if not back and before and before.complete and not item.complete:
            self._crawler.stats.inc_value("fjsen/dropped/page-missing-now")
            raise NoRecord("record dropped: a page could not be had that was there before")
        self._crawler.stats.inc_value("fjsen/revised")
        changed = changed_fields(before, item) if before else ()
        return replace(item, revision=entry.revision + 1, first_seen=entry.first_seen, changed_fields=changed)

    def _before(self, store: Store, entry: Entry) -> Article | None:
        try:
            return from_line(store.line(entry))
        except (OSError, ValueError) as error:
            self._crawler.stats.inc_value("fjsen/previous_revision_unreadable")
            logger.warning("The last record of fjsen:%d cannot be read: %s", entry.id, error)
            return None


def changed_fields(before: Article, after: Article) -> tuple[str, ...]:
    """Return the fields of the article in which two records differ."""
    names = (one.name for one in fields(Article) if one.name not in BOOKKEEPING)
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))
