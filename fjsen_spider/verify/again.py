"""A record made again out of the archive."""

from __future__ import annotations

from fjsen_spider.archive.cdxj import timestamp
from fjsen_spider.archive.collection import Collection
from fjsen_spider.archive.record import Record
from fjsen_spider.crawling.gathering import Gathering
from fjsen_spider.extraction import NotAnArticle, extract
from fjsen_spider.items import Article, RawPage


def content_again(archive: Collection, record: Article, first: Record) -> str | None:
    """Return the content digest that the rules give now; None for what they take for no article.

    The further pages are those that were captured with the first one.
    """
    gathering = Gathering(id=record.id or "")
    gathering.add(archive.capture(first).page)
    while url := gathering.next_address():
        page = _captured_with(archive, first, url)
        if page is None or not gathering.add(page):
            gathering.failed = True
    if not gathering.pages:
        return None
    try:
        return extract(*gathering.pages, aliases=record.aliases).content_sha256
    except NotAnArticle:
        return None


def _captured_with(archive: Collection, first: Record, url: str) -> RawPage | None:
    """Return the capture next after that of the first page, or else the last one before."""
    captures, moment = archive.index.find(url), timestamp(first.date)
    later = [entry for entry in captures if timestamp(entry.date) >= moment]
    for entry in (later or captures[::-1])[:1]:
        page = archive.capture(archive.record(entry.file, entry.offset, entry.length)).page
        return page if page.status in (200, None) else None
    return None
