"""A line of a page: what a reader sees between two breaks."""

from __future__ import annotations

import re
from typing import NamedTuple

from fjsen_spider.extraction.generic.noise import BOILERPLATE, SUMMARY
from fjsen_spider.extraction.layouts.layout import Element
from fjsen_spider.extraction.text import HAN, collapse

_HAN = re.compile(f"[{HAN}]")
_POINTS = re.compile("[，。！？；]")
_SHORTEST = 12


class Piece(NamedTuple):
    """A run of characters in one place of the tree."""

    node: Element
    tail: bool
    """It stands behind the node, not in it."""
    text: str
    owner: Element
    """The element whose text it is."""
    link: Element | None


class Line:
    """What stands between two breaks."""

    __slots__ = ("block", "han", "linked", "pieces", "plain", "running", "text", "weight")

    def __init__(self, block: Element, pieces: list[Piece]) -> None:
        self.block = block
        """The innermost box around it."""
        self.pieces = pieces
        self._measure()

    def _measure(self) -> None:
        pieces = self.pieces
        self.text = text = collapse("".join([piece.text for piece in pieces]))
        plain = text
        if len(pieces) > 1 or (pieces and pieces[0].link is not None):
            plain = collapse("".join([piece.text for piece in pieces if piece.link is None]))
        self.han = len(_HAN.findall(plain))
        """Chinese characters that are no link."""
        self.plain = len(plain)
        """Characters that are no link."""
        self.linked = 2 * self.plain <= len(text)
        """Half of it or more is links."""
        self.running = self.han >= _SHORTEST and not self.linked and _POINTS.search(text) is not None
        """It is running text: long enough, with the points of a sentence, and no link."""
        self.weight = self.plain if self.running and not _is_aside(text) else 0
        """Characters of running text; none of a notice that stands under many articles, or of the editor's summary."""

    def erase(self) -> None:
        """Take the line out of the tree."""
        for piece in self.pieces:
            _put(piece, "")
        self.pieces = []
        self._measure()

    def cut(self, characters: int, closing: str = "") -> None:
        """Take the last characters, white space not counted, out of the tree; `closing` takes their place."""
        pieces = self.pieces
        for at in range(len(pieces) - 1, -1, -1):
            kept = pieces[at].text.rstrip()
            while kept and characters:
                kept, characters = kept[:-1].rstrip(), characters - 1
            kept += "" if characters else closing
            _put(pieces[at], kept)
            pieces[at] = pieces[at]._replace(text=kept)
            if not characters:
                break
        self._measure()


def _is_aside(text: str) -> bool:
    summary = SUMMARY.match(text)
    return bool(summary and summary[0].strip()[-1] in "：:】]") or BOILERPLATE.match(text) is not None


def _put(piece: Piece, text: str) -> None:
    if piece.tail:
        piece.node.tail = text
    else:
        piece.node.text = text
