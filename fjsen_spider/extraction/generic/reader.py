"""A document of no known layout → the same document with generic slots, when it is an article."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fjsen_spider.extraction.document import Document
from fjsen_spider.extraction.generic.fields import show_fields
from fjsen_spider.extraction.generic.slots import find_slots
from fjsen_spider.extraction.layouts.generic import GENERIC
from fjsen_spider.extraction.layouts.landmarks import Landmarks
from fjsen_spider.extraction.parser import parse_html
from fjsen_spider.extraction.refusals import refused_outright
from fjsen_spider.urls import FULL_TEXT, PageKind

_MOST: Final = 20_000
"""Elements of a page: a portal's article has some thousands, one with a long table more; a megabyte of tags takes seconds."""


def read_generic(document: Document) -> Document:
    """Read a page of no known layout by generic rules; any other, and one that is no article, comes back unchanged."""
    if document.layout is not None or document.landmarks.size > _MOST or refused_outright(document):
        return document
    tree, _ = parse_html(document.text)  # a tree of its own, and of the whole page: what is no text is taken out of it
    show_fields(tree)
    attested = bool(document.comment) or (document.url is not None and document.url.kind is PageKind.ARTICLE)
    first = document.url is None or document.url.page in (1, FULL_TEXT)
    found = find_slots(tree, title=document.comment.get("title"), attested=attested, first=first)
    if not found:
        return document
    rules = {slot: one.rule for slot, one in found.items()}
    return replace(
        document,
        landmarks=Landmarks(tree),
        layout=GENERIC,
        slots={slot: one.node for slot, one in found.items()},
        rules=rules,
        warnings=(*document.warnings, "generic-layout", *_doubts(rules)),
    )


def _doubts(rules: dict[str, str]) -> list[str]:
    """Return what is doubtful about values that only the document's head tells."""
    title = ["title-not-shown"] if rules["title"] == "title.document" else []
    return title + (["date-from-meta"] if rules.get("date", "").startswith(("date.meta", "date.ld")) else [])
