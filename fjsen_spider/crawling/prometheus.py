"""A run's story as a file for the textfile collector of Prometheus's node exporter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from fjsen_spider.crawling.exit_status import OK

FILE: Final = "fjsen.prom"

SUCCESS: Final = "fjsen_last_success_timestamp_seconds"

HELP: Final = {
    "fjsen_run_start_timestamp_seconds": "When the last run began.",
    "fjsen_run_end_timestamp_seconds": "When the last run ended.",
    "fjsen_run_exit_status": "What the last run told the shell; 0 is success.",
    "fjsen_run_finished": "1, with the reason why the last run finished.",
    SUCCESS: "When the last run with exit status 0 ended.",
    "fjsen_run_articles": "Articles of the last run by what became of them.",
    "fjsen_run_field_ratio": "Part of the records that have a field, by layout.",
    "fjsen_run_drift": "Fields, and shares of odd pages, that are not as they were.",
    "fjsen_run_quarantined": "Pages that read oddly.",
    "fjsen_run_errors": "Pages lost to defects.",
    "fjsen_run_not_articles": "Pages that are no articles.",
    "fjsen_run_failed_requests": "Requests that gave nothing.",
    "fjsen_run_responses": "Answers by status.",
    "fjsen_articles_due": "Articles that are to be asked for, now or later, by state.",
}
"""Every metric, all of them gauges."""


def write_metrics(story: Mapping[str, Any], before: str) -> str:
    """Return the file's text; `before` is that of the run before, which may have had the last success."""
    lines: list[str] = []
    samples = list(_samples(story, before))
    for name, told in HELP.items():
        own = [f"{name}{_labels(labels)} {value}" for one, labels, value in samples if one == name]
        lines += [f"# HELP {name} {told}", f"# TYPE {name} gauge", *own] if own else []
    return "\n".join([*lines, ""])


def read_metrics(file: Path) -> str:
    """Return the text of the run before, nothing where there is none."""
    try:
        return file.read_text("utf-8")
    except (OSError, ValueError):
        return ""


def _samples(story: Mapping[str, Any], before: str) -> Iterator[tuple[str, dict[str, str], float]]:
    start, end = (datetime.fromisoformat(story[name]).timestamp() for name in ("start", "end"))
    yield "fjsen_run_start_timestamp_seconds", {}, start
    yield "fjsen_run_end_timestamp_seconds", {}, end
    yield "fjsen_run_exit_status", {}, story["exit_status"]
    yield "fjsen_run_finished", {"reason": str(story["finish_reason"])}, 1
    last = end if story["exit_status"] == OK else _value(before, SUCCESS)
    if last is not None:
        yield SUCCESS, {}, last
    yield "fjsen_run_drift", {}, len(story["health"]["findings"])
    for state, when in story["owed"].items():
        for name, count in when.items():
            yield "fjsen_articles_due", {"state": state, "when": name}, count
    yield from _counts(story)
    for layout, one in story["fill"].items():
        for field in story["fields"]:
            filled = one["filled"].get(field, 0) / one["records"]
            yield "fjsen_run_field_ratio", {"layout": layout, "field": field}, round(filled, 4)


def _counts(story: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, str], float]]:
    for metric, label, counts in (
        ("fjsen_run_articles", "what", story["articles"]),
        ("fjsen_run_quarantined", "reason", story["quarantined"]),
        ("fjsen_run_errors", "type", story["errors"]),
        ("fjsen_run_not_articles", "reason", story["not_articles"]),
    ):
        for name, count in counts.items():
            yield metric, {label: name}, count
    for name, count in story["failed_requests"].items():
        kind, _, why = name.partition("/")
        yield "fjsen_run_failed_requests", {"kind": kind, "why": why}, count
    for name, count in story["scrapy"].items():
        if name.startswith("downloader/response_status_count/"):
            yield "fjsen_run_responses", {"status": name.rpartition("/")[2]}, count


def _labels(labels: Mapping[str, str]) -> str:
    told = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{told}}}" if told else ""


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _value(text: str, name: str) -> float | None:
    found = re.search(rf"^{name} ([0-9.]+)$", text, re.MULTILINE)
    return float(found[1]) if found else None
