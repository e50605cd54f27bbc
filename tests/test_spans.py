"""The offsets of an article: every line of its text is where its span says, and the spans are the whole text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from cases import ARTICLES, SHARED, name, record
from hypothesis import given, settings
from hypothesis import strategies as st

from fjsen_spider.archive.mirror import Mirror
from fjsen_spider.extraction import extract
from fjsen_spider.extraction.blocks import Block, Kind, Role
from fjsen_spider.extraction.sections import build_sections
from fjsen_spider.items import Article
from fjsen_spider.serialize import from_dict

REAL = SHARED / "real" / "articles"


def check(article: Article) -> None:
    text = article.text or ""
    spans = article.spans()
    assert "\n".join(text[one.start : one.end] for one in spans) == text
    assert all(one.end + 1 == other.start for one, other in pairwise(spans))
    assert tuple(text[one.start : one.end] for one in spans if one.kind == "deck") == article.deck
    assert [one.subsection is None for one in spans] == [one.kind == "deck" for one in spans]
    for number, part in enumerate(article.subsections):
        own = [one for one in spans if one.subsection == number]
        lines = {kind: tuple(text[one.start : one.end] for one in own if one.kind == kind) for kind in KINDS}
        assert lines["heading"] == tuple(filter(None, [part.heading]))
        assert lines["subheading"] == tuple(filter(None, [part.subheading]))
        assert lines["paragraph"] == part.paragraphs
        assert 0 <= part.start <= part.end <= len(text)
        assert (part.start, part.end) == ((own[0].start, own[-1].end) if own else (part.start, part.start))


KINDS = ("heading", "subheading", "paragraph")


@pytest.mark.parametrize("folder", ARTICLES, ids=name)
def test_spans_of_a_fixture_are_its_text(folder):
    check(from_dict(record(folder)))


def test_spans_of_real_articles_are_their_text():
    if not REAL.is_dir():
        pytest.skip("no real captures beside the project")
    for raw in Mirror(REAL).articles():
        check(extract(*raw.pages))


words = st.text("甲乙丙a。 \U00020000", min_size=1, max_size=5).map(lambda text: f"字{text}字")
roles = st.sampled_from([Role.PARAGRAPH, Role.HEADING, Role.LABEL, Role.SUBHEADING, Role.CAPTION, Role.RELATED])
lines = st.builds(Block, kind=st.just(Kind.TEXT), page=st.just(1), text=words, role=roles)
pictures = st.builds(Block, kind=st.just(Kind.IMAGE), page=st.just(1), url=st.just("http://www.fjsen.com/a.jpg"))


@settings(deadline=None)
@given(st.lists(words, max_size=3), st.lists(lines | pictures, max_size=12))
def test_spans_of_any_sections_are_their_text(deck, blocks):
    kept = [  # a second line has a heading directly above it
        one
        for above, one in pairwise([None, *blocks])
        if one.role is not Role.SUBHEADING or (above and above.role is Role.HEADING)
    ]
    subsections, text = build_sections(deck, kept)
    check(Article(deck=tuple(deck), subsections=subsections, text=text or None))
