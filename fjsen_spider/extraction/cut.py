"""The article's own region of a page, cut out of the source text: parsing the rest is most of the cost."""

from __future__ import annotations

import re
from typing import Final

WHOLE_BELOW: Final = 8_000
"""Characters under which a page is parsed whole: there is nothing to gain."""

_FIRST, _LAST, _COMMENT = "<!--enp", "<!--/enpcontent-->", "/enpproperty-->"
# An expression that opens with a letter is looked for as quickly as a word, and stands for several.
_NAMES = (
    re.compile(r"_(?:(?<=cont_)head|(?<=big_)(?:title|right)|baidu|(?<=new_)message_id|(?<=phone_)content)"),
    re.compile(r"-(?<=cont-)(?:head|news)"),
    re.compile(r"biaoti"),
)
"""What rules take at its first place: in a page that is certain the headline's box is the first of all."""
_HEADS = frozenset({"_head", "-head", "_title", "biaoti"})
# Another body would be flagged.
_BEHIND = ("new_message_id", "cont-news")
_BODIES = re.compile(r'z(?:oom|w")')
# Pagers tell of pages that may be missing, wherever they stand.
_PAGERS = re.compile(r"page(?:s(?<=class=['\"]pages)|num(?<=displaypagenum)|(?<=autopage))")
_RAW = (("<!--", "-->"), *((f"<{tag}", f"</{tag}") for tag in ("script", "style", "textarea", "title")))
"""Where something begins whose content is no markup, and where it ends: one left open swallows what follows."""
_KEPT: Final = 400
"""Characters kept behind the last content mark: text that a container holds there is flagged, not lost."""
# A look ahead is tried once: neither a tag left open nor a link left open is searched again from each word in it.
_HEAD_PARTS = re.compile(r"<(?:title\b[^<>]*>[^<]*</title>|meta\b(?=[^<>]*\bkeywords\b)[^<>]*>)", re.IGNORECASE)
_STEPS = re.compile(r"<a\b(?=[^<>]*\bdaohang\b)[^<>]*>(?:(?!<a\b).)*?</a>", re.IGNORECASE | re.DOTALL)


def cut(text: str) -> str | None:
    """Return a small document of the page's article block, title, keywords and breadcrumb; None when not certain.

    Certain is a page that names its region: one headline box and content marks behind it, nothing that a rule looks
    for in front of it, no pager elsewhere, no script or comment left open. Cut and whole give the same article.
    """
    if len(text) < WHOLE_BELOW:
        return None
    first, last = text.find(_FIRST), text.rfind(_LAST)
    head = _head(text, first, last) if first < last else None
    if head is None:
        return None
    start, end = text.rfind("<", 0, head), max(last + len(_LAST), text.find(_COMMENT, first) + len(_COMMENT))
    if not text.startswith("<div", start) or is_open(text, 0, start) or is_open(text, start, end):
        return None
    if not _is_alone(text, start, end):
        return None
    return _chrome(text, start) + text[start : _stop(text, end)]


def _head(text: str, first: int, last: int) -> int | None:
    """Return where the headline's box is named: nothing else in front of it is, and no second box before the last mark."""
    found = sorted((one.start(), one[0]) for name in _NAMES if (one := name.search(text, 0, first)))
    at, name = found[0] if found else (-1, "")
    return at if name in _HEADS and text.find(name, at + 1, last) < 0 else None


def is_open(text: str, start: int, end: int) -> bool:
    """Tell whether a comment or an element without markup in it opens in a stretch and does not close there."""
    return any(
        (at := text.rfind(opening, start, end)) >= 0 and text.find(closing, at, end) < 0 for opening, closing in _RAW
    )


def _is_alone(text: str, start: int, end: int) -> bool:
    """Tell whether nothing outside of the region could stand for a part of it."""
    return not (
        any(text.find(mark, end) >= 0 for mark in _BEHIND)
        or any(named.search(text, 0, start) or named.search(text, end) for named in (_BODIES, _PAGERS))
    )


def _stop(text: str, end: int) -> int:
    """Return where the region stops: a little behind its last mark, but not inside a tag."""
    tag = text.rfind("<", end, end + _KEPT)
    return tag if tag > text.rfind(">", end, end + _KEPT) else end + _KEPT


def _chrome(text: str, start: int) -> str:
    """Return the parts of the frame in front of a place that are read: title, keywords, breadcrumb."""
    head = _HEAD_PARTS.findall(text, 0, max(0, text.find("</head>", 0, start)))
    at = text.find("path_tx", 0, start)
    if at >= 0:
        return "".join(head) + text[text.rfind("<", 0, at) : text.find("</td>", at) + len("</td>")]
    steps = _STEPS.findall(text, 0, start) if text.find("daohang", 0, start) >= 0 else ()
    return "".join((*head, *steps))
