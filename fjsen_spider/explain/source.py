"""One page of an article as its source: where the words of an element, of the body's lines, of the CMS comment stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import zip_longest
from typing import Final

from fjsen_spider.explain.passage import Passage, join, read_marked, read_source
from fjsen_spider.explain.watermark import AT, MARKUP, Span, Watermarked, attributes_of, watermark
from fjsen_spider.extraction.blocks import Block, Kind
from fjsen_spider.extraction.comment import FIELD, comments
from fjsen_spider.extraction.document import Document
from fjsen_spider.extraction.layouts import Landmarks
from fjsen_spider.extraction.layouts.layout import Element
from fjsen_spider.extraction.parser import parse_html
from fjsen_spider.extraction.text import string_of
from fjsen_spider.extraction.walk import read_body
from fjsen_spider.urls import FULL_TEXT

_ATTRIBUTE: Final = r"(?<![\w-]){}\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))"
Line = tuple[Block, Passage]


class Source:
    """A carried page; where nothing is certain, it knows no places."""

    def __init__(self, page: Document, number: int) -> None:
        self.page = page
        self.number = page.url.page if page.url else number
        self.text = page.text
        marked = watermark(self.text)
        self.tree, twin = parse_html(self.text)[0], parse_html(marked.text)[0]
        self._marked = marked
        # Where the parser sees other markup than the marks do, no place is certain.
        self._twins = dict(zip(self.tree.iter(), twin.iter(), strict=True)) if _same(self.tree, twin, marked) else {}

    @cached_property
    def landmarks(self) -> Landmarks:
        """The named elements of the whole page."""
        return Landmarks(self.tree)

    @property
    def name(self) -> str:
        """How the page is named to readers."""
        return page_name(self.number)

    def line(self, at: int) -> int:
        """Return the number of the line in which a place is."""
        return self.text.count("\n", 0, at) + 1

    @cached_property
    def slots(self) -> dict[str, Element]:
        """The elements of the layout's slots in the whole page, of which the rules may have read a cut."""
        return self.page.layout.find(self.landmarks) if self.page.layout else {}

    @cached_property
    def anywhere(self) -> Passage:
        """All words of the page, for what no slot gives: a value counts only when it is there once."""
        shown = self.tree.find("body")
        return replace(self.element(shown), only=True)

    def element(self, node: Element | None) -> Passage:
        """Return the words of an element."""
        twin = self._twins.get(node) if node is not None else None
        return read_marked(string_of(twin), self._marked) if twin is not None else Passage()

    def tail(self, name: str) -> Passage:
        """Return the bare text behind a slot's element."""
        twin = self._twins.get(self.slots[name]) if name in self.slots else None
        return read_marked(twin.tail or "", self._marked) if twin is not None else Passage()

    def tag(self, node: Element) -> Span | None:
        """Return the place of an element's start tag; None for one that the parser has added."""
        twin = self._twins.get(node)
        start = int(twin.get(AT, -1)) if twin is not None else -1
        match = MARKUP.match(self.text, start) if start >= 0 else None
        return Span(*match.span()) if match else None

    def attribute(self, node: Element, name: str) -> Passage:
        """Return the value of an attribute."""
        tag = self.tag(node)
        match = re.compile(_ATTRIBUTE.format(name), re.IGNORECASE).search(self.text, *tag) if tag else None
        return read_source(self.text, Span(*match.span(match.lastindex or 0))) if match else Passage()

    def comment(self, tag: str) -> Passage:
        """Return the value of a tag of the CMS comment."""
        for start, end in comments(self.text):
            fields = {one[1].lower(): one for one in FIELD.finditer(self.text, start, end)}
            if "articleid" in fields and fields["articleid"][2]:
                return read_source(self.text, Span(*fields[tag].span(2))) if tag in fields else Passage()
        return Passage()

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The blocks of the body, with the words of each."""
        container = self.slots.get("body")
        twin = self._twins.get(container) if container is not None else None
        if container is None or twin is None:
            return ()
        told, marked = self._body(container, self.slots), self._body(twin, self._twin_slots())
        sure = [one.kind for one in told] == [one.kind for one in marked]
        return tuple((one, self._words(other) if sure else Passage()) for one, other in zip(told, marked, strict=sure))

    def _twin_slots(self) -> dict[str, Element]:
        return {name: self._twins[node] for name, node in self.slots.items()}

    def _body(self, container: Element, slots: dict[str, Element]) -> list[Block]:
        elsewhere = frozenset(slots[name] for name in ("title", "byline") if name in slots)
        return read_body(container, page=self.number, base=self.page.raw.url, skip=elsewhere).blocks

    def _words(self, marked: Block) -> Passage:
        if marked.kind is Kind.TABLE:
            return join(read_marked(cell or "", self._marked) for row in marked.rows for cell in row)
        return read_marked(marked.text, self._marked) if marked.kind is Kind.TEXT else Passage()

    def within(self, slot: str, *tags: str) -> Iterator[Element]:
        """Yield the elements of some kinds in a slot, or in the whole page when it has no such slot."""
        yield from self.slots.get(slot, self.tree).iter(*tags)


def page_name(number: int) -> str:
    """Name a page: its number, or `all` for a full-text page."""
    return "all" if number == FULL_TEXT else str(number)


def _same(tree: Element, twin: Element, marked: Watermarked) -> bool:
    """Tell whether a page and its marked twin are the same but for the marks."""
    return all(
        one is not None
        and other is not None
        and one.tag == other.tag
        and dict(one.items()) == attributes_of(other)
        and (one.text or "", one.tail or "") == (marked.plain(other.text), marked.plain(other.tail))
        for one, other in zip_longest(tree.iter(), twin.iter())
    )
