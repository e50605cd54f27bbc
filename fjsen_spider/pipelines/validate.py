"""Draft → record: finished, checked, counted."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from scrapy.crawler import Crawler

from fjsen_spider.crawling.component import Component
from fjsen_spider.crawling.outcomes import NoRecord
from fjsen_spider.extraction import Draft, finish
from fjsen_spider.items import Article

BOOKKEEPING: Final = frozenset({
    "schema_version", "kind", "pages", "complete", "layout", "provenance", "warnings", "encoding", "retrieved_at",
    "status", "warc", "content_sha256", "revision", "first_seen", "changed_fields",
})  # fmt: skip
"""Fields that tell of the record, not of the article: their fill says nothing."""

FIELDS: Final = tuple(f.name for f in dataclasses.fields(Article) if f.name not in BOOKKEEPING)
"""Fields whose fill is counted."""

ELSEWHERE: Final = ("comment:", "url")
"""Rules that stand in where the page's own place for a field says nothing."""

CONTENT: Final = ("text", "images", "videos", "tables", "attachments", "related")
"""What an article may consist of; a record without any of them is none."""


class Validate(Component):
    """Drops records that would be useless, and counts what the others hold.

    The counts of a record, some seventy, come to the stats at the end: Scrapy takes its time for each.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._counts: Counter[str] = Counter()

    def close_spider(self) -> None:
        """Hand the counts over."""
        for key, count in self._counts.items():
            self._crawler.stats.inc_value(key, count)

    def process_item(self, item: Any) -> Any:
        """Return the record of a draft; drop one without title or content."""
        if not isinstance(item, Draft):
            return item
        article = finish(item)
        count = self._crawler.stats.inc_value
        count("fjsen/extracted")
        if fault := fault_of(article):
            count(f"fjsen/dropped/{fault}")
            raise NoRecord(f"record dropped: {fault}")
        self._counts.update(tally(article))
        for reason, characters in item.left_out.items():
            if characters:
                self._counts[f"fjsen/left_out/{reason}"] += characters
        return article


def fault_of(article: Article) -> str | None:
    """Return the slug of what makes a record useless."""
    if not article.title:
        return "no-title"
    return None if any(getattr(article, name) for name in CONTENT) else "no-content"


def tally(article: Article) -> Iterator[str]:
    """Yield the stats that a record counts in."""
    layout, rules = article.layout, article.provenance
    for name in FIELDS:
        if not getattr(article, name):
            yield f"fjsen/field/{name}/missing"
            continue
        yield f"fjsen/field/{name}/filled"
        yield f"fjsen/filled/{layout}/{name}"
        if not rules.get(name, "").startswith(ELSEWHERE):
            yield f"fjsen/own/{layout}/{name}"
    yield f"fjsen/layout/{layout}"
    yield from (f"fjsen/warning/{slug}" for slug in article.warnings)
