"""What is known of each page fetched: validators, digest, and where it is archived."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import astuple, dataclass

from fjsen_spider.archive.index import same


def page_key(url: str) -> str:
    """Return the address that a page is known by: as asked, http and lower-case host, without fragment."""
    return f"http://{same(url)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """The last whole capture of a page."""

    url: str
    etag: str | None
    last_modified: str | None
    digest: str
    """`sha1:` and BASE32, of the payload as sent."""
    warc: str
    """File name."""
    offset: int
    length: int
    date: str
    """WARC-Date of the capture."""


class Pages:
    """The pages of a ledger, by address."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, url: str) -> KnownPage | None:
        """Return what is known of a page."""
        row = self._connection.execute("SELECT * FROM page WHERE url = ?", (url,)).fetchone()
        return KnownPage(**row) if row else None

    def keep(self, page: KnownPage) -> None:
        """Note a capture in the place of the one before."""
        self._connection.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?)", astuple(page))

    def all(self) -> Iterator[KnownPage]:
        """Yield every page, in the order of the archive."""
        for row in self._connection.execute('SELECT * FROM page ORDER BY warc, "offset"'):
            yield KnownPage(**row)
