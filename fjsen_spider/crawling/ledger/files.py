"""The files that runs append to, and up to which byte each is committed."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

RECORDS: Final = "records"
WARC: Final = "warc"
"""The kinds of files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFile:
    """A file of a run."""

    name: str
    """Final name, relative to the data folder."""
    kind: str
    """`records` or `warc`."""
    size: int
    """Bytes that are committed: what is behind them is to be cut."""


class Files:
    """The files of a ledger."""

    def __init__(self, connection: sqlite3.Connection, run: int) -> None:
        self._execute = connection.execute
        self._run = run

    def begin(self, name: str, kind: str) -> None:
        """Note a file before its first byte."""
        self._execute("INSERT OR IGNORE INTO file (name, run, kind, size) VALUES (?, ?, ?, 0)", (name, self._run, kind))

    def grown(self, name: str, size: int) -> None:
        """Note up to which byte a file is on the disk."""
        self._execute("UPDATE file SET size = ? WHERE name = ?", (size, name))

    def close(self, name: str) -> None:
        """Note that nothing more comes to a file."""
        self._execute("UPDATE file SET closed = 1 WHERE name = ?", (name,))

    def close_all(self, kind: str) -> None:
        """Note that nothing more comes to any file of a kind."""
        self._execute("UPDATE file SET closed = 1 WHERE kind = ?", (kind,))

    def forget(self, name: str) -> None:
        """Drop a file that has no committed byte."""
        self._execute("DELETE FROM file WHERE name = ?", (name,))

    def open(self) -> list[RunFile]:
        """Return the files that were never closed: those of a run that was killed."""
        found = self._execute("SELECT name, kind, size FROM file WHERE NOT closed ORDER BY name")
        return [RunFile(**row) for row in found]

    def all(self) -> list[RunFile]:
        """Return every file."""
        return [RunFile(**row) for row in self._execute("SELECT name, kind, size FROM file ORDER BY name")]

    def size(self, name: str) -> int:
        """Return how many bytes of a file are committed."""
        row = self._execute("SELECT size FROM file WHERE name = ?", (name,)).fetchone()
        return row[0] if row else 0
