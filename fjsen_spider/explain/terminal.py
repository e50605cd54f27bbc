"""An explained article on the terminal."""

from __future__ import annotations

from typing import Final

from rich import box
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from fjsen_spider.display import shortened, visible
from fjsen_spider.doubts import WARNINGS
from fjsen_spider.explain import Explanation, Fact
from fjsen_spider.explain.source import page_name

_WIDE: Final = 110
"""Columns from which rule and place stand beside a value; below, they stand under it."""
_LONGEST: Final = 200
"""Cells of a value that no terminal shows anyway."""


def show(explanation: Explanation, console: Console) -> None:
    """Print each fact with its rule, raw words and place, then the warnings with what they mean."""
    console.print(_heading(explanation))
    console.print(_table(explanation, wide=console.width >= _WIDE))
    console.print(_warnings(explanation.article.warnings))


def _heading(explanation: Explanation) -> Group:
    article = explanation.article
    pages = f"{article.pages.fetched} of {article.pages.total} pages" if article.pages.total > 1 else "1 page"
    lines = [Text(visible(article.title or "without a title"), "bold")]
    lines.append(Text(f"{article.id or 'without an id'}, layout {article.layout}, {pages}"))
    lines += [
        Text(f"page {source.name}: {visible(source.page.raw.url or 'address unknown')}")
        for source in explanation.sources
    ]
    return Group(*lines)


def _table(explanation: Explanation, *, wide: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("field", no_wrap=True, min_width=max(len(fact.key) for fact in explanation.facts))
    table.add_column("value", no_wrap=True, overflow="ellipsis", ratio=1)
    if wide:
        table.add_column("rule", no_wrap=True, style="cyan")
        table.add_column("page:line", no_wrap=True, style="dim")
    for fact in explanation.facts:
        value = Text(shortened(fact.value, _LONGEST))
        if fact.raw:
            value.append(f"\nraw: {shortened(fact.raw, _LONGEST)}", "dim")
        told = (fact.rule or "", _place(fact, explanation))
        if wide:
            table.add_row(fact.key, value, *told)
        else:
            table.add_row(fact.key, value.append("\n" + " ".join(filter(None, told)), "cyan"))
    return table


def _place(fact: Fact, explanation: Explanation) -> str:
    """Say where a fact was read: page and line of the source."""
    if fact.worked_out:
        return "worked out"
    if not fact.spots:
        return "not found" if fact.page is None else f"{page_name(fact.page)}: not found"
    spot = fact.spots[0]
    source = explanation.sources[spot.page]
    return "address" if spot.in_address else f"{source.name}:{source.line(spot.span.start)}"


def _warnings(warnings: tuple[str, ...]) -> Text:
    if not warnings:
        return Text("No warnings.")
    told = (f"\n  {slug}: {WARNINGS.get(slug, 'not explained')}" for slug in warnings)
    return Text("Warnings:", "bold").append("".join(told), "yellow not bold")
