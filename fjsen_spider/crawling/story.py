"""What a run did, as plain data: listed, fetched, extracted, recorded, and why the rest was not."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

from fjsen_spider.crawling.health import fill
from fjsen_spider.crawling.ledger.account import Account
from fjsen_spider.extraction.layouts.generic import GENERIC
from fjsen_spider.pipelines.validate import FIELDS
from fjsen_spider.sites import NAMES
from fjsen_spider.urls import address

LONGEST: Final = 50
"""Lists of URLs longer than this are cut: the ledger has them all."""
MOST_DAYS: Final = 1000
"""Rows of the account by column and day."""

COUNTS: Final = {
    "layouts": "fjsen/layout/",
    "not_articles": "fjsen/not_article/",
    "dropped": "fjsen/dropped/",
    "errors": "fjsen/error/",
    "quarantined": "fjsen/quarantined/",
    "failed_requests": "fjsen/failed/",
    "warnings": "fjsen/warning/",
    "left_out_characters": "fjsen/left_out/",
}
"""Key of the report → prefix of the stats that it collects."""


def tell(stats: Mapping[str, Any], account: Account, found: Sequence[str] = ()) -> dict[str, Any]:
    """Tell a run; `found` is what its health is judged by."""
    return {
        "finish_reason": stats.get("finish_reason"),
        "records_file": stats.get("fjsen/records_file"),
        "write_failed": stats.get("fjsen/write_failed"),
        "articles": account.totals(),
        "owed": account.owed(int(time.time())),
        "health": {"findings": list(found)},
        "layout_drift": stats.get(f"fjsen/layout/{GENERIC.name}", 0),
        "columns": {url: {"name": NAMES.get(url.partition(" ")[0]), **counts} for url, counts in account.columns()},
        "days": list(account.days(MOST_DAYS)),
        "reasons": account.reasons(),
        "fields": _fields(stats),
        "fill": fill(stats),
        **{name: _below(stats, prefix) for name, prefix in COUNTS.items()},
        "not_fetched": _some(*account.missing("not fetched", LONGEST)),
        "not_recorded": _some(*account.missing("not recorded", LONGEST)),
        "scrapy": {key: value for key, value in sorted(stats.items()) if not key.startswith("fjsen/")},
    }


def _fields(stats: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _fill(stats.get(f"fjsen/field/{name}/filled", 0), stats.get(f"fjsen/field/{name}/missing", 0))
        for name in FIELDS
    }


def _fill(filled: int, missing: int) -> dict[str, Any]:
    percent = round(100 * filled / (filled + missing), 1) if filled + missing else None
    return {"filled": filled, "missing": missing, "percent": percent}


def _below(stats: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {key.removeprefix(prefix): stats[key] for key in sorted(stats) if key.startswith(prefix)}


def _some(shown: list[dict[str, str]], count: int) -> list[dict[str, Any]]:
    """List the first, and at the end how many more there are."""
    told = [{"url": address(one["url"]), "why": one["why"]} for one in shown]
    return [*told, {"more": count - len(told)}] if count > len(told) else [*told]
