"""How much running text stands below each element of a page: summed up once, from the leaves."""

from __future__ import annotations

from collections.abc import Sequence

from fjsen_spider.extraction.generic.line import Line
from fjsen_spider.extraction.generic.noise import is_foot, is_noise, is_summary
from fjsen_spider.extraction.layouts.layout import Element

_HALF, _NEARLY_ALL = 0.5, 0.9


class Weights:
    """Characters below each element of a tree."""

    def __init__(self, tree: Element, lines: Sequence[Line]) -> None:
        self._elements = list(tree.iter("*"))
        self._at = {node: at for at, node in enumerate(self._elements)}
        self._parents = [self._at.get(node.getparent(), -1) for node in self._elements]  # type: ignore[arg-type]
        self._direct = [0] * len(self._elements)
        shown = [0] * len(self._elements)
        for line in lines:
            at = self._at[line.block]
            self._direct[at] += line.weight
            shown[at] += len(line.text)
        self._shown, self._all = self._sum_up(shown), self._sum_up(self._direct)
        furniture = self._furniture()
        self._text = self._sum_up([0 if out else own for out, own in zip(furniture, self._direct, strict=True)])

    def direct(self, node: Element) -> int:
        """Return the running text in an element that is in no box inside it."""
        return self._direct[self._at[node]]

    def all(self, node: Element) -> int:
        """Return the running text below an element, furniture or not."""
        return self._all[self._at[node]]

    def text(self, node: Element) -> int:
        """Return the running text below an element; a box named as furniture counts when most of the page is in it."""
        return self._text[self._at[node]]

    def shown(self, node: Element) -> int:
        """Return all that is shown below an element."""
        return self._shown[self._at[node]]

    def _furniture(self) -> list[bool]:
        out: list[bool] = []
        for at, node in enumerate(self._elements):
            parent = self._parents[at]
            own, page = self._all[at], self._all[0]
            named = own and (  # the names of boxes without running text do not matter
                (own < _HALF * page and (is_noise(node) or is_summary(node)))
                or (own < _NEARLY_ALL * page and is_foot(node))
            )
            out.append(bool(named) or (parent >= 0 and out[parent]))
        return out

    def _sum_up(self, own: Sequence[int]) -> list[int]:
        sums = list(own)
        for at in range(len(sums) - 1, 0, -1):
            if self._parents[at] >= 0:
                sums[self._parents[at]] += sums[at]
        return sums
