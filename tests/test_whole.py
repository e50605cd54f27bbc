"""Nothing of an article is silently short: its body is in the record, in a named exclusion, or flagged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from cases import ARTICLES, FIXTURES, ROOT, SHARED
from region import HAN, TEXT, region

from fjsen_spider.archive.mirror import Mirror
from fjsen_spider.extraction import STAGES, Draft, NotAnArticle, extract, finish
from fjsen_spider.extraction.blocks import LEFT_OUT
from fjsen_spider.fixtures.folder import read_pages
from fjsen_spider.items import Article, RawArticle, RawPage

COUNTED = {"outside-marks", "player", "form", "inline-picture", *(role.value for role in LEFT_OUT)}
"""Reasons that a stage counts; docs/decisions/0008-what-a-record-leaves-out.md tells of each."""
CREDIT_MARKS = "摄影图"
"""Dropped from a credit: `林双伟 摄` is the credit of 林双伟."""
ORIGINAL = re.compile(r"原(?:标题|题)")
"""The label that is dropped from a deck line."""
OFFERED = "附件"
"""The label that is dropped from a line that offers documents."""


def _han(*texts: str | None) -> Counter[str]:
    return Counter(HAN.findall("".join(text or "" for text in texts)))


def carried(article: Article) -> Counter[str]:
    """The Han characters of a record's body, each once: a credit under several pictures belongs to all of them."""
    credits = [
        one.credit
        for before, one in zip((None, *article.images), article.images, strict=False)
        if before is None or before.caption or before.credit != one.credit
    ]
    return _han(
        article.text,
        *(one.caption for one in (*article.images, *article.videos)),
        *credits,
        *(words for link in article.related for words in (link.title, link.label)),
        *(cell for table in article.tables for row in table for cell in row),
        *(one.name for one in article.attachments),
    )


def excluded(draft: Draft, article: Article, html: str) -> dict[str, Counter[str]]:
    """What the record leaves out on purpose of what a reader sees: reason → characters.

    The roles of LEFT_OUT by their lines; the mark of a credit, once for each credit; the labels of an original title and
    of documents; on a page without a known template the author's line, which is read as byline wherever it stands.
    """
    reasons = {role.value: _han(*(one.text for one in draft.blocks if one.role is role)) for role in LEFT_OUT}
    marks = Counter({mark: sum(bool(one.credit) for one in article.images) for mark in CREDIT_MARKS})
    return {
        **reasons,
        "credit-mark": marks,
        "original-title": _han(*(ORIGINAL.findall(html) if article.deck else ())),
        "attachment-label": _han(*(OFFERED for _ in article.attachments)),
        "byline": _han(article.byline_raw if article.layout == "generic" else None),
    }


def drafted(raw: RawArticle) -> Draft:
    draft = Draft(raw=raw)
    for stage in STAGES:
        draft = stage(draft)
    return draft


def _articles(tree: Path) -> Iterable[tuple[str, RawArticle]]:
    if tree == FIXTURES:
        return [(folder.name, read_pages(folder)) for folder in ARTICLES]
    return [(raw.pages[0].url or "", raw) for raw in Mirror(tree).articles()]


@pytest.mark.parametrize(
    "tree", [FIXTURES, FIXTURES / "portal", SHARED / "real" / "articles"], ids=lambda tree: tree.name
)
def test_every_character_of_a_body_is_in_its_record_or_in_a_named_exclusion(tree):
    if not tree.is_dir():
        pytest.skip("no real captures beside the project")
    short, sizes, measured = {}, Counter(), 0
    for name, raw in _articles(tree):
        try:
            draft = drafted(raw)
        except NotAnArticle:
            continue
        assert draft.left_out.keys() <= COUNTED, f"{name} leaves out what no document tells of"
        article, html = finish(draft), "".join(page.text for page in draft.pages)
        shown = [region(page.text) for page in draft.pages]
        lost = sum((one[TEXT] for one in shown), Counter()) - carried(article)
        measured += sum((one[TEXT] for one in shown), Counter()).total()
        sizes.update({kind: one[kind].total() for one in shown for kind in one if kind != TEXT})
        for reason, characters in excluded(draft, article, html).items():
            sizes[reason] += (lost & characters).total()
            lost -= characters
        if lost:
            short[name] = "".join(lost.elements())
    assert not short, f"{short}\nleft out of {measured} characters: {dict(sizes)}"
    assert measured > 1000


DEEP = 3000
"""Levels of nesting; libxml2 gives up at some 2,000."""
BEYOND = "收尾的一段话落在了别处，读者照样看得见：渡口的末班船改在傍晚七点开，提前一刻钟检票。"
TABLE = "<table><tr><td>站名</td><td>首班</td></tr><tr><td>东街口</td><td>六点</td></tr></table>"


def _bounds(html: str) -> tuple[int, int]:
    """Return where the body is: between its marks, or in the one box of a touch page."""
    start, end = html.find("<!--enpcontent-->"), html.rfind("<!--/enpcontent-->")
    return (start, end) if start >= 0 else (html.index("</p>"), html.rindex("</div>"))


