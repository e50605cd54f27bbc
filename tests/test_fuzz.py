"""Damaged and hostile pages: an article or a refusal, never anything else, and never for long.

`FJSEN_FUZZ=20000 pytest tests/test_fuzz.py` tries that many damaged pages instead of the few hundred of every run.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from cases import ALL, name
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fjsen_spider.extraction import NotAnArticle, extract
from fjsen_spider.fixtures.folder import read_pages
from fjsen_spider.items import RawPage
from fjsen_spider.serialize import from_dict, to_line

EXAMPLES = int(os.environ.get("FJSEN_FUZZ", "200"))
WHOLE = 10_000
"""Places in a page are drawn as parts of this, so that they mean the same in pages of any length."""

Mutation = Callable[[bytes, bytes, int, int], bytes]
"""A page, another page, and two places in order → a damaged page."""

TAG = re.compile(rb"<[^<>]*>")
BODY = re.compile(rb"<!--enpcontent-->(?s:.*)<!--/enpcontent-->")
BOXES = (
    b"div",
    b"span",
    b"td",
    b"table",
    b"p",
    b"a",
    b"strong",
    b"font",
    b"center",
    b"li",
    b"object",
    b"center",
    b"form",
)


def _tags(page: bytes, start: int, end: int, words: Callable[[bytes], bytes]) -> bytes:
    return page[:start] + TAG.sub(lambda tag: words(tag[0]), page[start:end]) + page[end:]


def _nested(page: bytes, other: bytes, start: int, end: int) -> bytes:
    box, levels = BOXES[(end - start) % len(BOXES)], (3, 40, 3000)[start % 3]
    return (
        page[:start] + (b"<%s>" % box) * levels + page[start:end] + (b"</%s>" % box) * (levels - start % 2) + page[end:]
    )


def _pasted(page: bytes, other: bytes, start: int, end: int) -> bytes:
    body = BODY.search(other)
    return page[:start] + (body[0] if body else other) + page[start:]


MUTATIONS: dict[str, Mutation] = {
    "cut": lambda page, other, start, end: page[:end],
    "headless": lambda page, other, start, end: page[start:],
    "spliced": lambda page, other, start, end: page[:start] + other[start:],
    "without a part": lambda page, other, start, end: page[:start] + page[end:],
    "twice": lambda page, other, start, end: page[:end] + page[start:],
    "moved": lambda page, other, start, end: page[:start] + page[end:] + page[start:end],
    "nested": _nested,
    "bytes flipped": lambda page, other, start, end: (
        page[:start] + bytes(byte ^ (1 << start % 8) for byte in page[start : start + 40]) + page[start + 40 :]
    ),
    "tags dropped": lambda page, other, start, end: _tags(page, start, end, lambda tag: b""),
    "end tags dropped": lambda page, other, start, end: _tags(page, start, end, lambda tag: tag * (tag[:2] != b"</")),
    "tags doubled": lambda page, other, start, end: _tags(page, start, end, lambda tag: tag * 2),
    "tags for breaks": lambda page, other, start, end: _tags(page, start, end, lambda tag: b"<br>"),
    "tags left open": lambda page, other, start, end: _tags(page, start, start + 400, lambda tag: tag[:-1]),
    "attributes without quotes": lambda page, other, start, end: (
        page[:start] + page[start:end].replace(b'"', b"", 3) + page[end:]
    ),
    "attributes emptied": lambda page, other, start, end: _tags(
        page, start, end, lambda tag: re.sub(rb'="[^"]*"', b'=""', tag)
    ),
    "attributes of one kind": lambda page, other, start, end: _tags(
        page, start, end, lambda tag: re.sub(rb'=\s*"[^"]*"', b'="http://[::1/?%zz#\x01"', tag)
    ),
    "another body": _pasted,
    "NULs": lambda page, other, start, end: (
        page[:start] + b"\0\x01\x1b" + page[start:end].replace(b"\n", b"\0") + page[end:]
    ),
    "entities": lambda page, other, start, end: (
        page[:start] + b"&#0;&#xD800;&#x110000;&#99999999999;&nbsp;&amp;lt;&bogus;&" + page[start:]
    ),
    "comment opened": lambda page, other, start, end: page[:start] + b"<!--" + page[start:],
    "script opened": lambda page, other, start, end: page[:start] + b"<script>" + page[start:],
    "in GB18030": lambda page, other, start, end: page.decode("utf-8", "ignore").encode("gb18030"),
    "in UTF-16": lambda page, other, start, end: page.decode("utf-8", "ignore").encode("utf-16"),
    "in two encodings": lambda page, other, start, end: (
        page[:start] + page[start:].decode("utf-8", "ignore").encode("gb18030")
    ),
    "digits": lambda page, other, start, end: page[:start] + re.sub(rb"\d", b"9", page[start:end]) + page[end:],
    "no digits": lambda page, other, start, end: (
        page[:start] + re.sub(rb"\d", "\u0663".encode(), page[start:end]) + page[end:]
    ),
}
PAGES = {
    f"{name(folder)} {number}": page.body for folder in ALL for number, page in enumerate(read_pages(folder).pages, 1)
}
URLS = (
    "http://fjnews.fjsen.com/2018-03/05/content_20990001.htm",
    "http://www.fjsen.com/wap/2026-01/05/content_32110035_2.htm",
    "http://xm.fjsen.com/2018-13/45/content_1.htm",
    "http://news.fjsen.com/china.htm",
    "//[::1",
    "",
    None,
)
HEADERS = (None, "text/html", "text/html; charset=gb2312", "text/html; charset=utf-16", "text/html; charset=idna")
PLACES = st.integers(0, WHOLE)
STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(MUTATIONS)), st.sampled_from(sorted(PAGES)), PLACES, PLACES),
    min_size=1,
    max_size=5,
)


def damaged(page: bytes, steps: list[tuple[str, str, int, int]]) -> bytes:
    for kind, other, *places in steps:
        start, end = (place * len(page) // WHOLE for place in sorted(places))
        page = MUTATIONS[kind](page, PAGES[other], start, end)[:400_000]
    return page


@settings(
    max_examples=EXAMPLES,
    derandomize="FJSEN_FUZZ" not in os.environ,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(st.sampled_from(sorted(PAGES)), STEPS, st.sampled_from(URLS), st.sampled_from(HEADERS), st.booleans())
def test_damaged_page_is_an_article_or_is_refused(page, steps, url, header, twice):
    raw = RawPage(url=url, body=damaged(PAGES[page], steps), content_type=header)
    try:
        article = extract(raw, *([raw] if twice else []))
    except NotAnArticle:
        return
    line = to_line(article)
    line.encode("utf-8")
    assert from_dict(json.loads(line)) == article


SHORT = (
    "text of （", "text of 记者 陈小溪", "text of 陈小溪 摄", "text of （记者 陈小溪", "text of 139", "nothing but keywords ", "nothing but <title></title>", "a byline", "a title", "comments left open",
    "tags in a comment", "nested 3000 deep", "nested byline", "breaks in a heading", "paragraphs", "lines of links", "links of one line", "links of a source", "pictures at odd addresses", "captions that name",
    "attributes of many names", "attributes of many names and brackets", "attributes of many names, a little", "names of both slots", "tags left open in comments", "pagers in pagers", "tables in deep tables", "entities",
    "paragraphs in deep boxes", "lists in lists, of no layout", "headlines in headlines, of no layout", "no layout, then <p>a", "no layout, deep boxes", "no layout, names of boxes", "no layout, then <!--enpcontent-->a", "no layout, pictures above the text", "pictures with credits", "a film's address",
    'nested <div class="cont-news">海', 'nested <div class="phone_content"><h1>海</h1>', 'nested <div class="biaoti">海边', "bodies",
)  # fmt: skip
SECONDS = 1.5
"""Nothing may go quadratic. A megabyte of anything takes less than a second; the allowance is for a busy machine."""


def test_hostile_megabyte_takes_seconds_at_most_and_little_memory():
    shapes = () if os.environ.get("FJSEN_SOAK") else SHORT
    script = Path(__file__).with_name("hostile.py")
    told = subprocess.run([sys.executable, script, *shapes], capture_output=True, text=True, check=False, timeout=900)
    assert told.returncode == 0, told.stderr
    figures = json.loads(told.stdout)
    assert {shape: taken for shape, taken in figures["seconds"].items() if taken > SECONDS} == {}
    assert figures["megabytes"] < 600
