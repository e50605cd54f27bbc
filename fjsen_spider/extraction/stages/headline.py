"""Stage: headline, summary and what the page says about its place in the portal."""

from __future__ import annotations

import re

from fjsen_spider.extraction.document import Document
from fjsen_spider.extraction.draft import Draft, Findings
from fjsen_spider.extraction.layouts import BREADCRUMB
from fjsen_spider.extraction.layouts.layout import META_KEYWORDS
from fjsen_spider.extraction.text import collapse, squeeze, string_of
from fjsen_spider.items import Column
from fjsen_spider.sites import CHANNELS

_SEPARATOR = re.compile(r"[ _|\-—–－]+")
_STEPS = re.compile(r"[>＞»›]+")
_PLACE = re.compile(r".{0,8}?(?:您|你)?(?:所在|当前)的?位置\s?[：:]?")
_WORDS = re.compile(r"[\s,，;；、]+")
_SITE = "东南网"
_PARTS = 6
"""Names that a document title ends in, at most."""


def headline(draft: Draft) -> Draft:
    """Read title, summary, breadcrumb, column and keywords; the page wins over the CMS comment."""
    page, comment, found = draft.first, draft.first.comment, draft.open()
    _breadcrumb(found, page)
    _title(found, page)
    _summary(found, page)
    node, name = comment.get("nodeid"), comment.get("nodename")
    if node or name:
        found.fill("comment:nodeid", column=Column(id=node, name=name))
    if words := comment.get("keyword"):
        found.fill("comment:keyword", keywords=_keywords(words))
    else:
        found.fill("meta:keywords", keywords=_keywords(_meta_keywords(page)))
    return found.close()


def _title(found: Findings, page: Document) -> None:
    node = page.node("title")
    title = string_of(node) if node is not None else ""
    if node is not None and node.tag == "title":
        title = _without_site(
            title, {_SITE, *CHANNELS.values(), page.comment.get("nodename", ""), *found.fields.get("breadcrumb", ())}
        )
    witness = page.comment.get("title")
    if title:
        found.fill(page.rule("title"), title=title)
    elif witness:
        found.fill("comment:title", title=witness)
    if title and witness and title != witness and squeeze(title) != squeeze(witness):
        found.warn("title-differs-from-comment")


def _without_site(title: str, names: set[str]) -> str:
    """Drop the names of site, channel and column from the end of a document title."""
    for _ in range(_PARTS):
        cut = max((match.start() for match in _SEPARATOR.finditer(title)), default=-1)
        last = _SEPARATOR.sub(" ", title[cut:]).strip() if cut > 0 else ""
        if not last or last not in names - {""}:
            break
        title = title[:cut].strip()
    return title


def _summary(found: Findings, page: Document) -> None:
    node = page.node("summary")
    if node is not None and (shown := string_of(node)):
        found.fill(page.rule("summary"), summary=shown)
    else:
        found.fill("comment:abstract", summary=page.comment.get("abstract"))


def _breadcrumb(found: Findings, page: Document) -> None:
    line, steps = BREADCRUMB
    if shown := line(page.landmarks):
        rule, words = "chrome:path_tx", _STEPS.split(_after_place(string_of(shown[0])))
    else:
        rule, words = "chrome:daohang", [string_of(step) for step in steps(page.landmarks)]
    found.fill(rule, breadcrumb=tuple(step for one in words if (step := one.strip()) and step != "正文"))


def _after_place(line: str) -> str:
    place = _PLACE.match(line)
    return line[place.end() :] if place else line


def _meta_keywords(page: Document) -> str:
    found = META_KEYWORDS(page.tree)
    return collapse(str(found[0])) if found else ""


def _keywords(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in _WORDS.split(words) if word and word != _SITE))
