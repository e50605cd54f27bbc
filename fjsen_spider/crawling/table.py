"""A run's story as text for the terminal, in columns that stand straight with Chinese words in them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from fjsen_spider.crawling.story import COUNTS

WIDTH: Final = 110
SHORTEST: Final = 10
"""How many URLs of a list are shown; the report file has more."""


def render(story: Mapping[str, Any]) -> str:
    """Return the report as plain text."""
    sheet = io.StringIO()
    page = Console(file=sheet, width=WIDTH, color_system=None, highlight=False, emoji=False, markup=False)
    page.print(_table("articles", "count", story["articles"].items()))
    if drift := story["layout_drift"]:
        page.print(f"layout drift: {drift} pages match no layout and were read by generic rules\n", soft_wrap=True)
    for finding in story["health"]["findings"]:
        page.print(f"drift: {finding}\n", soft_wrap=True)
    page.print(_table("listed by", "articles", ((_column(*one), one[1]["listed"]) for one in story["columns"].items())))
    if story["fill"]:
        page.print(_table("field", "filled %", ((name, fill["percent"]) for name, fill in story["fields"].items())))
    for name in COUNTS:
        if story[name]:
            page.print(_table(name.replace("_", " "), "count", story[name].items()))
    for name in ("not_fetched", "not_recorded"):
        for line in _urls(name.replace("_", " "), story[name]):
            page.print(line, soft_wrap=True)
    return "\n".join(line.rstrip() for line in sheet.getvalue().splitlines()) + "\n"


def _table(name: str, value: str, rows: Iterable[tuple[str, Any]]) -> Table:
    table = Table(name, box=None, pad_edge=False, header_style="")
    table.add_column(value, justify="right")
    for key, number in rows:
        table.add_row(key, "-" if number is None else str(number))
    table.add_row("")
    return table


def _column(url: str, column: Mapping[str, Any]) -> str:
    return f"{column['name']} {url}" if column["name"] else url


def _urls(name: str, entries: list[dict[str, Any]]) -> Iterable[str]:
    for entry in entries[:SHORTEST]:
        yield f"{name}: {entry['url']} ({entry['why']})"
    if more := sum(entry.get("more", 1) for entry in entries[SHORTEST:]):
        yield f"{name}: … and {more} more"
