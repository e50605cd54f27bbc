"""Pictures between headline and text, which some portals put in boxes of their own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final

from fjsen_spider.extraction.generic.byline import is_told
from fjsen_spider.extraction.generic.line import Line
from fjsen_spider.extraction.generic.lines import lines_in
from fjsen_spider.extraction.generic.noise import BOILERPLATE, is_tools
from fjsen_spider.extraction.generic.pictures import is_furniture
from fjsen_spider.extraction.generic.top import mark_of, put_on_top
from fjsen_spider.extraction.generic.unlabelled import is_named
from fjsen_spider.extraction.layouts.layout import Element

_MOST: Final = 20
"""Pictures that are looked at."""
_SHORTEST, _LONGEST, _LINES = 5, 200, 2
"""Characters of a caption; lines of it."""


def take_in(body: Element, headline: Element | None, behind: Sequence[Line]) -> list[Line]:
    """Put the pictures between headline and text on top of the body; return the lines that are their captions.

    `behind` are the lines behind the headline. A picture without a caption may be anything: it stays where it is.
    """
    mark = mark_of(body)
    text = body if mark is None else mark
    if headline is None or (mark is None and headline in body.iter()):
        return []
    order = {node: at for at, node in enumerate(body.getroottree().iter())}
    around = frozenset((*text.iterancestors(), *headline.iterancestors(), headline))
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
    """Return the largest box around a picture that holds neither headline nor text."""
    while (parent := node.getparent()) is not None and parent not in around:
        node = parent
    return node


def _captions(box: Element, between: Sequence[Line]) -> list[Line]:
    """Return the lines of a picture's box, or else the one of the box behind it; none if they are no caption."""
    own = lines_in(box, between)
    behind = box.getnext()
    found = own or (lines_in(behind, between) if behind is not None else [])
    return [] if len(found) > _LINES or any(map(_is_aside, found)) else found


def _is_aside(line: Line) -> bool:
    """Tell a line that is no caption: a byline, a portrait's name, a notice, a link."""
    told = line.linked or is_told(line) or is_named(line) or is_tools(line.text) or BOILERPLATE.match(line.text)
    return bool(told) or not _SHORTEST <= len(line.text) <= _LONGEST
