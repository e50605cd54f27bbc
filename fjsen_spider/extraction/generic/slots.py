"""A page of no known layout → the slots that the stages read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from lxml import etree

from fjsen_spider.extraction.dates import read_date
from fjsen_spider.extraction.generic.byline import find_byline, find_closing, find_writers, is_told, read_byline
from fjsen_spider.extraction.generic.clean import clean
from fjsen_spider.extraction.generic.density import Body, find_body
from fjsen_spider.extraction.generic.found import Found
from fjsen_spider.extraction.generic.head import read_head
from fjsen_spider.extraction.generic.ids import read_ids
from fjsen_spider.extraction.generic.labelled import shown_of
from fjsen_spider.extraction.generic.lines import Line, lines_in, read_lines
from fjsen_spider.extraction.generic.noise import is_summary
from fjsen_spider.extraction.generic.tail import read_tail
from fjsen_spider.extraction.generic.title import Title, find_title, title_above
from fjsen_spider.extraction.generic.weights import Weights
from fjsen_spider.extraction.layouts.layout import Element

_SUMMARY_LABEL = re.compile(r"^[\s【\[]*(?:摘要|内容摘要|导读|导语|核心提示|内容提要|提要|阅读提示)[\s】\]]*[：:]?\s*")
_FIELDS: Final = ("date", "source", "authors", "editors")
_LEAST, _UNATTESTED, _PARAGRAPHS, _DENSITY, _RESULTS = 20, 300, 4, 0.2, 3
"""Least characters of running text: with a byline, and with nothing but a headline; and its other proofs."""


class Slot(NamedTuple):
    """An element that holds the value of a slot, and the rule that found it."""

    node: Element
    rule: str


def find_slots(tree: Element, *, title: str | None = None, attested: bool = False) -> dict[str, Slot]:
    """Find headline, text and byline; nothing on a page that is no article. The body in the tree is cleaned in place.

    `title` is a second witness of the headline; `attested` that the page is told to be an article (by its address).
    """
    lines = read_lines(tree)
    headline = find_title(tree, lines, title)
    weights = Weights(tree, lines)
    body = find_body(tree, lines, weights, headline.node) if headline else None
    if headline is None or body is None:
        return {}
    inside = lines_in(body.node, lines)
    if headline.node is None:
        headline = title_above(lines, _start(inside, lines, -1)) or headline
    title_at = _last_of(headline.node, lines)
    start = _start(inside, lines, title_at)
    byline = find_byline(lines, title_at, start)
    closing = read_byline(find_closing(lines, lines.index(inside[-1]) if inside else start), "body-tail")
    above = [read_ids(tree), read_byline(byline, "byline")]
    told = {field for one in (*above, closing) for field in one}
    attested = attested or bool(told) or any(map(is_told, byline))
    if not _is_article(headline, body, inside, attested=attested, dated="date" in told):
        return {}
    shown = shown_of(byline)
    summary = _summary(lines[title_at + 1 : start], body.node)
    writers = find_writers(inside)
    before = frozenset(lines[: title_at + 1]).intersection(inside)
    tail = read_tail(clean(body.node, inside, weights, [*before, *(line for line in byline if is_told(line))]))
    fields = _settle(*above, tail, writers, closing, read_head(tree))
    return {
        "title": Slot(_value(headline.text), headline.rule),
        "body": Slot(body.node, body.rule),
        **({"byline": Slot(_value(shown), "byline")} if byline else {}),
        **({"summary": Slot(_value(summary), "summary")} if summary else {}),
        **{name: Slot(_value("、".join(one.values), one.href), one.rule) for name, one in fields.items()},
    }


def _last_of(node: Element | None, lines: Sequence[Line]) -> int:
    """Return where the last line of the headline is, -1 when it is not shown."""
    if node is None:
        return -1
    boxes = frozenset(node.iter("*"))
    return max((at for at, line in enumerate(lines) if line.block in boxes), default=-1)


def _start(inside: Sequence[Line], lines: Sequence[Line], title_at: int) -> int:
    """Return where the text begins, behind the headline: at the first running line, or else the first of all."""
    body = frozenset(inside)
    behind = [at for at in range(title_at + 1, len(lines)) if lines[at] in body]
    return next((at for at in behind if lines[at].running), behind[0] if behind else len(lines))


def _is_article(headline: Title, body: Body, inside: Sequence[Line], *, attested: bool, dated: bool) -> bool:
    """Tell an article from lists, results and forms.

    An article has a byline or an address to prove it, or else a good deal of text under a headline; and its
    paragraphs do not each stand under a link of its own.
    """
    if body.rule in ("body.enpcontent", "body.pictures"):
        return dated
    paragraphs = [at for at, line in enumerate(inside) if line.running]
    results = sum(at > 0 and inside[at - 1].linked for at in paragraphs)
    if body.density < _DENSITY or (results >= _RESULTS and 2 * results >= len(paragraphs)):
        return False
    if attested and headline.node is not None:
        return body.weight >= _LEAST
    return body.weight >= _UNATTESTED and len(paragraphs) >= _PARAGRAPHS


def _summary(between: Sequence[Line], body: Element) -> str | None:
    """Return the editor's summary above the text: by the name of its box or by its label."""
    boxes = frozenset(body.iter("*"))
    for line in between:
        if line.running and line.block not in boxes and (is_summary(line.block) or _SUMMARY_LABEL.match(line.text)):
            return _SUMMARY_LABEL.sub("", line.text)
    return None


def _settle(*witnesses: Mapping[str, Found]) -> dict[str, Found]:
    """Take each field from the first witness that tells it; a time of day from a later one, when the day is the same.

    Who is an editor is an author only where a label says so.
    """
    found = {
        field: next(one[field] for one in witnesses if field in one)
        for field in _FIELDS
        if any(field in one for one in witnesses)
    }
    editors = [one["editors"] for one in witnesses if "editors" in one]
    if editors:
        names = tuple(dict.fromkeys(name for one in editors for name in one.values))
        found["editors"] = editors[0]._replace(values=names)
    for one in (told["date"] for told in witnesses if "date" in told):
        day, exact = read_date(found["date"].values[0]), read_date(one.values[0])
        if day and exact and len(day[0]) < len(exact[0]) and exact[0].startswith(day[0]):
            found["date"] = one
    if "authors" in found and "editors" in found and not found["authors"].rule.endswith("byline"):
        names = tuple(name for name in found["authors"].values if name not in found["editors"].values)
        found["authors"] = found["authors"]._replace(values=names)
    return {field: one for field, one in found.items() if one.values}


def _value(text: str, href: str | None = None) -> Element:
    """Make an element that holds a value, with its link when it has one."""
    node = etree.Element("span")
    inner = node if href is None else etree.SubElement(node, "a", href=href)
    inner.text = text
    return node
