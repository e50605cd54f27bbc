"""The last runs of a data folder, by the ledger and by their own reports."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from fjsen_spider.crawling.exit_status import MEANING

REPORTS: Final = "runs"
KILLED: Final = "killed"
RUNNING: Final = "running"


def ledger_runs(connection: sqlite3.Connection, folder: Path, most: int, *, running: bool) -> list[dict[str, Any]]:
    """Return the last runs, newest first; one without an end runs, or was killed when nobody has the folder."""
    rows = connection.execute('SELECT name, start, "end", reason FROM run ORDER BY id DESC LIMIT ?', (most,))
    runs: list[dict[str, Any]] = []
    for row in rows:
        reason = row["reason"] or (RUNNING if running and not runs else KILLED)
        runs.append(_run(row["name"], row["start"], row["end"], reason, read_story(folder, row["name"])))
    return runs


def story_runs(folder: Path, most: int) -> list[dict[str, Any]]:
    """Return the last runs that have a report, newest first."""
    files = sorted((folder / REPORTS).glob("*.json"), reverse=True)[:most]
    stories = ((file.stem, read_story(folder, file.stem)) for file in files)
    return [
        _run(name, _moment(story["start"]), _moment(story["end"]), story["finish_reason"], story)
        for name, story in stories
        if story
    ]


def read_story(folder: Path, name: str) -> dict[str, Any]:
    """Return what a run told of itself, nothing when it could not."""
    try:
        story: dict[str, Any] = json.loads((folder / REPORTS / f"{name}.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return story


def _run(name: str, start: int, end: int | None, reason: str, story: dict[str, Any]) -> dict[str, Any]:
    status = None if reason == RUNNING else story.get("exit_status")
    return {
        "name": name,
        "start": start,
        "end": end,
        "seconds": None if end is None or reason == KILLED else end - start,
        "finish_reason": reason,
        "exit_status": status,
        "meaning": MEANING.get(status, "") if status is not None else "",
        "why": story.get("why", ""),
        "articles": story.get("articles", {}),
    }


def _moment(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())
