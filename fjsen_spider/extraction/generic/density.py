"""Where the running text of a page stands: the densest box, whatever its name is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from fjsen_spider.extraction.generic.line import Line
from fjsen_spider.extraction.generic.noise import is_icon
from fjsen_spider.extraction.generic.pictures import find_gallery
from fjsen_spider.extraction.generic.weights import Weights
from fjsen_spider.extraction.layouts.layout import Element, xpath

_MARK = xpath("//comment()[normalize-space() = 'enpcontent']/..")
_NAMED = xpath("//*[@itemprop='articleBody']")
_BOXES = frozenset("article body div main section td".split())
_WHOLE, _PART, _BEHIND, _DENSE = 0.5, 0.1, 0.3, 0.6
"""How much of the text makes a box the body, a box before or behind it part of it; how much of a box is text then."""
_BESIDE, _LEVELS = 0.3, 4


class Body(NamedTuple):
    """The box of the running text, and the rule that found it."""

    node: Element
    rule: str
    weight: int
    """Characters of running text in it."""
    density: float
    """Their part of what is shown in it."""


def find_body(tree: Element, lines: Sequence[Line], weights: Weights, headline: Element | None) -> Body | None:
    """Return the smallest box that holds most of the running text, or else the pictures; None without any.

    It is not widened to the box of the headline for the sake of a picture.
    """
    marked = max(_MARK(tree), key=weights.text, default=None)
    if marked is not None:
        return _body(marked, "body.enpcontent", weights)
    for node in _NAMED(tree)[:1]:
        if weights.text(node) >= _WHOLE * weights.text(tree):
            return _body(node, "body.itemprop", weights)
    if not weights.text(tree):
        gallery = find_gallery(tree, headline) if headline is not None else None
        return None if gallery is None else Body(gallery, "body.pictures", 0, 1.0)
    node = _widen(_box(_descend(tree, weights)), lines, weights, headline)
    return _body(node, "body.density", weights)


def _body(node: Element, rule: str, weights: Weights) -> Body:
    return Body(node, rule, weights.text(node), weights.text(node) / max(1, weights.shown(node)))


def _descend(tree: Element, weights: Weights) -> Element:
    """Go down to where the text forks into paragraphs, past boxes beside it that are not text through and through."""
    node = tree
    while True:
        best = max(node.iterchildren("*"), key=weights.text, default=None)
        if best is None or not weights.text(best):
            return node
        before, behind = best.itersiblings("*", preceding=True), best.itersiblings("*")
        if (
            weights.direct(node) > _PART * weights.text(best)
            or any(_goes_on(best, one, _PART, weights) for one in before)
            or any(_goes_on(best, one, _BEHIND, weights) for one in behind)
        ):
            return node
        node = best


def _goes_on(best: Element, beside: Element, part: float, weights: Weights) -> bool:
    """Tell whether the text goes on in a box beside the best: one of the same name, or of some size.

    A small box behind it is more often another story.
    """
    text = weights.text(beside)
    if not text or text < _DENSE * weights.shown(beside):
        return False
    alike = beside.tag == best.tag and beside.get("class") == best.get("class")
    return alike or text > part * weights.text(best)


def _box(node: Element) -> Element:
    """Return the box around a lone paragraph."""
    while node.tag not in _BOXES and (parent := node.getparent()) is not None:
        node = parent
    return node


def _widen(node: Element, lines: Sequence[Line], weights: Weights, headline: Element | None) -> Element:
    """Widen the box to one around it that adds pictures and little else."""
    best, inner = node, node
    for parent in islice(node.iterancestors(), _LEVELS):
        added = frozenset(parent.iter("*")).difference(inner.iter("*"))
        beside = weights.shown(parent) - weights.shown(node)
        if parent.tag not in _BOXES or beside > _BESIDE * weights.shown(node) or headline in added:
            break
        if any(line.linked for line in lines if line.block in added):
            break
        if any(one.tag == "img" and not is_icon(one) for one in added):
            best = parent
        inner = parent
    return best
