"""What a data folder holds after all that happened to it, against what the portal has."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from test_crawl import EXPECTED
from warcio.archiveiterator import ArchiveIterator

from fjsen_spider.verify import verify

OF_THE_VISIT: Final = frozenset({"retrieved_at", "warc", "first_seen"})
"""Fields that no two crawls have alike."""


@dataclass(frozen=True)
class Tally:
    lost: list[str]
    duplicated: list[str]
    wrong: list[str]
    torn: int
    unreadable: int
    """WARC records, as another reader finds them; a file that cannot be read on counts as one."""
    left_open: list[str]
    astray: list[str]
    """Articles that the ledger has as done without a line at the place it names, and lines that it does not know."""
    unverified: list[str]

    @property
    def counts(self) -> dict[str, int]:
        return {name: len(found) if isinstance(found, list) else found for name, found in vars(self).items()}

    @property
    def is_clean(self) -> bool:
        return not any(self.counts.values())


def tally(data: Path, truth: dict[str, dict[str, Any]]) -> Tally:
    lines = [line for file in data.glob("fjsen-*.jsonl") for line in file.read_bytes().splitlines(keepends=True)]
    records = [record for line in lines if (record := _read(line))]
    ids = Counter(record["id"] for record in records)
    return Tally(
        lost=sorted(EXPECTED.keys() - ids),
        duplicated=sorted(key for key, times in ids.items() if times > 1),
        wrong=sorted({one["id"] for one in records if _content(one) != _content(truth.get(one["id"], {}))}),
        torn=len(lines) - len(records),
        unreadable=sum(_unreadable(file) for file in data.glob("warc/*.warc.gz*")),
        left_open=sorted(str(path.relative_to(data)) for path in data.rglob("*") if path.suffix in {".part", ".open"}),
        astray=sorted(_places(data) ^ ids.keys()),
        unverified=list(verify(data)[1]),
    )


def records_of(data: Path) -> dict[str, dict[str, Any]]:
    """The records of a data folder, by id."""
    lines = [line for file in data.glob("fjsen-*.jsonl") for line in file.read_text("utf-8").splitlines()]
    return {record["id"]: record for record in map(json.loads, lines)}


def _read(line: bytes) -> dict[str, Any] | None:
    try:
        return json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None


def _content(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in OF_THE_VISIT}


def _unreadable(file: Path) -> int:
    """Count what another reader cannot read; it takes a torn end for the end, so the bytes are counted too."""
    read = 0
    with file.open("rb") as source:
        records = ArchiveIterator(source, check_digests="raise")
        try:
            for record in records:
                record.content_stream().read()
                read = records.get_record_offset() + records.get_record_length()
        except Exception:  # noqa: BLE001 - whatever it is, it cannot be read
            return 1
    return int(read != file.stat().st_size)


def _places(data: Path) -> set[str]:
    """The articles that the ledger has as done and whose line is where it says."""
    with closing(sqlite3.connect(data / "ledger.sqlite")) as ledger:
        done = ledger.execute("SELECT id, records, \"offset\", length FROM article WHERE state = 'done'").fetchall()
    return {f"fjsen:{key}" if _is_at(data, key, *place) else f"{key} is not there" for key, *place in done}


def _is_at(data: Path, key: int, name: str, offset: int, length: int) -> bool:
    line = (data / name).read_bytes()[offset : offset + length]
    return (_read(line) or {}).get("id") == f"fjsen:{key}"
