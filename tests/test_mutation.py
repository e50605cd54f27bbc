"""Every selector of every layout is needed: without it some fixture reads otherwise."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from cases import ARTICLES, extracted
from lxml import etree

from fjsen_spider.extraction import NotAnArticle, document, extract
from fjsen_spider.extraction.layouts import LAYOUTS
from fjsen_spider.fixtures.folder import golden_text, read_pages

NOTHING = etree.XPath("//*[false()]")
SELECTORS = [
    pytest.param(layout, field.name, id=f"{layout.name}-{field.name}")
    for layout in LAYOUTS
    for field in fields(layout)
    if isinstance(getattr(layout, field.name), etree.XPath)
]


def _outcome(folder) -> str:
    try:
        return golden_text(extract(*read_pages(folder).pages))
    except NotAnArticle as other:
        return other.reason


@pytest.mark.parametrize(("layout", "selector"), SELECTORS)
def test_without_this_selector_some_fixture_reads_otherwise(layout, selector, monkeypatch):
    own = [folder for folder in ARTICLES if folder.parent.name == layout.name]
    before = {folder: extracted(folder) for folder in own}
    blind = replace(layout, **{selector: NOTHING})
    monkeypatch.setattr(document, "LAYOUTS", tuple(blind if one is layout else one for one in LAYOUTS))
    assert any(_outcome(folder) != before[folder] for folder in own)
