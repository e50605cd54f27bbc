"""One page, decoded and parsed."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from fjsen_spider.extraction.comment import read_comment
from fjsen_spider.extraction.encoding import decode
from fjsen_spider.extraction.layouts import LAYOUTS, Landmarks, Layout
from fjsen_spider.extraction.layouts.layout import Element
from fjsen_spider.extraction.layouts.slots import has_second_body
from fjsen_spider.extraction.source import read_source
from fjsen_spider.items import Encoding, RawPage
from fjsen_spider.urls import PageUrl, classify

_END_TAGS = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)
"""libxml2 drops what stands behind the first of them, and a page may have several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A decoded, parsed page and the layout that it matches."""

    raw: RawPage
    url: PageUrl | None
    """What its address names; None off the portal."""
    landmarks: Landmarks
    """The parsed page."""
    encoding: Encoding
    comment: Mapping[str, str]
    """The CMS comment, tag → value."""
    layout: Layout | None
    slots: Mapping[str, Element]
    """Slot of the layout (`title`, `body`, `byline`, `date`, …) → the element in it."""
    rules: Mapping[str, str] = field(default_factory=dict)
    """Slot → which rule found it, where a layout tries several."""
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole source text."""
        return decode(self.raw.body, self.raw.content_type)[0]

    @property
    def tree(self) -> Element:
        """The root of the parsed page."""
        return self.landmarks.tree

    def node(self, slot: str) -> Element | None:
        """Return the element in a slot, None when the page has none."""
        return self.slots.get(slot)

    def rule(self, slot: str) -> str:
        """Name the rule that reads a slot: `text:title`."""
        return f"{self.layout.name}:{self.rules.get(slot, slot)}" if self.layout else slot


def read_document(raw: RawPage) -> Document:
    """Decode and parse a page; never fails, whatever the bytes are."""
    source = read_source(raw)
    tree, truncated = parse_source(source.markup)
    landmarks = Landmarks(tree)
    matching = [(one, found) for one in LAYOUTS if (found := one.find(landmarks))]
    layout, slots = matching[0] if matching else (None, {})
    doubtful = {
        "truncated-tree": truncated,
        "layout-ambiguous": len(matching) > 1,
        "second-body": layout is not None and has_second_body(landmarks),
    }
    return Document(
        raw=raw,
        url=classify(raw.url) if raw.url else None,
        landmarks=landmarks,
        encoding=source.encoding,
        comment=read_comment(source.comments),
        layout=layout,
        slots=slots,
        warnings=(*source.warnings, *(flag for flag, raised in doubtful.items() if raised)),
    )


class _Parsers(threading.local):
    """A parser for each thread: a new one for each page would cost a fifth of the parsing."""

    def __init__(self) -> None:
        self.html = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True, collect_ids=False)


_PARSERS = _Parsers()


def parse_html(text: str) -> tuple[Element, bool]:
    """Parse HTML text, as `parse_source` does."""
    return parse_source(text.encode("utf-8", "replace"))


def parse_source(source: bytes) -> tuple[Element, bool]:
    """Parse HTML in UTF-8; also tell whether libxml2 gave up at its depth limit and dropped the rest.

    A source without any markup or character gives an empty element.
    """
    parser = _PARSERS.html
    try:
        tree = etree.fromstring(_END_TAGS.sub(b"", source), parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing in it
        tree = None
    if tree is None:
        return etree.Element("html"), False
    for other in tuple(tree.itersiblings()):  # a garbled first tag can leave the page beside its root
        tree.append(other)
    return tree, _gave_up(parser)


def _gave_up(parser: etree.HTMLParser) -> bool:
    """Tell whether the parser's last word is that it reached a limit of its own; it ends there."""
    last = parser.error_log.last_error
    return last is not None and last.type_name == "ERR_RESOURCE_LIMIT"
