"""Pagers: how many pages an article or a listing has, and where the others are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urldefrag

from fjsen_spider.extraction.encoding import decode
from fjsen_spider.extraction.layouts.landmarks import Landmarks
from fjsen_spider.extraction.layouts.layout import Element, outermost
from fjsen_spider.extraction.layouts.pager import COUNT, LEADS, LINKS, PAGERS
from fjsen_spider.extraction.parser import parse_html
from fjsen_spider.extraction.text import squeeze, string_of
from fjsen_spider.items import RawPage
from fjsen_spider.urls import FULL_TEXT, PageUrl, absolute, classify

NEXT: Final = frozenset({"下一页", "下页", ">", "＞", ">>"})
"""How the link to the next page is labelled; `>` by the newer publisher."""

_MOST_LED_TO: Final = 200
"""Pages that pictures may lead to: the longest gallery has some dozens."""
_LABELS = re.compile(r"\[(\d{1,4})\]", re.ASCII)
_PAGE_FILE = re.compile(r"content_(?P<id>\d{1,12})(?:_(?P<page>\d{1,4}|all))?\.html?(?:[?#]|$)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """What the pager of one page says; a page without pager is the only one."""

    total: int = 1
    next_url: str | None = None
    """Absolute, as the site writes it."""
    full_text_url: str | None = None
    """The page that carries the whole article (显示全文, 全文阅读)."""
    numbered: Mapping[int, str] = field(default_factory=dict)
    """Page number → address, of the pages that the pager links."""


@dataclass(frozen=True, slots=True)
class PagerLink:
    """One link of a pager."""

    number: int
    url: str | None
    """None when the saved page does not tell its own address."""
    is_next: bool


def parse_page(page: RawPage) -> Landmarks:
    """Decode and parse a page."""
    return Landmarks(parse_html(decode(page.body, page.content_type)[0])[0])


def read_pager(page: RawPage) -> Pager:
    """Read the pager of an article page: total pages, the next one, the full text."""
    return article_pager(parse_page(page), page.url)


def article_pager(page: Landmarks, url: str | None, *, led: bool = True) -> Pager:
    """Read the pager of a parsed article page; where it has none, its pictures may lead to the next one.

    `led` tells whether they are to be looked at: not where the source names no other page.
    """
    known = classify(url) if url else None
    pager = pager_of(page, url, known.page if known else 1, _article_page(url))
    if not led or known is None or known.content_id is None or known.page == FULL_TEXT or pager.numbered:
        return pager
    led_to = _led_to(page, url, known)
    return (
        replace(pager, total=max(pager.total, *led_to), next_url=led_to.get(known.page + 1), numbered=led_to)
        if led_to
        else pager
    )


def _led_to(page: Landmarks, url: str | None, known: PageUrl) -> dict[int, str]:
    """Return the other pages of an article that links around its pictures lead to: number → address as written."""
    found: dict[int, str] = {}
    for href in LEADS(page.tree):
        address = absolute(url, str(href))
        other = classify(address) if address else None
        if address and other and other.content_id == known.content_id and other.page not in (FULL_TEXT, known.page):
            found[other.page] = urldefrag(address).url
    return {number: found[number] for number in sorted(found) if number <= _MOST_LED_TO}


def pager_of(page: Landmarks, url: str | None, current: int, number_of: Callable[[str], int | None]) -> Pager:
    """Read the pager of a parsed page; `number_of` gives the page number of an href, None for what is not its page."""
    blocks = [block for find in PAGERS for block in outermost(find(page))]
    if not blocks:
        return Pager(total=max(1, current))
    links = [link for block in blocks for link in _links(block, url, number_of)]
    numbered = {link.number: link.url for link in links if link.url}
    ahead = [link.number for link in links if link.is_next and link.number > current] or [current + 1]
    return Pager(
        total=max(1, current, *(link.number for link in links), *(n for block in blocks for n in _counts(block))),
        next_url=numbered.get(ahead[0]) if current != FULL_TEXT else None,
        full_text_url=numbered.get(FULL_TEXT),
        numbered={number: address for number, address in sorted(numbered.items()) if number != FULL_TEXT},
    )


def _links(block: Element, url: str | None, number_of: Callable[[str], int | None]) -> Iterator[PagerLink]:
    for a in LINKS(block):
        number = number_of(a.get("href").strip())
        if number is not None:
            address = absolute(url, a.get("href"))
            label = squeeze(string_of(a))
            yield PagerLink(number, urldefrag(address).url if address else None, label in NEXT)


def _counts(block: Element) -> Iterator[int]:
    """Yield the page numbers that a pager shows or states; on the last page only its own label tells the total."""
    yield from map(int, _LABELS.findall(string_of(block)))
    stated = COUNT(block)
    if 0 < stated < 10_000:  # never of NaN: the attribute is missing, or no number
        yield int(stated)


def _article_page(url: str | None) -> Callable[[str], int | None]:
    """Return what tells the page number of an href of the same article: by its file name, off the portal too."""
    own = _PAGE_FILE.search(url or "")

    def number(href: str) -> int | None:
        match = _PAGE_FILE.search(href)
        if match is None or (own is not None and int(match["id"]) != int(own["id"])):
            return None
        return FULL_TEXT if match["page"] == "all" else int(match["page"] or 1)

    return number
