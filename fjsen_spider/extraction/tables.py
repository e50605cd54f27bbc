"""Tables of data in the body, told from tables that only lay the page out."""

from __future__ import annotations

from fjsen_spider.extraction.layouts.layout import Element
from fjsen_spider.extraction.text import string_of

_LONGEST_CELL = 300
Rows = tuple[tuple[str | None, ...], ...]


def read_table(table: Element) -> Rows:
    """Return the rows of a data table, or () for one that lays out other content.

    Data has two rows or more of two cells or more, no pictures or tables inside and no cell of an article's length.
    """
    count = 0
    for node in table.iter("table", "tr", "img", "embed", "object", "video"):
        if node.tag == "tr":
            count += 1
        elif node is not table:
            return ()
    if count < 2:
        return ()
    rows = tuple(tuple(_cell(cell) for cell in row.iterchildren("td", "th")) for row in table.iter("tr"))
    filled = tuple(row for row in rows if any(row))
    if len(filled) < 2 or max(map(len, filled)) < 2:
        return ()
    return () if any(len(cell or "") > _LONGEST_CELL for row in filled for cell in row) else filled


def _cell(cell: Element) -> str | None:
    return string_of(cell) or None
