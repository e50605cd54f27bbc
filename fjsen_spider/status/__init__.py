"""What a data folder says of its crawls: the last runs, what is owed, what failed and why, what is gone."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from fjsen_spider.crawling.ledger import FILE, Ledger, LedgerError
from fjsen_spider.crawling.lock import holder
from fjsen_spider.status.books import tell_books
from fjsen_spider.status.runs import REPORTS, ledger_runs, story_runs

__all__ = ["is_crawled", "is_well", "status"]


def is_crawled(folder: Path) -> bool:
    """Tell whether a crawl has begun in a folder."""
    return (folder / FILE).is_file() or any((folder / REPORTS).glob("*.json"))


def status(folder: Path, most: int = 10) -> dict[str, Any]:
    """Tell a data folder, its last runs first; a run may be writing to it meanwhile.

    One pass over the articles of the ledger: a second or so for each million of them.
    """
    held = holder(folder)
    told: dict[str, Any] = {"folder": str(folder), "held_by": held, "ledger": None}
    try:
        ledger = Ledger.read(folder / FILE)
    except LedgerError as error:
        return {**told, "ledger": str(error), "runs": story_runs(folder, most)}
    try:
        ledger.connection.execute("BEGIN")  # one moment of it, while a run goes on
        runs = ledger_runs(ledger.connection, folder, most, running=held is not None)
        return {**told, "runs": runs, **tell_books(ledger.connection, int(time.time()))}
    finally:
        ledger.close()


def is_well(told: dict[str, Any], oldest: int | None = None) -> bool:
    """Tell whether the last run that ended was a success and, where asked, ended not longer ago than `oldest` seconds."""
    ended = [run for run in told["runs"] if run["finish_reason"] != "running"]
    if told["ledger"] or not ended or ended[0]["exit_status"] != 0:
        return False
    return oldest is None or 0 <= time.time() - ended[0]["end"] <= oldest
