"""The articles of an archive: the newest capture of each page, merged by article id, in bounded memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from fjsen_spider.archive.cdxj import REVISIT, Entry
from fjsen_spider.archive.collection import Collection
from fjsen_spider.extraction.pager import read_pager
from fjsen_spider.items import RawArticle, RawPage
from fjsen_spider.urls import FULL_TEXT, PageKind, canonical, classify

_GOOD = ("200", None)
"""Statuses of an index line that may be a page; a resource has none."""


@dataclass(frozen=True, slots=True)
class ArchivedArticle:
    """The captures of one article, one for each page number."""

    collection: Collection
    captures: tuple[tuple[int, str, str, int, int], ...]
    """Page number, URL, file, offset, length: first page first."""
    aliases: tuple[str, ...]

    @property
    def name(self) -> str:
        """What to call it when it cannot be read."""
        return self.captures[0][1]

    def read(self) -> RawArticle:
        """Read its pages; raise BadArchiveError or OSError when one cannot be read."""
        pages = _still_linked([self._page(*one) for one in self.captures])
        return RawArticle(pages=tuple(pages), aliases=self.aliases)

    def _page(self, _number: int, _url: str, file: str, offset: int, length: int) -> RawPage:
        return self.collection.capture(self.collection.record(file, offset, length)).page


def articles(collection: Collection) -> Iterator[ArchivedArticle]:
    """Yield every article that has a captured page, by id; what the index holds is sorted on disk."""
    with closing(sqlite3.connect("")) as table:
        table.execute("CREATE TABLE page (id INTEGER, page, wap, date, url, file, offset, length)")
        table.executemany("INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _rows(collection))
        rows = table.execute("SELECT * FROM page ORDER BY id, wap, date DESC, url, file, offset")
        for _, group in groupby(rows, itemgetter(0)):
            yield _article(collection, list(group))


def _rows(collection: Collection) -> Iterator[tuple[object, ...]]:
    for entry in collection.entries():
        known = classify(entry.url)
        if known and known.content_id and known.kind is PageKind.ARTICLE and _is_good(entry):
            wap = "/wap/" in entry.url
            where = (entry.file, entry.offset, entry.length)
            yield int(known.content_id), known.page, wap, entry.date, entry.url, *where


def _is_good(entry: Entry) -> bool:
    return entry.status in _GOOD or (entry.mime == REVISIT and entry.status == "304")


def _article(collection: Collection, rows: list[tuple[Any, ...]]) -> ArchivedArticle:
    """Choose the newest capture of each page; the PC copy goes before its mobile twin."""
    pages: dict[int, tuple[int, str, str, int, int]] = {}
    for _, page, _, _, url, file, offset, length in rows:
        pages.setdefault(page, (page, url, file, offset, length))
    ordered = sorted(pages.values(), key=lambda one: (one[0] == FULL_TEXT, one[0]))
    known = dict.fromkeys(canonical(one[1]) for one in (*ordered, *(row[3:5] for row in rows)))
    return ArchivedArticle(collection, tuple(ordered), tuple(known)[1:])


def _still_linked(pages: list[RawPage]) -> list[RawPage]:
    """Leave out what is older than the first page and no longer linked: the article has become shorter since."""
    first = pages[0]
    old = [page for page in pages if (page.retrieved_at or "") < (first.retrieved_at or "")]
    if not old or _number(first) != 1:
        return pages
    pagers = [read_pager(page) for page in pages if page not in old]
    linked = {number for pager in pagers for number in pager.numbered}
    linked |= {FULL_TEXT for pager in pagers if pager.full_text_url}
    return [page for page in pages if page not in old or _number(page) in linked]


def _number(page: RawPage) -> int:
    known = classify(page.url or "")
    return known.page if known else 1
