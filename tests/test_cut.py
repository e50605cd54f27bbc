"""Cutting the article's region out of a page gives what parsing the whole page gives."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import Any

import pytest
from cases import ARTICLES, FIXTURES, SHARED
from lxml import etree

from fjsen_spider.archive.mirror import Mirror
from fjsen_spider.extraction import NotAnArticle, cut, extract, source
from fjsen_spider.extraction.layouts import BREADCRUMB, LAYOUTS, Landmarks
from fjsen_spider.extraction.layouts.layout import SLOTS, Element
from fjsen_spider.extraction.layouts.pager import PAGERS
from fjsen_spider.extraction.layouts.slots import has_second_body
from fjsen_spider.extraction.scan import WORDS, scan
from fjsen_spider.fixtures.folder import read_pages
from fjsen_spider.items import Article, RawArticle, RawPage

TREES = [tree for tree in (FIXTURES / "portal", SHARED / "real" / "articles") if tree.is_dir()]
PAGE = min((FIXTURES / "portal" / "fjnews.fjsen.com").rglob("content_*.htm")).read_bytes()
URL = "http://fjnews.fjsen.com/2018-03/01/content_20955144.htm"
NAMES = (
    "cont_head cont-head big_title biaoti big_right pubtime_baidu source_baidu editor_baidu new_message_id phone_content "
    "cont-news zoom zw displaypagenum autopage pages path_tx daohang"
).split()
FORMS = (
    '<div id="{0}">甲乙</div>',
    "<span class='{0}'>甲乙</span>",
    "<ul class={0}><li><a href=content_20955144_2.htm>[2]</a></li></ul>",
    '<a class="{0}" href="x.htm">丙</a>',
    '<td class="{0}">丁</td>',
    "<!-- {0} -->",
    '<script>var a = "<div id={0}>";</script>',
    '<SCRIPT>var a = "<div id={0}>";</SCRIPT>',
    "<style>.{0} {{ zoom: 1 }}</style>",
    '<meta name="keywords" content="{0}">',
    "<title>{0}</title>",
    "<TITLE>{0}</TITLE>",
    "<STYLE>.{0} {{ color: red }}</STYLE>",
    "<textarea>{0}</textarea><TEXTAREA>{0}</TEXTAREA>",
    '<!--[if !IE]><!--><div id="{0}">甲乙</div><!--<![endif]-->',
    '<!--->{0}<div class="other {0}">甲</div>',
    "<ul CLASS = 'clear {0}'><li><a href=content_20955144_2.htm>[2]</a></li></ul>",
    '<META NAME="KEYWORDS" CONTENT="a>b {0}">',
    "<meta name='keywords' content='a>b {0}'>",
    "<{0}",
)
PLACES = (b"<body>", b"</head>", b"<!--/enpcontent-->", b"</body>")


def region(page: bytes) -> bytes | None:
    return cut.cut(page, scan(page)[0])


def outcome(raw: RawArticle) -> Article | str:
    try:
        return extract(*raw.pages)
    except NotAnArticle as refusal:
        return refusal.reason


def whole(monkeypatch: pytest.MonkeyPatch, raw: RawArticle) -> Article | str:
    """Read an article without cutting anything out of it."""
    with monkeypatch.context() as patch:
        patch.setattr(source, "WHOLE_BELOW", 1 << 40)
        return outcome(raw)


def test_cut_and_whole_give_the_same_article(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [*map(read_pages, ARTICLES), *(raw for tree in TREES for raw in Mirror(tree).articles())]
    monkeypatch.setattr(source, "WHOLE_BELOW", 0)
    assert [outcome(raw) for raw in articles] == [whole(monkeypatch, raw) for raw in articles]


def test_full_pages_are_cut_to_their_article() -> None:
    found = region(PAGE)
    assert found is not None
    assert len(found) < len(PAGE) / 2


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("form", FORMS)
def test_no_name_in_the_frame_makes_a_difference(form: str, place: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever else in a page the names stand that rules look for: what is cut reads as the whole does."""
    for name in NAMES:
        body = PAGE.replace(place, place + form.format(name).encode())
        assert body != PAGE
        raw = RawArticle(pages=(RawPage(url=URL, body=body),))
        assert outcome(raw) == whole(monkeypatch, raw), name


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<body>", b"<body><!-- never closed "),
        (b"<body>", b'<body><div id="zoom"></div>'),
        (b"<body>", b'<body><div class="cont-news"></div>'),
        (b"<body>", b"<body><textarea>"),
        (b"</body>", b'<div id="displaypagenum"></div></body>'),
        (b"</body>", b"<ul class='pages'></ul></body>"),
        (b"</body>", b'<div id="new_message_id"></div></body>'),
        (b"</body>", b'<ul CLASS = "clear pages"></ul></body>'),
        (b"<body>", b'<body><table><tr><td class="path_tx">a</td><td class="path_tx">b</td></tr></table>'),
        (b"<body>", b'<body><table><tr><td class="path_tx">a</table>'),
        (b"</body>", b'<span id="editor_baidu"></span></body>'),
        (b"<!--/enpcontent-->", b""),
        (b"<body>", b'<body><span class="cont_head"></span>'),
        (b"<body>", b'<body><div class="big_right"></div><div class="cont_head"></div>'),
        (b"<body>", b'<body><div class="path_tx"></div>'),
    ],
)
def test_what_is_not_certain_is_not_cut(old: bytes, new: bytes) -> None:
    assert old in PAGE
    assert region(PAGE.replace(old, new)) is None


def test_a_page_in_gb18030_is_cut_too(monkeypatch: pytest.MonkeyPatch) -> None:
    page = PAGE.replace(b"charset=utf-8", b"charset=gb2312").decode().encode("gb18030")
    raw = RawArticle(pages=(RawPage(url=URL, body=page),))
    assert outcome(raw) == whole(monkeypatch, raw)
    told = outcome(RawArticle(pages=(RawPage(url=URL, body=PAGE),)))
    assert isinstance(told, Article)
    assert replace(told, encoding=None) == replace(extract(*raw.pages), encoding=None)


class Asked(defaultdict[str, list[Element]]):
    """The named elements of a page that has none; it notes what is asked for."""

    def get(self, name: str, default: Any = None) -> Any:
        self[name] = []
        return default


def test_every_name_that_a_rule_asks_for_is_known_to_the_scan() -> None:
    """Else a page could be cut in front of it, or behind."""
    page = Landmarks(etree.Element("html"))
    page.ids = page.classes = asked = Asked(list)
    slots = [getattr(layout, slot) for layout in LAYOUTS for slot in ("title", "body", *SLOTS)]
    for selector in (*filter(None, slots), *BREADCRUMB, *PAGERS, has_second_body):
        selector(page)
    words = {re.sub(r"^class=|[\"'=]", "", word) for word in WORDS}
    assert {name for name in asked if not any(word in name for word in words)} == {
        "left"
    }  # around `zw`, which is known
