"""Listing pages and the front page → links to articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from fjsen_spider.extraction.layouts.layout import Element
from fjsen_spider.extraction.layouts.listing import ANCHORS, ITEMS, OUTSIDE_LINKS, RAIL
from fjsen_spider.extraction.pager import pager_of, parse_page
from fjsen_spider.extraction.text import collapse, string_of
from fjsen_spider.items import RawPage
from fjsen_spider.urls import PageKind, absolute, classify, follow

_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", re.ASCII)
_SUFFIX = re.compile(r"\.html?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLink:
    """A link to an article."""

    url: str
    """Absolute, as the site writes it."""
    day: date | None = None
    """The date beside the link."""
    title: str = ""
    """The words of the link, which one article in five does not have as its headline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a column."""

    articles: tuple[ListedLink, ...] = ()
    next_url: str | None = None
    pages: int | None = None
    """How many pages the column has; None when the page has no pager."""


def read_listing(page: RawPage) -> Listing:
    """Read a column's own links and its pager."""
    parsed = parse_page(page)
    items = next((own for find in ITEMS if (own := [li for li in find(parsed.tree) if not _in_rail(li)])), [])
    known = classify(page.url) if page.url else None
    pager = pager_of(parsed, page.url, known.page if known else 1, _listing_page(page.url or ""))
    return Listing(
        articles=_once(link for li in items for link in _article_links(page.url or "", li, _day(li))),
        next_url=pager.next_url,
        pages=pager.total if pager.numbered else None,
    )


def read_front(page: RawPage) -> tuple[ListedLink, ...]:
    """Read the articles that a front page links."""
    return _once(_article_links(page.url or "", parse_page(page).tree, None))


def column_url(url: str) -> str:
    """Return the canonical address of the first page of a listing, of whatever page of it."""
    known = classify(url)
    if known is None or known.page < 2:
        return known.url if known else url
    return re.sub(rf"_0*{known.page}(?=\.html?$)", "", known.url)


def column_page(url: str, number: int) -> str:
    """Return the address of a column's page (`e_news.htm`, `e_news_2.htm`, …)."""
    first = column_url(url)
    return first if number == 1 else _SUFFIX.sub(lambda suffix: f"_{number}{suffix[0]}", first)


def _article_links(base: str, block: Element, day: date | None) -> Iterator[ListedLink]:
    for a in ANCHORS(block):
        known = follow(base, a.get("href"))
        url = absolute(base, a.get("href"))
        if known and url and known.kind is PageKind.ARTICLE and not _in_rail(a):
            yield ListedLink(url=url, day=day, title=string_of(a) or collapse(a.get("title") or ""))


def _once(links: Iterator[ListedLink]) -> tuple[ListedLink, ...]:
    """Keep the first link to each address, with words when any link to it has some (a picture's link has none)."""
    found: dict[str, ListedLink] = {}
    for link in links:
        if link.url not in found or not found[link.url].title:
            found[link.url] = link
    return tuple(found.values())


def _day(li: Element) -> date | None:
    for match in _DAY.finditer(" ".join(OUTSIDE_LINKS(li))):
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
    return None


def _in_rail(element: Element) -> bool:
    return any(RAIL.intersection((one.get("class") or "").split()) for one in (element, *element.iterancestors()))


def _listing_page(url: str) -> Callable[[str], int | None]:
    """Return what tells the page number of an href of the same column."""
    column = column_url(url)

    def number(href: str) -> int | None:
        known = follow(url, href)
        own = known is not None and known.kind is PageKind.LISTING and column_url(known.url) == column
        return known.page if known and own else None

    return number
