"""The ledger's file: opened, checked, committed, closed."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path
from typing import Final, Self

from fjsen_spider.crawling.ledger.articles import Articles
from fjsen_spider.crawling.ledger.columns import Columns
from fjsen_spider.crawling.ledger.files import Files
from fjsen_spider.crawling.ledger.pages import Pages
from fjsen_spider.crawling.ledger.schema import TOUCHED, VERSION, migrate, version

FILE: Final = "ledger.sqlite"

_PRAGMAS: Final = (
    "journal_mode = WAL",  # whoever reads does not wait, and a commit is an append
    "synchronous = NORMAL",  # a power cut may undo the last commits, whole ones: what they said is asked for again
    "temp_store = FILE",
    "cache_size = -16384",  # KiB: memory does not grow with the ledger
)

_DISK: Final = frozenset({
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_PERM,
})  # fmt: skip
"""What SQLite says when the file is not to blame."""


class LedgerError(Exception):
    """The ledger cannot be used; its words are for the user."""


class DamagedLedgerError(LedgerError):
    """The file is no whole SQLite database."""


class Ledger:
    """The ledger of one data folder, written by the one run that holds the folder.

    All that happens between two commits is there after a crash, or nothing of it.
    """

    def __init__(self, connection: sqlite3.Connection, run: int = 0) -> None:
        self.connection = connection
        self.run = run
        self.articles = Articles(connection, run)
        self.columns = Columns(connection)
        self.files = Files(connection, run)
        self.pages = Pages(connection)

    @classmethod
    def begin(cls, path: Path, name: str, now: int) -> Self:
        """Open or make a ledger and begin a run; raise LedgerError for one that is damaged or newer, or OSError."""
        connection = _connect(path)
        try:
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            _check(connection, path)
            migrate(connection)
            connection.executescript(TOUCHED)
            connection.execute("BEGIN IMMEDIATE")
            connection.execute('UPDATE run SET "end" = ?, reason = \'killed\' WHERE "end" IS NULL', (now,))
            run = connection.execute("INSERT INTO run (name, start) VALUES (?, ?)", (name, now)).lastrowid
        except (sqlite3.DatabaseError, LedgerError) as error:
            connection.close()
            raise _told(error, path) from error
        ledger = cls(connection, run or 0)
        ledger.commit()
        return ledger

    @classmethod
    def read(cls, path: Path) -> Self:
        """Open a ledger to look at it, also while a run writes it."""
        if not path.is_file():
            raise LedgerError(f"{path}: there is no ledger")
        connection = _connect(path)
        try:
            connection.execute("PRAGMA query_only = 1")
            found = version(connection)
        except sqlite3.DatabaseError as error:
            connection.close()
            raise _told(error, path) from error
        if found != VERSION:
            connection.close()
            raise LedgerError(f"{path}: the ledger is of version {found}; the next crawl brings it up to {VERSION}")
        return cls(connection)

    @property
    def is_empty(self) -> bool:
        """Whether no article is known."""
        return self.connection.execute("SELECT 1 FROM article LIMIT 1").fetchone() is None

    def last_run(self) -> int:
        """Return the latest time that the run before has noted, in seconds since 1970; 0 when there was none."""
        query = 'SELECT max(start, coalesce("end", 0)) FROM run WHERE id < ? ORDER BY id DESC LIMIT 1'
        row = self.connection.execute(query, (self.run,)).fetchone()
        return row[0] if row else 0

    def commit(self) -> None:
        """Make all that was noted last."""
        if self.connection.in_transaction:
            self.connection.execute("COMMIT")
        self.connection.execute("BEGIN IMMEDIATE")

    def undo(self) -> None:
        """Take back what was noted since the last commit."""
        self.connection.execute("ROLLBACK")

    def end(self, now: int, reason: str) -> None:
        """Note how the run finished; closes the ledger."""
        self.connection.execute('UPDATE run SET "end" = ?, reason = ? WHERE id = ?', (now, reason, self.run))
        self.commit()
        self.close()

    def close(self) -> None:
        """Close the file; what is not committed is undone."""
        self.connection.close()


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a ledger of the future; look for damage where the last run was killed."""
    if (found := version(connection)) > VERSION:
        raise LedgerError(f"{path}: made by a newer fjsen-spider (version {found}, this one knows {VERSION})")
    killed = found and connection.execute('SELECT 1 FROM run WHERE "end" IS NULL LIMIT 1').fetchone()
    if killed and (damage := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise sqlite3.DatabaseError(damage)


def _told(error: Exception, path: Path) -> Exception:
    if isinstance(error, LedgerError):
        return error
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DISK:
        return OSError(errno.EIO, str(error), str(path))
    return DamagedLedgerError(f"{path}: {error}")
