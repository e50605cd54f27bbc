"""The article's own region of a page, cut out of the source text: parsing the rest is most of the cost."""

from __future__ import annotations

import re
from typing import Final

WHOLE_BELOW: Final = 8_000
"""Characters under which a page is parsed whole: there is nothing to gain."""

_HEADS = ("cont_head", "cont-head", "big_title", "biaoti")
_ENDS = ("<!--/enpcontent-->", "/enpproperty-->")
# What a rule takes at its first place: in front of the region it makes the cut uncertain.
_BEFORE = ("_baidu", "new_message_id", "zoom", "cont-news", "big_right", "phone_content", '"zw"', "<!--enp")
# Pagers tell of pages that may be missing, wherever they stand.
_PAGERS = ("displaypagenum", "autopage", "class='pages", 'class="pages')
# Another body would be flagged.
_BODIES = ("new_message_id", 'zoom"', "cont-news", '"zw"')
_RAW = ("script", "style", "textarea", "title")
"""Elements whose content is no markup: one left open swallows what follows."""
_BEHIND: Final = 400
"""Characters kept behind the last content mark: text that a container holds there is flagged, not lost."""
# A look ahead is tried once: neither a tag left open nor a link left open is searched again from each word in it.
_HEAD_PARTS = re.compile(r"<title\b[^<>]*>[^<]*</title>|<meta\b(?=[^<>]*\bkeywords\b)[^<>]*>", re.IGNORECASE)
_STEPS = re.compile(r"<a\b(?=[^<>]*\bdaohang\b)[^<>]*>(?:(?!<a\b).)*?</a>", re.IGNORECASE | re.DOTALL)


def cut(text: str) -> str | None:
    """Return a small document of the page's article block, title, keywords and breadcrumb; None when not certain.

    Certain is a page that names its region: one headline box and content marks behind it, nothing that a rule looks
    for in front of it, no pager elsewhere, no script or comment left open. Cut and whole give the same article.
    """
    if len(text) < WHOLE_BELOW:
        return None
    end = max(text.rfind(mark) + len(mark) for mark in _ENDS)
    heads = [(at, mark) for mark in _HEADS if (at := text.find(mark, 0, end)) >= 0]
    if len(heads) != 1 or text.find(heads[0][1], heads[0][0] + 1) >= 0:
        return None
    start = text.rfind("<", 0, heads[0][0])
    if not text.startswith("<div", start) or is_open(text, start):
        return None
    outside = (
        *(text.find(mark, 0, start) for mark in (*_BEFORE, *_PAGERS)),
        *(text.find(mark, end) for mark in (*_PAGERS, *_BODIES)),
    )
    if max(outside) >= 0:
        return None
    return _chrome(text, start) + text[start : max(end, text.find("<", end + _BEHIND))]


def is_open(text: str, start: int) -> bool:
    """Tell whether a comment or an element without markup in it is still open at a place."""
    if text.rfind("<!--", 0, start) > text.rfind("-->", 0, start):
        return True
    return any(text.rfind(f"<{tag}", 0, start) > text.rfind(f"</{tag}", 0, start) for tag in _RAW)


def _chrome(text: str, start: int) -> str:
    """Return the parts of the frame in front of a place that are read: title, keywords, breadcrumb."""
    head = _HEAD_PARTS.findall(text, 0, max(0, text.find("</head>", 0, start)))
    at = text.find("path_tx", 0, start)
    if at >= 0:
        return "".join(head) + text[text.rfind("<", 0, at) : text.find("</td>", at) + len("</td>")]
    return "".join((*head, *_STEPS.findall(text, 0, start)))
