"""Every record of one article, out of the records files of a data folder."""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fjsen_spider.urls import article_id

__all__ = ["Found", "find_records", "id_of", "record_files"]

_PATTERNS: Final = ("fjsen-*.jsonl", "fjsen-*.jsonl.part")


@dataclass(frozen=True, slots=True)
class Found:
    """A record and the file that it stands in."""

    file: str
    record: dict[str, Any]


def id_of(given: str) -> str | None:
    """Return the id that is meant by `fjsen:20955367`, `20955367` or the address of an article."""
    number = given.removeprefix("fjsen:")
    return f"fjsen:{int(number)}" if number.isdecimal() and number.isascii() else article_id(given)


def record_files(folder: Path) -> list[Path]:
    """Return the records files of a data folder, the oldest run first; the last may still be open."""
    return sorted(file for pattern in _PATTERNS for file in folder.glob(pattern))


def find_records(folder: Path, article: str) -> Iterator[Found]:
    """Yield the records of an article, oldest first.

    The ledger knows the last record only, so all files are searched: no line is parsed that has not the id, and a gigabyte
    takes about a second once it is in memory, else as long as the disk needs to read it. Raise OSError.
    """
    needle = f'"id": "{article}"'.encode()
    for file in record_files(folder):
        for line in _lines_with(file, needle):
            record = _record(line)
            if record.get("id") == article:
                yield Found(file.name, record)


def _lines_with(file: Path, needle: bytes) -> Iterator[bytes]:
    """Yield the whole lines that have some bytes in them."""
    if not file.stat().st_size:
        return
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
        at = content.find(needle)
        while at >= 0:
            start, end = content.rfind(b"\n", 0, at) + 1, content.find(b"\n", at)
            if end < 0:
                return  # a run is writing it
            yield content[start:end]
            at = content.find(needle, end)


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError:
        return {}
    return record if isinstance(record, dict) else {}
