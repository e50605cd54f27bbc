"""Stage: headline, summary and what the page says about its place in the portal."""

from __future__ import annotations

import re

from fjsen_spider.extraction.document import Document
from fjsen_spider.extraction.draft import Draft
from fjsen_spider.extraction.layouts import BREADCRUMB
from fjsen_spider.extraction.layouts.layout import META_KEYWORDS
from fjsen_spider.extraction.text import collapse, squeeze, string_of
from fjsen_spider.items import Column
from fjsen_spider.sites import CHANNELS

_SEPARATOR = re.compile(r"[ _|\-—–－]+")
_STEPS = re.compile(r"[>＞»›]+")
_PLACE = re.compile(r"^.{0,8}?(?:您|你)?(?:所在|当前)的?位置\s?[：:]?")
_WORDS = re.compile(r"[\s,，;；、]+")
_SITE = "东南网"
_PARTS = 6
"""Names that a document title ends in, at most."""


def headline(draft: Draft) -> Draft:
    """Read title, summary, breadcrumb, column and keywords; the page wins over the CMS comment."""
    page, comment = draft.first, draft.first.comment
    draft = _breadcrumb(draft, page)
    draft = _title(draft, page)
    draft = _summary(draft, page)
    if comment.get("nodeid") or comment.get("nodename"):
        draft = draft.fill("comment:nodeid", column=Column(id=comment.get("nodeid"), name=comment.get("nodename")))
    if words := comment.get("keyword"):
        return draft.fill("comment:keyword", keywords=_keywords(words))
    return draft.fill("meta:keywords", keywords=_keywords(_meta_keywords(page)))


def _title(draft: Draft, page: Document) -> Draft:
    node = page.node("title")
    title = string_of(node) if node is not None else ""
    if node is not None and node.tag == "title":
        title = _without_site(
            title, {_SITE, *CHANNELS.values(), page.comment.get("nodename", ""), *draft.fields.get("breadcrumb", ())}
        )
    witness = page.comment.get("title")
    if title:
        draft = draft.fill(page.rule("title"), title=title)
    elif witness:
        draft = draft.fill("comment:title", title=witness)
    differs = title and witness and squeeze(title) != squeeze(witness)
    return draft.warn("title-differs-from-comment") if differs else draft


def _without_site(title: str, names: set[str]) -> str:
    """Drop the names of site, channel and column from the end of a document title."""
    for _ in range(_PARTS):
        cut = max((match.start() for match in _SEPARATOR.finditer(title)), default=-1)
        last = _SEPARATOR.sub(" ", title[cut:]).strip() if cut > 0 else ""
        if not last or last not in names - {""}:
            break
        title = title[:cut].strip()
    return title


def _summary(draft: Draft, page: Document) -> Draft:
    node = page.node("summary")
    if node is not None and (shown := string_of(node)):
        return draft.fill(page.rule("summary"), summary=shown)
    return draft.fill("comment:abstract", summary=page.comment.get("abstract"))


def _breadcrumb(draft: Draft, page: Document) -> Draft:
    line, steps = BREADCRUMB
    if shown := line(page.landmarks):
        rule, found = "chrome:path_tx", _STEPS.split(_PLACE.sub("", string_of(shown[0])))
    else:
        rule, found = "chrome:daohang", [string_of(step) for step in steps(page.landmarks)]
    return draft.fill(rule, breadcrumb=tuple(step for one in found if (step := one.strip()) and step != "正文"))


def _meta_keywords(page: Document) -> str:
    found = META_KEYWORDS(page.tree)
    return collapse(str(found[0])) if found else ""


def _keywords(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in _WORDS.split(words) if word and word != _SITE))
