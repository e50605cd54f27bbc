"""The article's own region of a page, cut out of the source text: parsing the rest is most of the cost."""

from __future__ import annotations

import re
from typing import Final

_HEAD = re.compile(r'<div\b[^<>]*\bclass="?(?:cont_head|cont-head|big_title|biaoti)["\s>]')
_END = re.compile(r"<!--/enpcontent-->|/enpproperty-->")
_CHROME = re.compile(
    r"<title\b[^<>]*>[^<]*</title>|<meta\b[^<>]*\bkeywords\b[^<>]*>"
    r"|<td\b[^<>]*\bpath_tx\b.*?</td>|<a\b[^<>]*\bdaohang\b.*?</a>",
    re.IGNORECASE | re.DOTALL,
)
# What the rules look for; outside the region it makes the cut uncertain.
_OURS = re.compile(
    r"new_message_id|_baidu\b|enpcontent|enpproperty|displaypagenum|autopage|m(?:pagecount|currentpage)\b|id=[\"']?zoom\b"
    r"|class=[\"']?[^\"'<>]*\b(?:cont-news|cont_head|cont-head|big_title|big_right|biaoti|zw|phone_content|pages)\b"
    r"|http-equiv=[\"']?refresh",
    re.IGNORECASE,
)
_OPENING = re.compile(r"<(script|style|textarea|title|select|xmp|iframe|noscript|!--)", re.IGNORECASE)
_CLOSING = re.compile(r"</(?:script|style|textarea|title|select|xmp|iframe|noscript)\s*>|-->", re.IGNORECASE)
WHOLE_BELOW: Final = 8_000
"""Characters under which a page is parsed whole: there is nothing to gain."""


def cut(text: str) -> str | None:
    """Return a small document of the page's article block, title, keywords and breadcrumb; None when not certain.

    Certain is a page that names its region: one headline box, content marks behind it, nothing that a rule looks for
    anywhere else, and no script or comment left open before it. Cut and whole give the same article.
    """
    if len(text) < WHOLE_BELOW or (head := _HEAD.search(text)) is None:
        return None
    ends = [match.end() for match in _END.finditer(text, head.end())]
    if not ends:
        return None
    start, end = head.start(), ends[-1]
    before, after = text[:start], text[end:]
    if _HEAD.search(text, head.end()) or _OURS.search(before) or _OURS.search(after) or _CHROME.search(after):
        return None
    if len(_OPENING.findall(before)) != len(_CLOSING.findall(before)):
        return None
    return "".join((*(match[0] for match in _CHROME.finditer(before)), text[start:end]))
