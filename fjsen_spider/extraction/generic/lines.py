"""A page of any template as the lines that its reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from fjsen_spider.extraction.generic.line import Line, Piece
from fjsen_spider.extraction.layouts.layout import Element

INLINE = frozenset(
    "a abbr b big cite em font i img ins label mark q s small span strike strong sub sup time tt u var wbr".split()
)
_UNSEEN = frozenset(
    "button embed head iframe input noscript object option script select style template textarea title video".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)  # `visibility` is often only until a script has run


def read_lines(root: Element) -> list[Line]:
    """Read the lines below an element in document order; what the page hides is none."""
    return _Reader(root).run()


def is_hidden(node: Element) -> bool:
    """Tell whether the markup hides an element."""
    style = node.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def lines_in(node: Element, lines: Iterable[Line]) -> list[Line]:
    """Return those of the lines that stand in an element."""
    boxes = frozenset(node.iter("*"))
    return [line for line in lines if line.block in boxes]


class _Reader:
    """The state of one reading: the boxes and links that are open, and the line so far."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.open: list[tuple[Element, Element | None]] = [(root, None)]
        self.pieces: list[Piece] = []
        self.lines: list[Line] = []

    def run(self) -> list[Line]:
        walk = etree.iterwalk(self.root, events=("start", "end", "comment"))
        for event, node in walk:
            if event == "start" and self.enter(node):
                walk.skip_subtree()
            elif event == "end":
                self.leave(node)
            elif event == "comment":
                self.take(node, node.tail, node.getparent(), tail=True)
        self.flush()
        return self.lines

    def enter(self, node: Element) -> bool:
        """Open an element; true when a reader does not see what is in it."""
        box, link = self.open[-1]
        if node.tag not in INLINE:
            self.flush()
            box = box if node.tag == "br" else node
        self.open.append((box, node if node.tag == "a" and node.get("href") else link))
        if node.tag in _UNSEEN or is_hidden(node):
            return True
        self.take(node, node.text, node)
        return False

    def leave(self, node: Element) -> None:
        if node.tag not in INLINE:
            self.flush()
        self.open.pop()
        if node is not self.root:
            self.take(node, node.tail, node.getparent(), tail=True)

    def take(self, node: Element, text: str | None, owner: Element | None, *, tail: bool = False) -> None:
        if text and owner is not None and (self.pieces or not text.isspace()):
            self.pieces.append(Piece(node, tail, text, owner, self.open[-1][1]))

    def flush(self) -> None:
        if self.pieces:
            line = Line(self.open[-1][0], self.pieces)
            self.lines += [line] if line.text else []
            self.pieces = []
