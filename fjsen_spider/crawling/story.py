"""What a run did, as plain data: listed, fetched, extracted, recorded, and why the rest was not."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from itertools import islice
from typing import Any, Final

from fjsen_spider.crawling.sightings import Sighting
from fjsen_spider.extraction.layouts.generic import GENERIC
from fjsen_spider.pipelines.validate import FIELDS
from fjsen_spider.sites import COLUMNS, FRONT_PAGE
from fjsen_spider.urls import article_id

LONGEST: Final = 50
"""Lists of URLs longer than this are cut: the ledger of a large run is its log."""

NO_OUTCOME: Final = "fetched, no outcome: the run ended"

NAMES: Final = {FRONT_PAGE: "首页", **{column.url: column.name for column in COLUMNS}}

COUNTS: Final = {
    "layouts": "fjsen/layout/",
    "not_articles": "fjsen/not_article/",
    "dropped": "fjsen/dropped/",
    "errors": "fjsen/error/",
    "failed_requests": "fjsen/failed/",
    "warnings": "fjsen/warning/",
    "left_out_characters": "fjsen/left_out/",
}
"""Key of the report → prefix of the stats that it collects."""


def tell(
    stats: Mapping[str, Any],
    sightings: Iterable[Sighting],
    recorded: Container[str | None],
    unrecorded: Mapping[str, str],
    finish_reason: str,
) -> dict[str, Any]:
    """Tell a run; `recorded` has ids, `unrecorded` is URL → reason of what was fetched and gave no record."""
    met = list(sightings)
    missing = {one.urls[0]: one.failure or "not asked, or no answer" for one in met if not one.fetched}
    settled = {article_id(url) for url in unrecorded}
    unsettled = [one for one in met if one.fetched and one.id not in recorded and one.id not in settled]
    return {
        "finish_reason": finish_reason,
        "records_file": stats.get("fjsen/records_file"),
        "write_failed": stats.get("fjsen/write_failed"),
        "articles": {
            "listed": len(met),
            "fetched": sum(one.fetched for one in met),
            "extracted": stats.get("fjsen/extracted", 0),
            "recorded": stats.get("fjsen/records", 0),
        },
        "layout_drift": stats.get(f"fjsen/layout/{GENERIC.name}", 0),
        "columns": _columns(met),
        "fields": _fields(stats),
        **{name: _below(stats, prefix) for name, prefix in COUNTS.items()},
        "not_fetched": _some(missing),
        "not_recorded": _some({**unrecorded, **{one.urls[0]: NO_OUTCOME for one in unsettled}}),
        "scrapy": {key: value for key, value in sorted(stats.items()) if not key.startswith("fjsen/")},
    }


def _columns(met: Iterable[Sighting]) -> dict[str, Any]:
    listed: dict[str, int] = {}
    for url in (url for one in met for url in one.found_on):
        listed[url] = listed.get(url, 0) + 1
    return {url: {"name": NAMES.get(url), "listed": number} for url, number in listed.items()}


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


def _some(reasons: Mapping[str, str]) -> list[dict[str, Any]]:
    """List the first, and at the end how many more there are."""
    shown = [{"url": url, "why": why} for url, why in islice(reasons.items(), LONGEST)]
    return [*shown, {"more": len(reasons) - LONGEST}] if len(reasons) > LONGEST else shown
