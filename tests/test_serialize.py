"""One record, one line, and back."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest
from cases import ARTICLES, name
from hypothesis import given
from hypothesis import strategies as st

from fjsen_spider.extraction import extract
from fjsen_spider.fixtures.folder import read_pages
from fjsen_spider.items import Article
from fjsen_spider.serialize import from_line, to_line


@pytest.mark.parametrize("folder", ARTICLES, ids=name)
def test_a_record_survives_the_round_trip(folder):
    article = extract(*read_pages(folder).pages)
    assert from_line(to_line(article)) == article
    assert from_line(to_line(article).encode()) == article


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_record_is_one_line_whatever_its_text(text):
    line = to_line(Article(title=text))
    assert line.count("\n") == 1
    assert line.endswith("\n")
    assert from_line(line).title == text


def test_fields_are_written_in_the_order_of_their_declaration():
    assert list(json.loads(to_line(Article()))) == [field.name for field in fields(Article)]


def test_chinese_is_written_as_it_is():
    assert '"title": "老街夜市"' in to_line(Article(title="老街夜市"))


@pytest.mark.parametrize("line", ['{"headline": "x"}', "[]", "null", "3", "{"])
def test_what_is_no_record_is_refused(line):
    with pytest.raises(ValueError, match=r"unknown fields|a record is|Expecting"):
        from_line(line)
