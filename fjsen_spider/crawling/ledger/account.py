"""What a run did, out of the ledger: of everything that it met or asked for, what became of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, Final

NOT_ASKED: Final = "not asked, or no answer"
NO_OUTCOME: Final = "fetched, no outcome: the run ended"

# One row an article and column (0: asked for, not listed), with a fate and, where it is not the hoped-for one, why.
_FATES: Final = f"""
    SELECT article, "column", day,
        (SELECT url FROM listed WHERE listed.article = met.article ORDER BY place, url LIMIT 1) AS url,
        CASE
            WHEN outcome IN ('recorded', 'unchanged', 'tombstone') THEN outcome
            WHEN fetched THEN 'not recorded'
            WHEN outcome IS NULL AND (due IS NULL OR due > start) THEN 'known'
            ELSE 'not fetched'
        END AS fate,
        fetched OR coalesce(outcome = 'tombstone', 0) AS fetched,
        fetched AND (outcome IN ('recorded', 'unchanged') OR outcome LIKE 'record %') AS extracted,
        coalesce(outcome, CASE WHEN fetched THEN '{NO_OUTCOME}' ELSE '{NOT_ASKED}' END) AS why
    FROM (SELECT touched.*, article.day, article.due, (SELECT max(start) FROM run) AS start
          FROM touched JOIN article ON article.id = touched.article) AS met
"""  # noqa: S608 - constants

_COUNTS: Final = """
    count(*) AS listed, sum(fate = 'known') AS known, sum(fetched) AS fetched, sum(extracted) AS extracted,
    sum(fate = 'recorded') AS recorded, sum(fate = 'unchanged') AS unchanged, sum(fate = 'tombstone') AS tombstones
"""

_MISSED: Final = "fate IN ('not fetched', 'not recorded')"


class Account:
    """The account of the run that writes the ledger."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute

    def totals(self) -> dict[str, int]:
        """Return how many articles were listed (or asked for again), known, fetched, extracted, and so on."""
        row = self._execute(f"SELECT {_COUNTS} FROM ({_FATES} GROUP BY article)").fetchone()  # noqa: S608
        return {key: row[key] or 0 for key in row.keys()}  # noqa: SIM118 - a row is no dict

    def owed(self, now: int) -> dict[str, dict[str, int]]:
        """Return state → how many of its articles are to be asked for, now and later."""
        found: dict[str, dict[str, int]] = {}
        for state, due, count in self._execute(
            "SELECT state, due <= ?, count(*) FROM article WHERE due IS NOT NULL GROUP BY 1, 2", (now,)
        ):
            found.setdefault(state, {"now": 0, "later": 0})["now" if due else "later"] = count
        return found

    def columns(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield the columns that listed something: address and counts."""
        for row in self._execute(
            f'SELECT "column".url AS column_url, {_COUNTS} FROM ({_FATES}) AS one '  # noqa: S608
            'JOIN "column" ON "column".id = one."column" GROUP BY "column".id ORDER BY "column".id'
        ):
            told = dict(row)
            yield told.pop("column_url"), told

    def days(self, most: int) -> Iterator[dict[str, Any]]:
        """Yield counts and reasons by column and day, the latest day first, where not everything was known."""
        reasons: dict[tuple[int, str | None], dict[str, int]] = {}
        for row in self._execute(
            f'SELECT "column", day, why, count(*) AS count FROM ({_FATES}) WHERE {_MISSED} GROUP BY 1, 2, 3'  # noqa: S608
        ):
            reasons.setdefault((row["column"], row["day"]), {})[row["why"]] = row["count"]
        for row in self._execute(
            f'SELECT one."column" AS id, "column".url AS "column", day, {_COUNTS} FROM ({_FATES}) AS one '  # noqa: S608
            'JOIN "column" ON "column".id = one."column" GROUP BY "column".id, day '
            'HAVING listed > known ORDER BY day DESC, "column".id LIMIT ?',
            (most,),
        ):
            told = dict(row)
            yield {**told, "reasons": reasons.get((told.pop("id"), told["day"]), {})}

    def reasons(self) -> dict[str, int]:
        """Return why articles are not in the records of this run, and how many for each reason."""
        found = self._execute(
            f"SELECT why, count(*) FROM ({_FATES} GROUP BY article) WHERE {_MISSED} "  # noqa: S608
            "GROUP BY why ORDER BY 2 DESC, why"
        )
        return dict(map(tuple, found))

    def missing(self, fate: str, most: int) -> tuple[list[dict[str, str]], int]:
        """Return the first articles of a fate, URL and reason, and how many there are: `not fetched`, `not recorded`."""
        found = self._execute(
            f"SELECT url, why FROM ({_FATES} GROUP BY article) WHERE fate = ? ORDER BY article LIMIT ?",  # noqa: S608
            (fate, most),
        )
        count = self._execute(f"SELECT count(*) FROM ({_FATES} GROUP BY article) WHERE fate = ?", (fate,))  # noqa: S608
        return [dict(row) for row in found], count.fetchone()[0]
