"""How far each column has been walked."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnEntry:
    """A column in the ledger."""

    id: int
    url: str
    walked: int
    """The last run that walked it without a gap; 0: none has."""
    floor: str
    """The day down to which it is known, `''` for all."""
    deep: int | None
    """When it was last walked to its end or floor, in seconds since 1970."""
    missed: int
    """Walks in a row in which a page was not there."""


class Columns:
    """The columns of a ledger."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, url: str) -> ColumnEntry:
        """Return a column by the address of its first page; it is added when it is new."""
        find = self._connection.execute
        if not (row := find('SELECT * FROM "column" WHERE url = ?', (url,)).fetchone()):
            find('INSERT INTO "column" (url) VALUES (?)', (url,))
            row = find('SELECT * FROM "column" WHERE url = ?', (url,)).fetchone()
        return ColumnEntry(**row)

    def walked(self, column: ColumnEntry, run: int, *, floor: str, deep: int | None = None) -> None:
        """Note a walk without a gap; `deep` is the time when it went to the end, or down to the floor, else None."""
        if deep is None:
            self._connection.execute('UPDATE "column" SET walked = ?, missed = 0 WHERE id = ?', (run, column.id))
            return
        floor = min(floor, column.floor) if column.walked else floor
        self._connection.execute(
            'UPDATE "column" SET walked = ?, floor = ?, deep = ?, missed = 0 WHERE id = ?',
            (run, floor, deep, column.id),
        )

    def missed(self, column: ColumnEntry) -> None:
        """Note a walk in which a page was not there."""
        self._connection.execute('UPDATE "column" SET missed = missed + 1 WHERE id = ?', (column.id,))
