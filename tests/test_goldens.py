"""The goldens as a whole: clean, and covering every layout and every field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest
from cases import ALL, ARTICLES, FIXTURES, NOT_LAYOUTS, golden, name

from fjsen_spider.extraction.document import read_document
from fjsen_spider.extraction.layouts import LAYOUTS
from fjsen_spider.extraction.layouts.generic import GENERIC
from fjsen_spider.fixtures.folder import read_meta, read_pages
from fjsen_spider.items import Article

LABELS = re.compile(r"^(?:来源|责任编辑|作者|原标题)\s*[:：]")
URL = re.compile(r"^(?!provenance).*?(?:^|[._])url$|^aliases$")
RAW = re.compile(r"raw$|^byline|^provenance")
ABSOLUTE = re.compile(r"https?://[^/]+/?")
NOT_OF_ONE_PAGE = {
    "retrieved_at": "a saved page does not tell when it was fetched",
    "status": "a saved page does not tell with what status it was answered",
    "warc": "a fixture is not archived",
    "first_seen": "known to a crawl only",
    "changed_fields": "known to a crawl only",
}


def _strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield (path, string) of everything in a record."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _strings(one, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one, path)


@pytest.mark.parametrize("folder", ARTICLES, ids=name)
class TestHygiene:
    def test_no_character_is_lost_unsaid(self, folder):
        article = golden(folder)
        lost = [path for path, string in _strings(article) if "\ufffd" in string]
        assert not lost or "encoding-lossy" in article["warnings"]

    def test_no_label_is_left_in_a_value(self, folder):
        values = _strings({key: value for key, value in golden(folder).items() if not RAW.search(key)})
        in_text = ("text", "subsections.paragraphs")
        assert [
            path for path, string in values if LABELS.search(string) and path not in in_text and "raw" not in path
        ] == []

    def test_no_caption_is_a_paragraph_too(self, folder):
        article = golden(folder)
        paragraphs = {line for part in article["subsections"] for line in part["paragraphs"]}
        assert paragraphs.isdisjoint(image["caption"] for image in article["images"])

    def test_every_url_is_absolute(self, folder):
        urls = [string for path, string in _strings(golden(folder)) if URL.search(path)]
        assert [url for url in urls if not ABSOLUTE.match(url)] == []

    def test_a_time_has_its_offset(self, folder):
        date = golden(folder)["date"]
        assert date is None or "T" not in date or date.endswith("+08:00")

    def test_no_string_is_empty(self, folder):
        empty = {path for path, string in _strings(golden(folder)) if not string.strip()}
        assert empty <= {"tables"}, "only the cell of a table may be empty"


def test_every_layout_has_fixtures_and_every_folder_a_layout():
    folders = {path.name for path in FIXTURES.iterdir() if path.is_dir()} - set(NOT_LAYOUTS)
    assert folders == {layout.name for layout in (*LAYOUTS, GENERIC)}


@pytest.mark.parametrize("folder", ARTICLES, ids=name)
def test_fixture_matches_the_one_layout_of_its_folder(folder):
    for page in read_pages(folder).pages:
        landmarks = read_document(page).landmarks
        own = [] if folder.parent.name == GENERIC.name else [folder.parent.name]
        assert [layout.name for layout in LAYOUTS if layout.find(landmarks)] == own


def test_every_field_is_filled_in_some_golden():
    empty = (None, "", [], {})
    filled = {key for folder in ARTICLES for key, value in golden(folder).items() if value not in empty}
    assert {field.name for field in fields(Article)} - filled == set(NOT_OF_ONE_PAGE)


def test_no_two_fixtures_are_there_for_the_same_reason():
    reasons = Counter(read_meta(folder)["why"] for folder in ALL)
    assert [why for why, count in reasons.items() if count > 1 or not why.strip()] == []


def test_there_are_as_many_fixtures_as_the_site_has_ways():
    kinds = Counter(folder.parent.name if folder.parent.name in NOT_LAYOUTS else "articles" for folder in ALL)
    assert kinds["articles"] >= 30
    assert kinds["not_articles"] >= 6
    assert kinds["listings"] >= 4
