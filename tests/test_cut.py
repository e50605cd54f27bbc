"""Cutting the article's region out of a page gives what parsing the whole page gives."""

from __future__ import annotations

import pytest
from cases import ARTICLES, FIXTURES, SHARED

from fjsen_spider.archive.mirror import Mirror
from fjsen_spider.extraction import NotAnArticle, cut, document, extract
from fjsen_spider.fixtures.folder import read_pages
from fjsen_spider.items import Article, RawArticle

TREES = [tree for tree in (FIXTURES / "portal", SHARED / "real" / "articles") if tree.is_dir()]
PAGE = min((FIXTURES / "portal" / "fjnews.fjsen.com").rglob("content_*.htm")).read_text("utf-8")


def outcome(raw: RawArticle) -> Article | str:
    try:
        return extract(*raw.pages)
    except NotAnArticle as refusal:
        return refusal.reason


def test_cut_and_whole_give_the_same_article(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [*map(read_pages, ARTICLES), *(raw for tree in TREES for raw in Mirror(tree).articles())]
    monkeypatch.setattr(document, "cut", lambda text: None)
    whole = [outcome(raw) for raw in articles]
    monkeypatch.setattr(cut, "WHOLE_BELOW", 0)
    monkeypatch.setattr(document, "cut", cut.cut)
    assert [outcome(raw) for raw in articles] == whole


def test_full_pages_are_cut_to_their_article() -> None:
    region = cut.cut(PAGE)
    assert region is not None
    assert len(region) < len(PAGE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<body>", "<body><!-- never closed "),
        ("<body>", '<body><div id="zoom"></div>'),
        ("<body>", '<body><div class="cont-news"></div>'),
        ("<body>", "<body><textarea>"),
        ("</body>", '<div id="displaypagenum"></div></body>'),
        ("</body>", "<ul class='pages'></ul></body>"),
        ("</body>", '<div id="new_message_id"></div></body>'),
        ("<!--/enpcontent-->", ""),
        ("<body>", '<body><div class="cont_head"></div>'),
    ],
)
def test_what_is_not_certain_is_not_cut(old: str, new: str) -> None:
    assert old in PAGE
    assert cut.cut(PAGE.replace(old, new)) is None
