"""The records of an article on the terminal: the first in short, of each later one what it changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from fjsen_spider.compare.terminal import difference
from fjsen_spider.compare.values import differences
from fjsen_spider.display import visible
from fjsen_spider.history import Found
from fjsen_spider.history.words import Op, Piece, differing, differing_lines

HIDDEN: Final = frozenset({
    "schema_version", "id", "retrieved_at", "warc", "first_seen", "revision", "changed_fields", "content_sha256", "kind",
    "provenance", "encoding", "status",
})  # fmt: skip
"""Fields that tell of the record: a reader of the article's history does not ask for them."""
_BODY: Final = frozenset({"text", "subsections"})
"""Shown as text."""
_CONTEXT: Final = 24
"""Characters shown on each side of a change."""
_STYLES: Final = {Op.SAME: "", Op.GONE: "red strike", Op.COME: "green"}
_MARKS: Final = {Op.SAME: ("", ""), Op.GONE: ("[-", "-]"), Op.COME: ("{+", "+}")}


def show(records: Iterable[Found], console: Console) -> None:
    """Print the records, each against the last one that had the article's content."""
    before: dict[str, Any] | None = None
    for found in records:
        _print(console, Text.assemble((_head(found.record), "bold"), f"  {found.file}"))
        if found.record.get("kind") == "tombstone":
            _print(console, Text(f"  {_gone(found.record)}", "red"))
            continue
        for line in _changes(before, found.record) if before else _summary(found.record):
            _print(console, line)
        before = found.record


def _print(console: Console, line: Text) -> None:
    console.print(line, soft_wrap=True)


def _head(record: dict[str, Any]) -> str:
    when = (record.get("retrieved_at") or "fetched at an unknown time").replace("T", " ")
    name = "taken down" if record.get("kind") == "tombstone" else f"revision {record.get('revision', 1)}"
    return f"{name}  {when}"


def _gone(record: dict[str, Any]) -> str:
    why = (record.get("provenance") or {}).get("kind") or record.get("status")
    return f"the site answered {why}; the last that was there is revision {record.get('revision')}"


def _summary(record: dict[str, Any]) -> Iterator[Text]:
    text = record.get("text") or ""
    yield Text(f"  {visible(record.get('title') or '')}")
    counts = f"{len(text)} characters, {len(record.get('images') or ())} pictures"
    yield Text(f"  {record.get('date') or '-'} · {visible(record.get('source') or '-')} · {counts}")
    yield Text(f"  {visible(record.get('url') or '')}")


def _changes(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Text]:
    hidden = HIDDEN | (_BODY if old.get("text") != new.get("text") else frozenset())
    changes = list(differences(old, new, hidden))
    for change in changes:
        told = Text.assemble((f"  {change.field} ", "bold"), f"{change.kind}: ")
        both = isinstance(change.old, str) and isinstance(change.new, str)
        yield told.append(_inline(change.old, change.new) if both else Text(difference(change)))
    if old.get("text") != new.get("text"):
        yield Text("  text", "bold")
        yield from _text(old.get("text") or "", new.get("text") or "")
    elif not changes:
        yield Text("  nothing that a reader sees")


def _text(old: str, new: str) -> Iterator[Text]:
    """Show the lines that differ, with what differs in them."""
    same = 0
    for before, after in differing_lines(old.split("\n"), new.split("\n")):
        if before == after:
            same += 1
            continue
        if same:
            yield _as_before(same)
        same = 0
        yield Text("    ").append(_inline(before or "", after or ""))
    if same:
        yield _as_before(same)


def _as_before(lines: int) -> Text:
    return Text(f"    … {lines} line{'s' if lines > 1 else ''} as before", "dim")


def _inline(old: str, new: str) -> Text:
    pieces = differing(old, new)
    told = Text()
    for at, piece in enumerate(pieces):
        opening, closing = _MARKS[piece.op]
        text = _cut(piece, first=at == 0, last=at == len(pieces) - 1)
        told.append(f"{opening}{visible(text)}{closing}", _STYLES[piece.op])
    return told


def _cut(piece: Piece, *, first: bool, last: bool) -> str:
    """Leave of what is the same only what stands beside a change."""
    text = piece.text
    if piece.op is not Op.SAME:
        return text
    if first:
        return text if len(text) <= _CONTEXT else f"…{text[-_CONTEXT:]}"
    if last:
        return text if len(text) <= _CONTEXT else f"{text[:_CONTEXT]}…"
    return text if len(text) <= 2 * _CONTEXT else f"{text[:_CONTEXT]}…{text[-_CONTEXT:]}"
