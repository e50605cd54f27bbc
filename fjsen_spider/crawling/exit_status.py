"""How a crawl ended → exit status."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

DONE: Final = frozenset({"finished", "limit"})
"""Finish reasons of a run that did what it was asked."""

OK, FAILED, USAGE, IO_ERROR = 0, 1, 2, 74
"""74 is EX_IOERR of sysexits.h."""


def exit_status(stats: Mapping[str, Any], feeds: int = 0) -> int:
    """Return what the shell is told; a feed of the user's that was not stored is a failure too."""
    if any(stats.get(key) for key in ("fjsen/write_failed", "fjsen/report_failed")) or _stored(stats) < feeds:
        return IO_ERROR
    return OK if stats.get("finish_reason") in DONE else FAILED


def _stored(stats: Mapping[str, Any]) -> float:
    """Return how many feeds were stored; enough of them when there was nothing to store."""
    if not stats.get("item_scraped_count"):
        return math.inf
    return float(sum(count for key, count in stats.items() if key.startswith("feedexport/success_count/")))
