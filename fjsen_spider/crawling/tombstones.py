"""The record of an article that the site took down."""

from __future__ import annotations

from scrapy.http import Response

from fjsen_spider.crawling.exchange import Told, asked_for, reason, retrieved_at
from fjsen_spider.crawling.ledger import Entry
from fjsen_spider.items import Article, RawPage
from fjsen_spider.urls import canonical, channel


def tombstone_of(entry: Entry, told: Told) -> Article:
    """Return it, by the answer that its address gave."""
    answer: Response = told if isinstance(told, Response) else told.value.response  # type: ignore[union-attr]
    page = RawPage(
        url=asked_for(answer),
        body=answer.body,
        status=answer.meta.get("redirect_reasons", [answer.status])[0],
        retrieved_at=retrieved_at(answer),
        warc=answer.meta.get("warcs", [None])[0],
    )
    return tombstone(entry, page, reason(told))


def tombstone(entry: Entry, answer: RawPage, why: str) -> Article:
    """Return it: when, what was answered, and the last revision that was there."""
    return Article(
        kind="tombstone",
        id=f"fjsen:{entry.id}",
        url=canonical(answer.url or ""),
        channel=channel(answer.url or ""),
        provenance={"kind": why},
        retrieved_at=answer.retrieved_at,
        status=answer.status,
        warc=answer.warc,
        content_sha256=entry.content.hex() if entry.content else None,
        revision=entry.revision,
        first_seen=entry.first_seen,
    )