def _cut_open(html: str) -> tuple[str, str]:
    """Split a page in the middle of its body, between two paragraphs."""
    start, end = _bounds(html)
    at = [found.start() for found in re.finditer(r"<p\b", html) if start < found.start() < end]
    return html[: at[len(at) // 2]], html[at[len(at) // 2] :]


def _inserted(words: str) -> Callable[[str], str]:
    return lambda html: words.join(_cut_open(html))


def _in_body(pattern: str, words: str) -> Callable[[str], str]:
    """Replace inside the body only: the byline keeps its markup."""

    def mutate(html: str) -> str:
        start, end = _bounds(html)
        return html[:start] + re.sub(pattern, words, html[start:end]) + html[end:]

    return mutate


def test_every_reason_to_leave_out_is_documented():
    decision = (ROOT / "docs" / "decisions" / "0008-what-a-record-leaves-out.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([\w-]+)` \|", decision, re.MULTILINE)) == COUNTED


MUTATIONS: dict[str, Callable[[str], str]] = {
    "nested too deep": _inserted("<div>" * DEEP),
    "nested too deep and closed again": _inserted("<div>" * DEEP + BEYOND + "</div>" * DEEP),
    "text outside paragraphs": _in_body(r"</?p\b[^<>]*>", "<br/>"),
    "text between paragraphs": _inserted(BEYOND),
    "text in boxes for paragraphs": _in_body(r"(</?)p\b", r"\1div"),
    "paragraphs left open": _in_body(r"</p>", ""),
    "emphasis left open": _in_body(r"</(?:strong|font)>", ""),
    "a player's slot left open": _inserted('<span class="fplayer">'),
    "a paragraph tag cut in two": _inserted("<p style="),
    "a table": _inserted(TABLE),
    "a table that lays out the text": _in_body(r"(?s)^(.*?)(<p\b.*)$", r"\1<table><tr><td>\2</td></tr></table>"),
    "a cell closed early": _inserted("</td>"),
    "a table closed early": _inserted("</td></tr></table>"),
    "the container closed early": _inserted("</div>"),
    "the container closed twice": _inserted("</div></div>"),
    "the page closed early": _inserted("</body></html>"),
    "a second container": lambda html: html + f'<div class="cont-news"><p>{BEYOND}</p></div>',
    "a second marked container": lambda html: (
        html + f'<div id="zoom"><!--enpcontent-->{BEYOND}<!--/enpcontent--></div>'
    ),
    "a container in the container": _inserted(f'<div class="cont-news"><p>{BEYOND}</p></div>'),
    "text behind the body": lambda html: f"<p>{BEYOND}</p>".join((html[: _bounds(html)[1]], html[_bounds(html)[1] :])),
    "text behind the marks": lambda html: f"<!--/enpcontent--><p>{BEYOND}</p>".join(
        html.rsplit("<!--/enpcontent-->", 1)
    ),
    "the content closed in the middle": _inserted("<!--/enpcontent--><!--/enpcontent-->"),
    "NUL characters": "\0".join,
    "control characters": _inserted("\x01\x08\x0b\x1f\x7f"),
    "no end of the page": lambda html: re.sub(r"</(?:body|html)>", "", html),
    "the transfer cut short": lambda html: _cut_open(html)[0],
    "the transfer cut short in a tag": lambda html: _cut_open(html)[0] + '<p align="jus',
    "a comment left open": _inserted("<!-- "),
    "a script left open": _inserted("<script>"),
    "a textarea left open": _inserted("<textarea>"),
    "an attribute left open": _inserted('<a href="'),
    "a root that closes itself": lambda html: "<html/>" + html,
}
FLAGS = {"truncated-tree", "body-unclosed", "text-outside-marks", "second-body", "cut-short"}
SUBJECTS = (
    "text/20961034",
    "text/20961112",
    "picture/20956024",
    "biaoti/30188135",
    "modern/32131107",
    "zw/22390118",
    "wap/32103911",
)


@cache
def _subject(name: str) -> tuple[RawPage, str, Article]:
    page = read_pages(FIXTURES / name).pages[0]
    return page, page.body.decode(), extract(page)


@pytest.mark.parametrize("mutation", MUTATIONS)
@pytest.mark.parametrize("name", SUBJECTS)
def test_damaged_body_is_whole_or_flagged(name, mutation):
    page, html, before = _subject(name)
    damaged = MUTATIONS[mutation](html)
    wanted = carried(before) + _han(BEYOND if BEYOND in damaged else None, TABLE if TABLE in damaged else None)
    try:
        after = extract(replace(page, body=damaged.encode()))
        flags, short = FLAGS & set(after.warnings), wanted - carried(after)
    except NotAnArticle as refusal:
        flags, short = FLAGS & {refusal.reason}, wanted
    assert flags or not short, "".join(short.elements())
