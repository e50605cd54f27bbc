"""The tables of the ledger, and how an older ledger is brought up to date."""

from __future__ import annotations

import sqlite3
from typing import Final

MIGRATIONS: Final = (
    """
    CREATE TABLE run (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,                 -- as in the names of its files
        start INTEGER NOT NULL,             -- seconds since 1970, as all times of the ledger
        "end" INTEGER,                      -- NULL: it runs, or was killed
        reason TEXT                         -- how it finished
    );
    CREATE TABLE file (
        name TEXT PRIMARY KEY,              -- final name, below the data folder
        run INTEGER NOT NULL,
        kind TEXT NOT NULL,                 -- records or warc
        size INTEGER NOT NULL,              -- bytes that are committed
        closed INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    CREATE TABLE "column" (
        id INTEGER PRIMARY KEY,
        url TEXT NOT NULL UNIQUE,           -- of its first page; also of a front page or another place of links
        walked INTEGER NOT NULL DEFAULT 0,  -- the last run that walked it without a gap
        floor TEXT NOT NULL DEFAULT '',     -- the day down to which it is known; '' to its end
        deep INTEGER                        -- when it was last walked to its end, or down to the floor
    );
    CREATE TABLE article (
        id INTEGER PRIMARY KEY,             -- the content id
        state TEXT NOT NULL,                -- owed, done, failed or gone
        host TEXT NOT NULL,                 -- of the address to ask first
        place INTEGER NOT NULL,             -- where it was listed: the order in which articles are asked for
        day TEXT,                           -- of its list or URL
        due INTEGER,                        -- when to ask for it (0: now); NULL: never again
        attempts INTEGER NOT NULL DEFAULT 0,-- visits in a row that gave nothing
        outcome TEXT,                       -- what the last visit gave, or why it gave nothing
        first_seen TEXT,                    -- as in its record
        last_seen INTEGER,                  -- when it was last there
        revision INTEGER NOT NULL DEFAULT 0,-- of its last record
        content BLOB,                       -- content_sha256 of its last record
        records TEXT,                       -- the file of its last record
        "offset" INTEGER,
        length INTEGER
    );
    CREATE INDEX article_due ON article (host, due, place) WHERE due IS NOT NULL;
    CREATE TABLE listed (
        article INTEGER NOT NULL,
        "column" INTEGER NOT NULL,
        url TEXT NOT NULL,                  -- the address that the column gives
        place INTEGER NOT NULL,
        run INTEGER NOT NULL,               -- in which it was first listed there
        PRIMARY KEY (article, "column", url)
    ) WITHOUT ROWID;
    CREATE TABLE page (
        url TEXT PRIMARY KEY,
        etag TEXT,
        last_modified TEXT,
        digest TEXT NOT NULL,
        warc TEXT NOT NULL,
        "offset" INTEGER NOT NULL,
        length INTEGER NOT NULL,
        date TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
    """
    ALTER TABLE "column" ADD COLUMN missed INTEGER NOT NULL DEFAULT 0;  -- walks in a row in which a page was not there
    """,
)
"""Script n brings a ledger of version n to version n + 1."""

VERSION: Final = len(MIGRATIONS)

TOUCHED: Final = """
    CREATE TEMP TABLE touched (
        "column" INTEGER NOT NULL,
        article INTEGER NOT NULL,
        fetched INTEGER NOT NULL DEFAULT 0,
        outcome TEXT,
        PRIMARY KEY (article, "column")
    ) WITHOUT ROWID;
"""
"""What this run has met or asked for; it goes with the connection, and lies on disk when it is large."""


def version(connection: sqlite3.Connection) -> int:
    """Return the version of a ledger, 0 for a new one."""
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a ledger of any older version, or a new one, up to date: whole or not at all."""
    for number, script in enumerate(MIGRATIONS[version(connection) :], start=version(connection) + 1):
        connection.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;")
