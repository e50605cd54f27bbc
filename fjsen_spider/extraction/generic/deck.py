"""The lines of a headline above and under it (引题, 副题), which stand outside of the text."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import islice

from lxml import etree

from fjsen_spider.extraction.generic.byline import is_told
from fjsen_spider.extraction.generic.labelled import COLUMN, OUTLET
from fjsen_spider.extraction.generic.line import Line
from fjsen_spider.extraction.generic.noise import is_tools
from fjsen_spider.extraction.generic.top import put_on_top
from fjsen_spider.extraction.layouts.layout import Element
from fjsen_spider.extraction.text import squeeze

_TAGS = frozenset("h2 h3 h4 h5".split())
_NAMED = re.compile(
    r"yinti|futi|kicker|(?:sub|pre|intro|fu|yin|second)[_-]?(?:tit|head|biaoti)|tit(?:le)?[_-](?:sub|pre)|(?:^|[\s_-])sub(?=$|[\s_-])",
    re.IGNORECASE,
)
_DASHED = re.compile("——+[^—]")
_CHANNEL = re.compile(rf"{OUTLET.pattern}|{COLUMN}")
_ASIDE = re.compile(r"(?:本报|本网)?记者|通讯员|作者|编辑|责编|来源|.*(?:下载|客户端|评论|关注|扫码|二维码|点击|分享)")
"""What else stands there: who wrote it, and what a reader can do with it."""
_SHORTEST, _LONGEST, _NEAR = 5, 60, 4


def find_deck(lines: Sequence[Line], first: int, last: int, start: int) -> list[Line]:
    """Return the lines directly above and under a headline that its markup gives to it.

    The headline's lines are those from `first` to `last`; the text begins at `start`.
    """
    near = frozenset(islice(lines[first].block.iterancestors(), _NEAR))
    beside = [*lines[max(0, first - 1) : first], *lines[last + 1 : min(last + 2, start)]]
    later = {_form(line.block) for line in lines[start:]}
    return [
        line
        for line in beside
        if _is_deck(line, lines[first].text) and _form(line.block) not in later and not near.isdisjoint(_around(line))
    ]


def add_deck(body: Element, deck: Collection[str]) -> None:
    """Put deck lines on top of a body, labelled as such."""
    for words in reversed(list(deck)):
        node = etree.Element("p")
        node.text = f"原标题：{words}"
        put_on_top(body, node)


def _form(node: Element) -> tuple[str, str | None]:
    return str(node.tag), node.get("class")


def _around(line: Line) -> frozenset[Element]:
    return frozenset(islice(line.block.iterancestors(), _NEAR))


def _is_deck(line: Line, headline: str) -> bool:
    node, shown = line.block, squeeze(line.text)
    named = (
        _DASHED.match(shown) is not None
        or _NAMED.search(f"{node.tag} {node.get('class') or ''} {node.get('id') or ''}") is not None
    )
    if not (named or (node.tag in _TAGS and len(shown) >= _SHORTEST)) or line.linked or len(shown) > _LONGEST:
        return False
    return not (
        shown in squeeze(headline)
        or is_told(line)
        or is_tools(line.text)
        or _ASIDE.match(shown)
        or _CHANNEL.fullmatch(shown)
    )
