"""The articles of a ledger: met, asked for, recorded, failed, gone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from fjsen_spider.items import Article


class State(StrEnum):
    """What an article is to the ledger."""

    OWED = "owed"
    """It has never been fetched."""
    DONE = "done"
    """It has a record."""
    FAILED = "failed"
    """It has been asked for and gave no record."""
    GONE = "gone"
    """The site says that it is not there; a tombstone tells it where there was a record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article in the ledger; `schema` says what each column means."""

    id: int
    state: str
    host: str
    place: int
    day: str | None
    due: int | None
    attempts: int
    outcome: str | None
    first_seen: str | None
    last_seen: int | None
    revision: int
    content: bytes | None
    records: str | None
    offset: int | None
    length: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A line of a records file."""

    records: str
    """File name."""
    offset: int
    length: int
    """In bytes, its newline included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a visit to an article gave."""

    state: State
    outcome: str
    due: int | None = None
    attempts: int = 0
    seen: int | None = None
    """When it was there."""


class Articles:
    """The articles of a ledger, by content id."""

    def __init__(self, connection: sqlite3.Connection, run: int) -> None:
        self._execute = connection.execute
        self._run = run

    def get(self, article: int) -> Entry | None:
        """Return what is known of an article."""
        row = self._execute("SELECT * FROM article WHERE id = ?", (article,)).fetchone()
        return Entry(**row) if row else None

    def meet(self, article: int, url: str, column: int, place: int, day: date | None) -> int | None:
        """Note that a column lists an article; return the run in which it did so first, None when that is now."""
        first: int | None = self._execute(
            'SELECT min(run) FROM listed WHERE article = ? AND "column" = ?', (article, column)
        ).fetchone()[0]
        self.add(article, url, column, place, day)
        self.touch(article, column)
        return first

    def add(self, article: int, url: str, column: int, place: int, day: date | None) -> None:
        """Note an address of an article, which is owed when it is new."""
        self._execute("INSERT OR IGNORE INTO listed VALUES (?, ?, ?, ?, ?)", (article, column, url, place, self._run))
        self._execute(
            "INSERT INTO article (id, state, host, place, day, due) VALUES (:id, 'owed', :host, :place, :day, 0) "
            "ON CONFLICT (id) DO UPDATE SET host = :host, place = :place WHERE state = 'owed' AND :place < place",
            {"id": article, "host": urlsplit(url).hostname or "", "place": place, "day": day and day.isoformat()},
        )

    def touch(self, article: int, column: int = 0) -> None:
        """Note that this run has met an article in a column, or asks for it without (0)."""
        self._execute('INSERT OR IGNORE INTO touched ("column", article) VALUES (?, ?)', (column, article))

    def addresses(self, article: int) -> list[str]:
        """Return the addresses that an article is listed at, the first listed first."""
        found = self._execute("SELECT url FROM listed WHERE article = ? ORDER BY place, url", (article,))
        return list(dict.fromkeys(url for (url,) in found))

    def hosts(self, now: int) -> list[str]:
        """Return the hosts that have articles to ask for, that of the first listed first."""
        found = self._execute(
            "WITH RECURSIVE each (host) AS (SELECT min(host) FROM article WHERE due IS NOT NULL UNION ALL SELECT "
            "(SELECT min(host) FROM article WHERE due IS NOT NULL AND host > each.host) FROM each WHERE host IS NOT NULL) "
            "SELECT host FROM each WHERE host IS NOT NULL",
        )
        first = [entries[0] for (host,) in found if (entries := self.due(host, now, most=1))]
        return [entry.host for entry in sorted(first, key=lambda entry: (entry.due, entry.place))]

    def due(self, host: str, now: int, behind: Entry | None = None, most: int = 64) -> list[Entry]:
        """Return the articles of a host that are to be asked for, in order, those behind an entry."""
        last = (behind.due, behind.place, behind.id) if behind else (-1, -1, -1)
        found = self._execute(
            "SELECT * FROM article WHERE host = ? AND due <= ? AND (due, place, id) > (?, ?, ?) "
            "ORDER BY due, place, id LIMIT ?",
            (host, now, *last, most),
        )
        return [Entry(**row) for row in found]

    def bring_forward(self, latest: int) -> None:
        """Let nothing be due later than that."""
        self._execute("UPDATE article SET due = ? WHERE due > ?", (latest, latest))

    def is_touched(self, article: int) -> bool:
        """Tell whether this run has met an article."""
        return (
            self._execute('SELECT 1 FROM touched WHERE article = ? AND "column" LIMIT 1', (article,)).fetchone()
            is not None
        )

    def fetched(self, article: int) -> None:
        """Note that an article's first page is here."""
        self._execute("UPDATE touched SET fetched = 1 WHERE article = ?", (article,))

    def recorded(self, article: int, line: Written, record: Article) -> None:
        """Note an article's line; its next visit is set by `settle`."""
        content = bytes.fromhex(record.content_sha256 or "")
        self._execute(
            'UPDATE article SET revision = ?, first_seen = ?, content = ?, records = ?, "offset" = ?, length = ? '
            "WHERE id = ?",
            (record.revision, record.first_seen, content, line.records, line.offset, line.length, article),
        )

    def settle(self, article: int, visit: Outcome) -> None:
        """Note what a visit gave, and when the next one is due."""
        self._execute(
            "UPDATE article SET state = ?, outcome = ?, due = ?, attempts = ?, last_seen = coalesce(?, last_seen) "
            "WHERE id = ?",
            (*astuple(visit), article),
        )
        self._execute("UPDATE touched SET outcome = ? WHERE article = ?", (visit.outcome, article))

    def with_record(self) -> Iterator[Entry]:
        """Yield the articles that have a record, in the order of the files."""
        for row in self._execute('SELECT * FROM article WHERE records IS NOT NULL ORDER BY records, "offset"'):
            yield Entry(**row)
