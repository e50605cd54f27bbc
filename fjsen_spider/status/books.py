"""What the ledger owes, and what became of everything else in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any, Final

from fjsen_spider.crawling.ledger import State
from fjsen_spider.sites import NAMES
from fjsen_spider.urls import PageKind, classify

_STATES: Final = """
    SELECT state, outcome, count(*) AS count, sum(due <= :now) AS due, sum(due > :now) AS later,
        min(CASE WHEN due > :now THEN due END) AS next, max(id) AS newest, min(id) AS oldest
    FROM article GROUP BY state, outcome ORDER BY count(*) DESC
"""

_HOSTS: Final = "SELECT host, count(*) FROM article WHERE due <= ? GROUP BY host ORDER BY 2 DESC"

_COLUMNS: Final = """
    SELECT "column".url, run.start AS walked, deep, floor
    FROM "column" LEFT JOIN run ON run.id = walked ORDER BY "column".id
"""


def tell_books(connection: sqlite3.Connection, now: int) -> dict[str, Any]:
    """Tell the articles by state, those to ask for by host, the failures with examples, and the columns."""
    rows = connection.execute(_STATES, {"now": now}).fetchall()
    states = {str(state): sum(row["count"] for row in rows if row["state"] == state) for state in State}
    return {
        "articles": states,
        "due": sum(row["due"] or 0 for row in rows),
        "owed": sum(row["due"] or 0 for row in rows if row["state"] == State.OWED),
        "later": sum(row["later"] or 0 for row in rows),
        "next": min((row["next"] for row in rows if row["next"] is not None), default=None),
        "hosts": dict(map(tuple, connection.execute(_HOSTS, (now,)))),
        "failures": list(_failures(connection, rows)),
        "columns": list(_columns(connection)),
    }


def _columns(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Yield what is walked: a front page is only looked at."""
    for row in map(dict, connection.execute(_COLUMNS)):
        known = classify(row["url"])
        if known and known.kind is PageKind.LISTING:
            yield {"name": NAMES.get(row["url"]), **row}


def _failures(connection: sqlite3.Connection, rows: list[sqlite3.Row]) -> Iterator[dict[str, Any]]:
    """Yield what is failed or gone, by outcome: how many, how many of them are tried again, two examples."""
    for row in rows:
        if row["state"] in (State.FAILED, State.GONE):
            examples = dict.fromkeys((row["newest"], row["oldest"]))
            yield {
                "state": row["state"],
                "outcome": row["outcome"],
                "count": row["count"],
                "again": (row["due"] or 0) + (row["later"] or 0),
                "examples": [_address(connection, article) for article in examples],
            }


def _address(connection: sqlite3.Connection, article: int) -> str:
    row = connection.execute("SELECT url FROM listed WHERE article = ? ORDER BY place LIMIT 1", (article,)).fetchone()
    return row[0] if row else f"fjsen:{article}"
