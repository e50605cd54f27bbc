"""How a crawl ended → exit status, and a line that says why when it is no success."""

from __future__ import annotations

import math
from collections.abc import Container, Mapping
from typing import Any, Final

from scrapy.settings import BaseSettings

OK, FAILED, USAGE = 0, 1, 2
DRIFT, BLOCKED, IO_ERROR, TRY_AGAIN, CONFIG = 65, 69, 74, 75, 78
"""As in sysexits.h: EX_DATAERR, EX_UNAVAILABLE, EX_IOERR, EX_TEMPFAIL, EX_CONFIG."""

MEANING: Final = {
    OK: "done",
    FAILED: "pages lost to defects",
    USAGE: "bad arguments",
    DRIFT: "done, but drift or quarantine past its threshold",
    BLOCKED: "refused or not answered by the site",
    IO_ERROR: "disk or I/O",
    TRY_AGAIN: "stopped and resumable, or the folder was in use",
    CONFIG: "configuration",
}
"""Exit status → what it tells whoever started the run."""

DONE: Final = frozenset({"finished", "limit"})
"""Finish reasons of a run that did what it was asked."""
REASONS: Final = {
    "write_failed": IO_ERROR,
    "archive_failed": IO_ERROR,
    "disk_full": IO_ERROR,
    "bad_ledger": CONFIG,
    "blocked": BLOCKED,
    "robots_unreachable": BLOCKED,
    "locked": TRY_AGAIN,
    "shutdown": TRY_AGAIN,
    "forced": TRY_AGAIN,  # by a second signal, before anything was closed
}
"""Other finish reasons → exit status; a limit of the user's own (`closespider_…`) can be resumed too."""

ANSWERS: Final = frozenset({"article/404", "article/410", "article/redirected home"})
"""Failed requests that were answered all the same."""


def exit_status(stats: Mapping[str, Any], feeds: int = 0) -> tuple[int, str]:
    """Return what the shell is told, and why; a feed of the user's that was not stored is a failure too."""
    finish = stats.get("finish_reason") or ("forced" if "start_time" in stats else "not started")
    written = "archive" if finish == "archive_failed" else "records"
    for key, what in (("fjsen/write_failed", written), ("fjsen/report_failed", "run report")):
        if stats.get(key):
            return IO_ERROR, f"the {what} could not be written: {stats[key]}"
    if _stored(stats) < feeds or _counts(stats, "feedexport/failed_count/"):
        return IO_ERROR, "a feed could not be stored"
    if finish not in DONE:
        status = REASONS.get(finish, TRY_AGAIN if finish.startswith("closespider_") else FAILED)
        return status, stats.get("fjsen/refused") or f"the run ended before it was done: {finish}"
    failed = {key.removeprefix("fjsen/failed/") for key in stats if key.startswith("fjsen/failed/")}
    if not stats.get("fjsen/pages") and failed - ANSWERS:
        return BLOCKED, f"none of the {stats.get('fjsen/seeds')} seeds was answered: {_counts(stats, 'fjsen/failed/')}"
    if stats.get("fjsen/columns") and not stats.get("fjsen/listings"):
        return BLOCKED, f"no column gave a list of articles: {_counts(stats, 'fjsen/failed/listing/')}"
    if left := _counts(stats, "fjsen/refused/", ("circuit-open", "robots-unreachable", "challenge")):
        return BLOCKED, f"hosts that refuse or fail were left alone, what is owed of them waits: {left}"
    if errors := _counts(stats, "fjsen/error/"):
        return FAILED, f"pages were lost to defects, see the run report: {errors}"
    if stats.get("fjsen/unhealthy"):
        return DRIFT, stats["fjsen/unhealthy"]
    return OK, ""


def feeds_due(settings: BaseSettings) -> int:
    """Return how many feeds of the user's are stored whatever is in them."""
    empty = settings.getbool("FEED_STORE_EMPTY")
    return sum(bool(options.get("store_empty", empty)) for options in settings.getdict("FEEDS").values())


def _counts(stats: Mapping[str, Any], prefix: str, names: Container[str] | None = None) -> str:
    found = {key.removeprefix(prefix): stats[key] for key in sorted(stats) if key.startswith(prefix)}
    return ", ".join(f"{count} {name}" for name, count in found.items() if names is None or name in names)


def _stored(stats: Mapping[str, Any]) -> float:
    """Return how many feeds were stored; enough of them when there was nothing to store."""
    if not stats.get("item_scraped_count"):
        return math.inf
    return float(sum(count for key, count in stats.items() if key.startswith("feedexport/success_count/")))
