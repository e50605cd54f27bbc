"""Records of a JSON Lines file one at a time, and where each stands: an archive is never in memory as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

Record = dict[str, Any]


class BadLineError(ValueError):
    """A line is no record; the message says which and why."""


class Line(NamedTuple):
    """A record and its place in the file."""

    offset: int
    raw: bytes
    record: Record

    @property
    def key(self) -> str | None:
        """What it is known by: its id, or the address of a page that is not of the portal."""
        return self.record.get("id") or self.record.get("url")


def read_lines(path: Path) -> Iterator[Line]:
    """Yield the records of a file; raise BadLineError for a line that is none, OSError when it cannot be read."""
    offset = 0
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            if raw.strip():
                yield Line(offset, raw, _record(raw, f"{path}, line {number}"))
            offset += len(raw)


def _record(raw: bytes, place: str) -> Record:
    try:
        record = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BadLineError(f"{place}: not JSON ({error})") from error
    if not isinstance(record, dict):
        raise BadLineError(f"{place}: not a record, which is a JSON object")
    return record


@dataclass(slots=True)
class Index:
    """Where each record of a file stands; of records with one id only the first counts."""

    path: Path
    offsets: dict[str, int] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    """Every field that some record has."""
    twice: dict[str, int] = field(default_factory=dict)
    """Ids that come again, with the number of further lines."""
    nameless: int = 0
    """Records with neither id nor address: they cannot be found again in another file."""

    def add(self, line: Line) -> bool:
        """Note a record; true when it counts."""
        self.names.update(dict.fromkeys(line.record))
        key = line.key
        if key is None:
            self.nameless += 1
        elif key in self.offsets:
            self.twice[key] = self.twice.get(key, 0) + 1
        else:
            self.offsets[key] = line.offset
            return True
        return False

    def read(self, key: str, file: BinaryIO) -> bytes:
        """Read a record's line again."""
        file.seek(self.offsets[key])
        return file.readline()
