"""What extraction makes of each fixture: field by field against its golden, and against what its author says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest
from cases import ARTICLES, LISTINGS, NO_ARTICLES, expectations, golden, name, record

from fjsen_spider.extraction import NotAnArticle, extract
from fjsen_spider.extraction.listing import read_listing
from fjsen_spider.fixtures.folder import read_meta, read_pages
from fjsen_spider.items import Article
from fjsen_spider.urls import canonical

FIELDS = [field.name for field in fields(Article)]


@pytest.mark.parametrize(
    ("folder", "field"),
    [pytest.param(folder, field, id=f"{name(folder)}-{field}") for folder in ARTICLES for field in FIELDS],
)
def test_field_is_as_in_the_golden(folder, field):
    assert record(folder)[field] == golden(folder)[field]


def _headings(article: dict[str, Any]) -> list[str]:
    pairs = [(part["heading"], part["subheading"]) for part in article["subsections"] if part["heading"]]
    return ["｜".join(filter(None, pair)) for pair in pairs]


def _people(article: dict[str, Any]) -> list[str]:
    return sorted(f"{one['name']}/{one['role']}/{one['where']}" for one in article["people"])


VIEWS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "headings": _headings,
    "people": _people,
    "captions": lambda article: [image["caption"] for image in article["images"] if image["caption"]],
    "credits": lambda article: [image["credit"] for image in article["images"] if image["credit"]],
    "dateline_raw": lambda article: (article["dateline"] or {}).get("raw"),
    "related": lambda article: [link["title"] for link in article["related"]],
}


@pytest.mark.parametrize(
    ("folder", "key"),
    [
        pytest.param(folder, key, id=f"{name(folder)}-{key}")
        for folder in ARTICLES
        for key in expectations(folder)
        if key != "absent"
    ],
)
def test_record_is_what_the_author_of_the_fixture_signs(folder, key):
    article, expected = record(folder), expectations(folder)[key]
    found = VIEWS[key](article) if key in VIEWS else article[key]
    assert found == (sorted(expected) if key == "people" else expected)


@pytest.mark.parametrize("folder", ARTICLES, ids=name)
def test_what_is_no_text_is_absent_from_it(folder):
    text = record(folder)["text"] or ""
    assert [words for words in expectations(folder).get("absent", []) if words in text] == []


@pytest.mark.parametrize("folder", NO_ARTICLES, ids=name)
def test_page_is_no_article_and_says_why(folder):
    with pytest.raises(NotAnArticle) as caught:
        extract(*read_pages(folder).pages)
    assert caught.value.reason == read_meta(folder)["reason"]


@pytest.mark.parametrize("folder", LISTINGS, ids=name)
def test_listing_gives_its_own_articles_and_pager(folder):
    expected = expectations(folder)
    listing = read_listing(read_pages(folder).pages[0])
    found = [[canonical(link.url), link.day.isoformat() if link.day else None] for link in listing.articles]
    assert found == expected["articles"]
    assert (listing.next_url, listing.pages) == (expected["next"], expected["pages"])
