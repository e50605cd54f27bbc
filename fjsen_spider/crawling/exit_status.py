"""How a crawl ended → exit status, and a line that says why when it is no success."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

DONE: Final = frozenset({"finished", "limit"})
"""Finish reasons of a run that did what it was asked."""

OK, FAILED, USAGE, IO_ERROR = 0, 1, 2, 74
"""74 is EX_IOERR of sysexits.h."""


def exit_status(stats: Mapping[str, Any], feeds: int = 0) -> tuple[int, str]:
    """Return what the shell is told, and why; a feed of the user's that was not stored is a failure too."""
    for key, what in (("fjsen/write_failed", "records"), ("fjsen/report_failed", "run report")):
        if stats.get(key):
            return IO_ERROR, f"the {what} could not be written: {stats[key]}"
    if _stored(stats) < feeds:
        return IO_ERROR, "a feed could not be stored"
    if (finish := stats.get("finish_reason")) not in DONE:
        return FAILED, f"the run ended before it was done: {finish}"
    if stats.get("fjsen/seeds") and not stats.get("fjsen/pages"):
        return FAILED, f"none of the {stats['fjsen/seeds']} seeds was answered: {_counts(stats, 'fjsen/failed/')}"
    if errors := _counts(stats, "fjsen/error/"):
        return FAILED, f"pages were lost to defects, see the run report: {errors}"
    return OK, ""


def _counts(stats: Mapping[str, Any], prefix: str) -> str:
    return ", ".join(f"{stats[key]} {key.removeprefix(prefix)}" for key in sorted(stats) if key.startswith(prefix))


def _stored(stats: Mapping[str, Any]) -> float:
    """Return how many feeds were stored; enough of them when there was nothing to store."""
    if not stats.get("item_scraped_count"):
        return math.inf
    return float(sum(count for key, count in stats.items() if key.startswith("feedexport/success_count/")))
