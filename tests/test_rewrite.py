"""Filler in the place of a publisher's words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from cases import ARTICLES, name

from fjsen_spider.extraction import extract
from fjsen_spider.extraction.surnames import SURNAMES
from fjsen_spider.fixtures.add import differing_fields
from fjsen_spider.fixtures.folder import read_pages
from fjsen_spider.fixtures.rewrite import OTHER_FILLER, SURNAME_FILLER, rewrite
from fjsen_spider.items import RawPage


def rewritten(html: str, encoding: str = "utf-8") -> str:
    return rewrite(RawPage(url=None, body=html.encode(encoding), content_type=f"text/html; charset={encoding}")).decode(
        encoding
    )


MIXED = "20970661"
"""Its point is a paragraph in another charset, which a rewritten page has not."""
# The generic reader weighs words, which filler has none of.
REWRITABLE = [folder for folder in ARTICLES if folder.parent.name != "generic" and folder.name != MIXED]


@pytest.mark.parametrize("folder", REWRITABLE, ids=name)
def test_a_rewritten_fixture_reads_in_the_same_form(folder):
    raw = read_pages(folder)
    filler = replace(raw, pages=tuple(replace(page, body=rewrite(page)) for page in raw.pages))
    assert differing_fields(extract(*raw.pages), extract(*filler.pages)) == ()


def test_names_stay_names_and_filler_takes_no_other_surname():
    assert set(SURNAME_FILLER) <= SURNAMES
    assert SURNAMES.isdisjoint(OTHER_FILLER)


@pytest.mark.parametrize(
    "kept",
    [
        "2018年3月5日 08:25",
        '<p style="font-family: 楷体">',
        '<img src="../../images/attachement/图.jpg">',
        "来源：",
        "责任编辑：",
        "（完）",
        "一、",
        "记者 ",
        "&nbsp;&#8226;",
        "Wi-Fi 5G。",
    ],
)
def test_signs_are_kept(kept):
    assert rewritten(kept) == kept


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_same_words_are_the_same_filler_wherever_they_stand(encoding):
    page = rewritten(
        '<h1>夜市开张</h1><img alt="夜市开张"><!--<title>夜市开张</title><author>周琳</author>-->'
        "<script>t='夜市开张'</script><span>周　琳</span>&#22812;&#24066;&#24320;&#24352;。",
        encoding,
    )
    words, other = re.search(r"<h1>(.*?)</h1>", page)[1], re.search(r"<author>(.*?)<", page)[1]
    assert len(words) == 4
    assert set(words).isdisjoint("夜市开张")
    assert page == (
        f'<h1>{words}</h1><img alt="{words}"><!--<title>{words}</title><author>{other}</author>-->'
        f"<script>t='{words}'</script><span>{other[0]}　{other[1]}</span>{words}。"
    )


def test_bytes_that_are_no_text_are_kept():
    body = "<p>夜市".encode() + b"\xff\xe5" + "开张</p>".encode()
    assert b"\xff\xe5" in rewrite(RawPage(url=None, body=body))
