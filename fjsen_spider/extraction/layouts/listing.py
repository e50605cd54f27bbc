"""Selectors of listing pages and of the front page."""

from __future__ import annotations

from typing import Final

from fjsen_spider.extraction.layouts.layout import Query, Selector, inside, query, xpath

ITEMS: Final[tuple[Selector, ...]] = (
    inside("div.cont-left", "li"),
    inside("ul.list_page", "li"),
    inside("ul.tuwenlist", "li"),
    xpath("//li[span and .//a]"),
)
"""Where a column's own entries stand; the first that finds any counts. The last is the plain list of 2013 and after."""

RAIL: Final = frozenset({"right_news", "r_newslist", "list-right", "hot_w", "news-pic02"})
"""Classes of the right rail: hot words and picks of other channels, whatever column the page is of."""

ANCHORS: Final[Query] = query(".//a[@href]")
OUTSIDE_LINKS: Final[Query] = query(".//text()[not(ancestor::a)]")
"""The words of an entry that are in no link."""
