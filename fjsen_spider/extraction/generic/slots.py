"""A page of no known layout → the slots that the stages read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from fjsen_spider.extraction.generic.beside import discount
from fjsen_spider.extraction.generic.byline import (
    find_byline,
    find_closing,
    find_writers,
    is_told,
    read_byline,
    read_issue,
)
from fjsen_spider.extraction.generic.clean import clean
from fjsen_spider.extraction.generic.deck import add_deck, find_deck
from fjsen_spider.extraction.generic.density import find_body
from fjsen_spider.extraction.generic.found import settle
from fjsen_spider.extraction.generic.head import read_head
from fjsen_spider.extraction.generic.ids import read_ids
from fjsen_spider.extraction.generic.labelled import shown_of
from fjsen_spider.extraction.generic.lead_pictures import move_lead_pictures
from fjsen_spider.extraction.generic.line import Line
from fjsen_spider.extraction.generic.lines import lines_in, read_lines
from fjsen_spider.extraction.generic.noise import SUMMARY, is_summary
from fjsen_spider.extraction.generic.proof import is_article, is_overview, is_signed
from fjsen_spider.extraction.generic.tail import read_tail
from fjsen_spider.extraction.generic.title import HEADING_TAGS, Title, find_title, title_above
from fjsen_spider.extraction.generic.weights import Weights
from fjsen_spider.extraction.layouts.layout import Element


class Slot(NamedTuple):
    """An element that holds the value of a slot, and the rule that found it."""

    node: Element
    rule: str


def find_slots(
    tree: Element, *, title: str | None = None, attested: bool = False, first: bool = True
) -> dict[str, Slot]:
    """Find headline, text and byline; nothing on a page that is no article. The body in the tree is cleaned in place.

    `title` is a second witness of the headline; `attested` that the page is told to be an article (by its address);
    `first` that it is no continuation, which shows the headline's other lines again.
    """
    lines = read_lines(tree)
    discount(lines)
    headline = find_title(tree, lines, title)
    weights = Weights(tree, lines)
    body = find_body(tree, lines, weights, headline.node) if headline else None
    if headline is None or body is None:
        return {}
    inside = lines_in(body.node, lines)
    if headline.node is None:
        headline = title_above(lines, _start(inside, lines, -1)) or headline
    title_from, title_at = _span(headline, lines)
    start = _start(inside, lines, title_at)
    captions = move_lead_pictures(body.node, headline.node, lines[title_at + 1 :])
    byline = [line for line in find_byline(lines, title_at, start) if line not in captions]
    closing = read_byline(find_closing(lines, lines.index(inside[-1]) if inside else start), "body-tail")
    above = [read_ids(tree), read_byline(byline, "byline")]
    told = {field for one in (*above, closing) for field in one}
    attested = attested or bool(told) or any(map(is_told, byline)) or is_signed(inside)
    if is_overview(body, inside, lines) or not is_article(headline, body, inside, told, attested=attested):
        return {}
    shown = {"byline": shown_of(byline), "summary": _summary(lines[title_at + 1 : start], body.node)}
    writers = find_writers(inside)
    deck = find_deck(lines, title_from, title_at, start) if first and title_at >= 0 else []
    print_lines = [line.text for line in deck]
    before = frozenset((*lines[: title_at + 1], *deck)).intersection(inside)
    tail = read_tail(clean(body.node, inside, weights, [*before, *(line for line in byline if is_told(line))]))
    add_deck(body.node, print_lines)
    fields = settle(*above, tail, writers, closing, read_head(tree), read_issue(lines[: title_at + 1]))
    return {
        "title": Slot(_value(headline.text), headline.rule),
        "body": Slot(body.node, body.rule),
        **{name: Slot(_value(words), name) for name, words in shown.items() if words},
        **{name: Slot(_value("、".join(one.values), one.href), one.rule) for name, one in fields.items()},
    }


def _span(headline: Title, lines: Sequence[Line]) -> tuple[int, int]:
    """Return where the first and the last line of the headline are, -1 when it is not shown.

    A headline that is one line of its box may have the byline behind it there.
    """
    if headline.node is None:
        return -1, -1
    boxes = frozenset(headline.node.iter("*"))
    inside = [at for at, line in enumerate(lines) if line.block in boxes]
    whole = next((at for at in inside if lines[at].text == headline.text), None)
    if whole is not None:
        return whole, whole
    return (inside[0], inside[-1]) if inside else (-1, -1)


def _start(inside: Sequence[Line], lines: Sequence[Line], title_at: int) -> int:
    """Return where the text begins, behind the headline: at the first running line, or else the first of all."""
    body = frozenset(inside)
    behind = [at for at in range(title_at + 1, len(lines)) if lines[at] in body]
    text = (at for at in behind if lines[at].running and lines[at].block.tag not in HEADING_TAGS)
    return next(text, behind[0] if behind else len(lines))


def _summary(between: Sequence[Line], body: Element) -> str | None:
    """Return the editor's summary above the text: by the name of its box or by its label."""
    boxes = frozenset(body.iter("*"))
    for line in between:
        if line.running and line.block not in boxes and (is_summary(line.block) or SUMMARY.match(line.text)):
            return SUMMARY.sub("", line.text)
    return None


def _value(text: str, href: str | None = None) -> Element:
    """Make an element that holds a value, with its link when it has one."""
    node = etree.Element("span")
    inner = node if href is None else etree.SubElement(node, "a", href=href)
    inner.text = text
    return node
