"""A body box of any template made into what a body walk reads: furniture out, pictures and captions named as ours are."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from lxml import etree

from fjsen_spider.extraction.generic.line import Line
from fjsen_spider.extraction.generic.lines import INLINE, is_hidden
from fjsen_spider.extraction.generic.noise import BOILERPLATE, is_icon, is_noise, is_related, is_tools
from fjsen_spider.extraction.generic.tail import end_of, is_credits
from fjsen_spider.extraction.generic.weights import Weights
from fjsen_spider.extraction.layouts.layout import Element

_LAZY = (
    "data-original",
    "data-src",
    "data-lazy-src",
    "data-lazyload",
    "data-url",
    "data-actualsrc",
    "_src",
    "original",
)
_CAPTION = re.compile(
    r"caption|tuzhu|tushuo|desc(?:r|ription)?(?=$|[\s_-])|pic_?(?:text|txt|info|tit|intro)|img_?(?:text|txt|info|tit)|f_center|zhushi",
    re.IGNORECASE,
)
_LABEL = re.compile(r"相关|延伸|推荐|链接|阅读")
_SMALL = 0.1


def clean(body: Element, inside: Sequence[Line], weights: Weights, head: Collection[Line]) -> list[Line]:
    """Take out of a body what is no article; return those of its lines that are left.

    `head` are headline and byline, read elsewhere.
    """
    for node in body.iter("img"):
        _load(node)
    dropped = _drop_boxes(body, inside, weights)
    for node in body.iter("figcaption", "p", "div", "span", "td"):
        if node.tag == "figcaption" or _CAPTION.search(node.get("class") or ""):
            node.set("align", "center")  # as its stylesheet does; the mark of a caption
    _part(body, weights)
    for line in head:
        line.erase()
    lines = [line for line in inside if line.pieces and line.block not in dropped]
    _end(body, lines, end_of(lines))
    return [line for line in lines if line.pieces]


def _drop_boxes(body: Element, inside: Sequence[Line], weights: Weights) -> frozenset[Element]:
    """Drop hidden boxes and those named as furniture, but no good part of the text and no editors; return them."""
    credits = frozenset(box for line in inside if is_credits(line) for box in (line.block, *line.block.iterancestors()))
    most = _SMALL * weights.all(body)
    furniture: list[Element] = []
    beside: set[Element] = set()
    walk = etree.iterwalk(body, events=("start",))
    for _, node in walk:
        named = is_noise(node) and node not in credits and weights.all(node) <= most
        if node is not body and (named or is_hidden(node) or (node.tag == "img" and is_icon(node))):
            walk.skip_subtree()
            furniture.append(node)
        elif is_related(node):
            beside.update(node.iter("*"))
    for line in inside:
        bare = line.block in beside and not line.linked and not line.running and not _LABEL.search(line.text)
        if bare or (line.linked and (BOILERPLATE.match(line.text) or is_tools(line.text))):
            line.erase()
    dropped = frozenset(one for node in furniture for one in node.iter("*"))
    for node in furniture:
        empty(node)
    return dropped


def _part(body: Element, weights: Weights) -> None:
    """Make line breaks between paragraphs of bare text such that no caption goes on behind them."""
    most = _SMALL * weights.all(body)
    for node in list(body.iter("br")):
        box = next(one for one in node.iterancestors() if one.tag not in INLINE)
        if weights.direct(box) > most and box.tag != "p":
            node.tag = "hr"


def _load(node: Element) -> None:
    """Give a picture that a script loads its address."""
    for name in _LAZY:
        if (address := node.get(name)) and ("/" in address or "." in address):
            node.set("src", address)
            return


def _end(body: Element, lines: Sequence[Line], end: int) -> None:
    """Drop the tools at the top of the body, and everything behind its end."""
    for line in lines:
        if is_tools(line.text) or BOILERPLATE.match(line.text):
            line.erase()
        elif line.running:
            break
    if end < len(lines):
        order = {node: at for at, node in enumerate(body.iter())}
        last = order.get(lines[end].block, 0)
        for line in lines[end:]:
            line.erase()
        for node in [one for one in body.iter("img", "iframe", "video") if order[one] > last]:
            empty(node)


def empty(node: Element) -> None:
    """Make an element one that shows nothing; what stands behind it stays."""
    tail = node.tail
    node.clear()
    node.tag, node.tail = "span", tail
