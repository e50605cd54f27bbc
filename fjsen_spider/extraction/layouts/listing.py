"""Selectors of listing pages and of the front page."""

from __future__ import annotations

from typing import Final

from fjsen_spider.extraction.layouts.layout import Element, Path, Query, query, xpath


def _inside(box: str, name: str) -> Path:
    """Compile what finds the entries in any box of a class: each box is walked once, however boxes are nested."""
    path = f"//{box}[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
    boxes, nested, wanted = xpath(path), xpath(f".{path}"), xpath(".//li")

    def select(tree: Element) -> list[Element]:
        found: list[Element] = []
        seen: set[Element] = set()
        for one in boxes(tree):
            if one not in seen:
                seen.update(nested(one))
                found += wanted(one)
        return found

    return select


ITEMS: Final[tuple[Path, ...]] = (
    _inside("div", "cont-left"),
    _inside("ul", "list_page"),
    _inside("ul", "tuwenlist"),
    xpath("//li[span and .//a]"),
)
"""Where a column's own entries stand; the first that finds any counts. The last is the plain list of 2013 and after."""

RAIL: Final = frozenset({"right_news", "r_newslist", "list-right", "hot_w", "news-pic02"})
"""Classes of the right rail: hot words and picks of other channels, whatever column the page is of."""

ANCHORS: Final[Query] = query(".//a[@href]")
OUTSIDE_LINKS: Final[Query] = query(".//text()[not(ancestor::a)]")
"""The words of an entry that are in no link."""
