"""A comparison on the terminal: what of each field was lost, altered and gained, with examples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from fjsen_spider.compare import Comparison, FieldChanges
from fjsen_spider.compare.records import Index
from fjsen_spider.compare.values import Change, Kind
from fjsen_spider.display import visible

_STYLES: Final = {Kind.LOST: "red", Kind.ALTERED: "yellow", Kind.GAINED: "green"}
_CONTEXT, _LONGEST = 12, 60
"""Characters shown beside a difference, and of what differs."""


def show(found: Comparison, console: Console, examples: int) -> None:
    """Print records, then fields, then up to `examples` examples of each field, losses first."""
    for line in _records(found, examples):
        console.print(Text(line), soft_wrap=True)
    if found.fields:
        console.print(_table(found))
    for name, changes in sorted(found.fields.items()):
        shown = list(islice(_examples(changes), examples))
        if shown:
            console.print(Text(name, "bold"))
        for key, change in shown:
            told = Text.assemble("  ", visible(key), " ", (change.kind, _STYLES[change.kind]), ": ", difference(change))
            told.highlight_regex(r"\[-.*?-\]", "red")
            told.highlight_regex(r"\{\+.*?\+\}", "green")
            console.print(told, soft_wrap=True)


def _records(found: Comparison, examples: int) -> Iterator[str]:
    old, new = found.old.path, found.new.path
    yield f"{old}: {len(found.old.offsets)} records; {new}: {len(found.new.offsets)} records"
    yield f"in both: {found.both}, unchanged {found.unchanged}"
    for path, keys in ((old, found.only_old), (new, found.only_new)):
        if keys:
            yield f"only in {path}: {len(keys)}{_some(keys, examples)}"
    for index in (found.old, found.new):
        yield from _doubts(index, examples)


def _doubts(index: Index, examples: int) -> Iterator[str]:
    if index.twice:
        lines = sum(index.twice.values())
        yield f"more than once in {index.path}, the first counts: {lines} further lines{_some(list(index.twice), examples)}"
    if index.nameless:
        yield f"without id and url in {index.path}, not compared: {index.nameless}"


def _some(keys: list[str], examples: int) -> str:
    shown = ", ".join(visible(key) for key in keys[:examples])
    return f" ({shown}{', …' if len(keys) > examples else ''})" if shown else ""


def _table(found: Comparison) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("field", no_wrap=True)
    for kind in Kind:
        table.add_column(kind, justify="right", style=_STYLES[kind])
    for name, changes in sorted(found.fields.items()):
        table.add_row(name, *(str(changes.records[kind] or "") for kind in Kind))
    return table


def _examples(changes: FieldChanges) -> Iterator[tuple[str, Change]]:
    return (example for kind in Kind for example in changes.examples.get(kind, ()))


def difference(change: Change) -> str:
    """Show a change in short: `old → new`, or where two long texts differ `…[-old-]{+new+}…`."""
    if change.kind is not Kind.ALTERED:
        return _short(_words(change.old if change.kind is Kind.LOST else change.new), _LONGEST)
    old, new = _words(change.old), _words(change.new)
    if max(len(old), len(new)) <= _LONGEST // 2:
        return f"{old} → {new}"
    start = _common(old, new)
    same = _common(old[start:][::-1], new[start:][::-1])
    before, after = old[:start], old[len(old) - same :]
    gone, come = (_short(one[start : len(one) - same], _LONGEST) for one in (old, new))
    told = (f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else "")
    head = f"…{before[-_CONTEXT:]}" if len(before) > _CONTEXT else before
    return head + told + (f"{after[:_CONTEXT]}…" if len(after) > _CONTEXT else after)


def _common(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _words(value: Any) -> str:
    """Write a value out in one line; of a part of the record (a person, a picture) only what is filled."""
    if isinstance(value, dict) and not any(isinstance(one, (dict, list)) and one for one in value.values()):
        text = " · ".join(str(one) for one in value.values() if one not in (None, [], {}))
    else:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return " ".join(visible(text.replace("\n", " ⏎ ")).split())


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest // 2]}…{text[-longest // 3 :]}"
