"""Every selector of every layout is needed: without it some fixture reads otherwise."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from cases import ARTICLES, extracted

from fjsen_spider.extraction import NotAnArticle, document, extract, markup
from fjsen_spider.extraction.layouts import LAYOUTS, layout
from fjsen_spider.extraction.stages import headline
from fjsen_spider.fixtures.folder import golden_text, read_pages


def nothing(page):
    return ()


@pytest.fixture(autouse=True)
def tags_read_anew():
    """What has been told of a tag is kept, and may be by a mark that is blinded."""
    markup.read_tag.cache_clear()
    yield
    markup.read_tag.cache_clear()


SELECTORS = [
    pytest.param(one, field.name, id=f"{one.name}-{field.name}")
    for one in LAYOUTS
    for field in fields(one)
    if callable(getattr(one, field.name))
]


def _outcome(folder) -> str:
    try:
        return golden_text(extract(*read_pages(folder).pages))
    except NotAnArticle as other:
        return other.reason


FRAME = [
    pytest.param(headline, "BREADCRUMB", (nothing, headline.BREADCRUMB[1]), id="breadcrumb-line"),
    pytest.param(headline, "BREADCRUMB", (headline.BREADCRUMB[0], nothing), id="breadcrumb-steps"),
    pytest.param(headline, "META_KEYWORDS", nothing, id="keywords"),
    pytest.param(layout, "PAGER_CLASS", "no-such-class", id="pager-list"),
    pytest.param(layout, "PLAYER_CLASS", "no-such-class", id="player"),
    *(
        pytest.param(layout, "PAGER_IDS", layout.PAGER_IDS - {one}, id=f"pager-{one}")
        for one in sorted(layout.PAGER_IDS)
    ),
]


@pytest.mark.parametrize(("module", "name", "blind"), FRAME)
def test_without_this_mark_of_the_frame_some_fixture_reads_otherwise(module, name, blind, monkeypatch):
    before = {folder: extracted(folder) for folder in ARTICLES}
    monkeypatch.setattr(module, name, blind)
    markup.read_tag.cache_clear()
    assert any(_outcome(folder) != before[folder] for folder in ARTICLES)


@pytest.mark.parametrize(("template", "selector"), SELECTORS)
def test_without_this_selector_some_fixture_reads_otherwise(template, selector, monkeypatch):
    own = [folder for folder in ARTICLES if folder.parent.name == template.name]
    before = {folder: extracted(folder) for folder in own}
    blind = replace(template, **{selector: nothing})
    monkeypatch.setattr(document, "LAYOUTS", tuple(blind if one is template else one for one in LAYOUTS))
    assert any(_outcome(folder) != before[folder] for folder in own)
