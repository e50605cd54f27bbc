"""What proves that a page is an article."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from fjsen_spider.extraction.dateline import read_dateline
from fjsen_spider.extraction.dates import read_date
from fjsen_spider.extraction.generic.density import Body
from fjsen_spider.extraction.generic.line import Line
from fjsen_spider.extraction.generic.lines import read_lines
from fjsen_spider.extraction.generic.tail import is_credits
from fjsen_spider.extraction.generic.title import Title
from fjsen_spider.extraction.layouts.layout import Element
from fjsen_spider.extraction.text import squeeze

_LEAST, _NO_HEADLINE, _UNATTESTED = 20, 60, 300
"""Least characters of running text: with a byline, with one but no headline, and with nothing but a headline."""
_PARAGRAPHS, _DENSITY, _RESULTS, _SHORT, _LEVELS, _SIGNED = 4, 0.2, 3, 40, 4, 8
_SURE = frozenset({"body.enpcontent", "body.pictures"})
_ABOUT = re.compile(
    r"(?:关于|联系|加入)(?:我们|本[网站报社])|.{0,8}(?:简介|概况)|(?:版权|免责|法律|隐私)(?:声明|政策|保护)|(?:广告|人才|招聘|诚聘)(?:服务|合作|信息|英才|招聘)|(?:网站|本站)(?:地图|声明)|服务条款|投稿须知"
)
"""Headlines of what a portal tells of itself."""
_REST = re.compile(r"(?:详细|详情|全文|更多)[\s\]】）)>＞»]*$")


def is_article(headline: Title, body: Body, inside: Sequence[Line], told: Collection[str], *, attested: bool) -> bool:
    """Tell an article from lists, results and forms.

    An article has a byline or an address to prove it, or else a good deal of text under a headline; and its
    paragraphs do not each stand under a link or a time of its own. `told` are the fields that the page shows.
    """
    if body.rule in _SURE:
        return "date" in told or body.weight >= _NO_HEADLINE
    paragraphs = [at for at, line in enumerate(inside) if line.running]
    results = sum(at > 0 and _opens(inside[at - 1]) for at in paragraphs)
    if body.density < _DENSITY or (results >= _RESULTS and 2 * results >= len(paragraphs)):
        return False
    if _ABOUT.fullmatch(squeeze(headline.text)) and "date" not in told:
        return False
    if attested and headline.node is not None:
        return body.weight >= _LEAST
    if "date" in told and "source" in told:
        return body.weight >= _NO_HEADLINE and len(paragraphs) > 1
    return body.weight >= _UNATTESTED and len(paragraphs) >= _PARAGRAPHS


def is_signed(inside: Sequence[Line]) -> bool:
    """Tell a text that opens with a dateline or closes with its editors: nothing but an article does."""
    opening = next((line.text for line in inside if line.running), "")
    return read_dateline(opening) is not None or any(map(is_credits, inside[-_SIGNED:]))


def is_overview(body: Body, inside: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Tell a front page, a topic or a column: it tells more of other articles, or its text is one entry of several."""
    if body.rule in _SURE:
        return False
    tasters = list(filter(_is_taster, lines))
    others, within = _weight(tasters), _weight(filter(_is_taster, inside))
    return (len(tasters) >= _RESULTS and body.weight - within < others) or _is_entry(body.node)


def _is_taster(line: Line) -> bool:
    """Tell a line of another article, with a link to the rest of it."""
    return line.running and line.pieces[-1].link is not None and _REST.search(line.text) is not None


def _weight(lines: Iterable[Line]) -> int:
    return sum(line.weight for line in lines)


def _is_entry(node: Element) -> bool:
    """Tell a box that is, or is in, one of several of the same name, each with a link and running text."""
    for box in (node, *islice(node.iterancestors(), _LEVELS)):
        name = box.get("class")
        alike = [
            one for one in (box, *box.itersiblings(), *box.itersiblings(preceding=True)) if one.get("class") == name
        ]
        if name and len(alike) >= _RESULTS and sum(map(_tells_one, alike)) >= _RESULTS:
            return True
    return False


def _tells_one(node: Element) -> bool:
    lines = read_lines(node)
    return any(line.linked for line in lines) and sum(line.running for line in lines) == 1


def _opens(line: Line) -> bool:
    """Tell what opens a result of a search or a post of a forum: a link, or a time."""
    return line.linked or (len(line.text) <= _SHORT and read_date(line.text) is not None)
