"""The fixtures as the tests see them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from fjsen_spider.extraction import extract
from fjsen_spider.fixtures.folder import GOLDEN, META, golden_text, read_meta, read_pages

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
SHARED = ROOT.parent / "shared"

NOT_LAYOUTS = ("listings", "not_articles", "portal")
ALL = sorted(meta.parent for meta in FIXTURES.glob(f"*/*/{META}"))
ARTICLES = [folder for folder in ALL if folder.parent.name not in NOT_LAYOUTS]
LISTINGS = [folder for folder in ALL if folder.parent.name == "listings"]
NO_ARTICLES = [folder for folder in ALL if folder.parent.name == "not_articles"]


def name(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


@cache
def extracted(folder: Path) -> str:
    """The record of a fixture as a golden would hold it, made once."""
    return golden_text(extract(*read_pages(folder).pages))


@cache
def record(folder: Path) -> dict[str, Any]:
    return json.loads(extracted(folder))


@cache
def golden(folder: Path) -> dict[str, Any]:
    """The accepted record; a fixture without one has not been read by anybody."""
    path = folder / GOLDEN
    assert path.is_file(), f"{name(folder)} has no {GOLDEN}: read its draft, correct it, then rename it"
    return json.loads(path.read_text("utf-8"))


@cache
def expectations(folder: Path) -> dict[str, Any]:
    """What the fixture's author says a careful reader would sign."""
    return read_meta(folder).get("expect", {})
