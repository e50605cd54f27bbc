"""What two versions of the rules changed: two JSON Lines files of the same pages, record by record, field by field."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fjsen_spider.compare.records import BadLineError, Index, Line, read_lines
from fjsen_spider.compare.values import NOT_COMPARED, Change, Kind, differences

__all__ = ["BadLineError", "Change", "Comparison", "FieldChanges", "Kind", "compare"]


@dataclass(slots=True)
class FieldChanges:
    """What became of one field."""

    records: Counter[Kind] = field(default_factory=Counter)
    """Records in which something of it was gained, lost, altered."""
    examples: dict[Kind, list[tuple[str, Change]]] = field(default_factory=dict)


@dataclass(slots=True)
class Comparison:
    """Two files compared."""

    old: Index
    new: Index
    unchanged: int = 0
    only_old: list[str] = field(default_factory=list)
    only_new: list[str] = field(default_factory=list)
    fields: dict[str, FieldChanges] = field(default_factory=dict)

    @property
    def both(self) -> int:
        """Records in both files."""
        return len(self.new.offsets) - len(self.only_new)

    @property
    def lost(self) -> bool:
        """A record or a value of the old file is not in the new one."""
        return bool(self.only_old) or any(one.records[Kind.LOST] for one in self.fields.values())


def compare(old: Path, new: Path, *, fields: Iterable[str] = (), examples: int = 3) -> Comparison:
    """Compare two files; `fields` narrows it to some fields or parts (`images`, `images.caption`).

    Memory holds the ids and offsets of both files and one record of each. Raise BadLineError or OSError.
    """
    wanted = tuple(fields)
    found = Comparison(Index(old), Index(new))
    for line in read_lines(old):
        found.old.add(line)
    with old.open("rb") as file:
        for line in read_lines(new):
            if not found.new.add(line) or line.key is None:
                continue
            if line.key not in found.old.offsets:
                found.only_new.append(line.key)
                continue
            before = found.old.read(line.key, file)
            changes = tuple(_wanted(before, line, wanted))
            found.unchanged += not changes
            _note(found.fields, line.key, changes, examples)
    found.only_old = [key for key in found.old.offsets if key not in found.new.offsets]
    return found


def _wanted(before: bytes, line: Line, fields: tuple[str, ...]) -> Iterator[Change]:
    if before == line.raw:
        return
    skipped = NOT_COMPARED - {name.partition(".")[0] for name in fields}
    for change in differences(json.loads(before), line.record, skipped):
        if not fields or any(f"{change.field}.".startswith(f"{name}.") for name in fields):
            yield change


def _note(fields: dict[str, FieldChanges], key: str, changes: tuple[Change, ...], examples: int) -> None:
    for name, kind in dict.fromkeys((change.field, change.kind) for change in changes):
        fields.setdefault(name, FieldChanges()).records[kind] += 1
    for change in changes:
        kept = fields[change.field].examples.setdefault(change.kind, [])
        if len(kept) < examples:
            kept.append((key, change))
