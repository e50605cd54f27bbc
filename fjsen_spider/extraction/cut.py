"""The article's own region of a page, cut out of its source: parsing the rest is most of the cost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from fjsen_spider.extraction.scan import BREADCRUMB, KEYWORDS, STEP, TITLE, Found

_CERTAIN: Final = re.compile("[tks]*+(?:b[tks]*+)?(?P<article>h[^cme]*+[cm].*ec*+)[tkbs]*+")
"""Roles of the words of a page that names its region: the headline's box first of all, then marks around the content,
no other part of an article in front of them or behind, and at most one breadcrumb."""
_KEPT: Final = 1_000
"""Bytes kept behind the last mark: text that a container holds there is flagged, not lost."""
_LONGEST_TAG: Final = 4_000
_REST: Final = rb"""(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*>"""
"""The rest of a start tag; a value may hold a bracket."""
_ELEMENT = re.compile(
    rb"<(?:meta\b%(tag)b"
    rb"|td\b%(tag)b[^<]*+(?:<(?!/?(?:td|tr|table|div)\b)[^<]*+)*</td>"
    rb"|a\b%(tag)b[^<]*+(?:<(?!/?(?:a|td|div)\b)[^<]*+)*</a>)" % {b"tag": _REST},
    re.IGNORECASE,
)
"""What is read of the frame, whole: nothing begins or ends in it that would end it."""
_CUT_SHORT = re.compile(rb"(?!<)|<(?:meta|td|a)\b", re.IGNORECASE)
"""Where such an element does not end as it should, or the tag that a word stands in is not found."""


def cut(source: bytes, found: Sequence[Found]) -> bytes | None:
    """Return a small document of the page's article block, title, keywords and breadcrumb; None when not certain.

    `found` are the words of the source. Cut and whole give the same article.
    """
    certain = _CERTAIN.fullmatch("".join([one.role for one in found]))
    if certain is None:
        return None
    head, behind = certain.span("article")
    start = source.rfind(b"<", 0, found[head].start)
    if not source.startswith(b"<div", start):
        return None
    frame = _frame(source, found[:head])
    return None if frame is None else frame + source[start : _stop(source, found[behind - 1].end)]


def _stop(source: bytes, end: int) -> int:
    """Return where the region stops: a little behind its last mark, in front of a tag or script."""
    tag = source.rfind(b"<", end, end + _KEPT)
    if source.startswith((b"<script", b"<style"), max(0, tag)):
        return tag
    stop = source.find(b"<", end + _KEPT)
    return stop if stop >= 0 else len(source)


def _frame(source: bytes, found: Sequence[Found]) -> bytes | None:
    """Return the parts in front of the article that are read: title, keywords, and the breadcrumb or else its steps.

    None when one of them does not look as it does on the portal.
    """
    shown = (KEYWORDS, BREADCRUMB if any(one.role == BREADCRUMB for one in found) else STEP)
    parts: list[bytes] = []
    done = 0
    for one in found:
        if one.role == TITLE:
            parts.append(source[one.start : one.end] + b">")
        elif one.role in shown and one.start >= done:
            start = max(0, source.rfind(b"<", max(0, one.start - _LONGEST_TAG), one.start))
            if element := _ELEMENT.match(source, start):
                parts.append(b"<table><tr>%b</table>" % element[0] if one.role == BREADCRUMB else element[0])
                done = element.end()
            elif one.role == BREADCRUMB or _CUT_SHORT.match(source, start):
                return None
    return b"".join(parts)
