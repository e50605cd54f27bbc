"""Pictures between headline and text, which some portals put in boxes of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from fjsen_spider.extraction.captions import read_caption
from fjsen_spider.extraction.generic.byline import is_told
from fjsen_spider.extraction.generic.line import Line
from fjsen_spider.extraction.generic.lines import lines_in
from fjsen_spider.extraction.generic.noise import BOILERPLATE, SUMMARY, is_summary
from fjsen_spider.extraction.generic.pictures import is_furniture
from fjsen_spider.extraction.generic.title import HEADING_TAGS
from fjsen_spider.extraction.generic.top import mark_of, put_on_top
from fjsen_spider.extraction.layouts.layout import Element

_MOST: Final = 20
"""Pictures that are looked at: a page has one or two there."""
_LONGEST, _LINES = 200, 2
"""Characters of a caption; lines of it."""
_NAMED = re.compile(
    r"caption|tuzhu|tushuo|pic_?(?:text|txt|info|tit|intro)|img_?(?:text|txt|info|tit)|zhushi", re.IGNORECASE
)


def move_lead_pictures(body: Element, headline: Element | None, behind: Sequence[Line]) -> list[Line]:
    """Put the pictures between headline and text on top of the body; return the lines that are their captions.

    `behind` are the lines behind the headline. A picture that no line credits, and none is marked as the caption of,
    may be anything (a portrait, a logo, a code): it stays where it is.
    """
    mark = mark_of(body)
    text = body if mark is None else mark
    if headline is None or (mark is None and headline in body.iter()):
        return []
    order = {node: at for at, node in enumerate(body.getroottree().iter())}
    around = frozenset((body, *text.iterancestors(), *headline.iterancestors(), headline))
    there = (node for node in body.getroottree().iter("img") if order[headline] < order[node] < order[text])
    between = [line for line in behind if order[line.block] < order[text]]
    boxes = dict.fromkeys(_box(node, around) for node in islice(there, _MOST) if not is_furniture(node))
    taken = [(box, captions) for box in boxes if (captions := _captions(box, between))]
    for box, captions in reversed(taken):
        for line in captions:
            line.block.set("align", "center")  # the mark of a caption
        for node in dict.fromkeys((*(_box(line.block, around) for line in reversed(captions)), box)):
            put_on_top(body, node)
    return [line for _, captions in taken for line in captions]


def _box(node: Element, around: frozenset[Element]) -> Element:
    """Return the largest box around a picture or line that holds neither headline nor text."""
    while (parent := node.getparent()) is not None and parent not in around:
        node = parent
    return node


def _captions(box: Element, between: Sequence[Line]) -> list[Line]:
    """Return the lines of a picture's box, or else those of the box behind it; none if they are no caption."""
    found, behind = lines_in(box, between), box.getnext()
    if not found and behind is not None and next(behind.iter("img"), None) is None:
        found = lines_in(behind, between)
    sure = len(found) <= _LINES and any(map(_is_caption, found)) and not any(map(_is_other, found))
    return found if sure else []


def _is_caption(line: Line) -> bool:
    """Tell a caption by its credit or its markup."""
    caption = read_caption(line.text)
    credited = caption.credit is not None and (caption.text is not None or caption.role is not None)
    return credited or line.block.tag == "figcaption" or _NAMED.search(line.block.get("class") or "") is not None


def _is_other(line: Line) -> bool:
    """Tell what stands there too: a byline, the editor's summary, a link."""
    told = (
        line.linked
        or is_told(line)
        or is_summary(line.block)
        or SUMMARY.match(line.text)
        or BOILERPLATE.match(line.text)
    )
    return bool(told) or line.block.tag in HEADING_TAGS or len(line.text) > _LONGEST
