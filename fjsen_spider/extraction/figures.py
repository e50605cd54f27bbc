"""Pictures, films and tables of the body as blocks."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Final

from fjsen_spider.extraction.blocks import IMAGE, TABLE, VIDEO, Block
from fjsen_spider.extraction.films import film_url
from fjsen_spider.extraction.layouts.layout import Element
from fjsen_spider.extraction.tables import read_table
from fjsen_spider.extraction.text import collapse, string_of
from fjsen_spider.items import Link
from fjsen_spider.urls import absolute

MOST_LINKS: Final = 5_000
"""Links of a table that are read."""


def picture(attributes: Mapping[str, str], page: int, base: str | None) -> Block | None:
    """Return a picture; None for one without an address, its data inline."""
    source = attributes.get("src", "").strip()
    if not source or source[:5].lower() == "data:":
        return None
    url = absolute(base, source.replace(" ", "%20")) or source
    return Block(IMAGE, page, collapse(attributes.get("alt", "")), url=url)


def film(node: Element, page: int, base: str | None) -> Block:
    """Return the film that a player shows."""
    return Block(VIDEO, page, url=film_url(node, base))


def table(node: Element, page: int, base: str | None) -> Block | None:
    """Return a table of data; None for one that only lays out."""
    rows = read_table(node)
    if not rows:
        return None
    links = ((a.get("href") or "", string_of(a)) for a in islice(node.iter("a"), MOST_LINKS))
    known = tuple(Link(title=title, url=url) for href, title in links if title and (url := absolute(base, href)))
    return Block(TABLE, page, rows=rows, links=known)
