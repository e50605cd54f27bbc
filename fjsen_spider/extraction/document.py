"""One page, decoded and parsed."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from fjsen_spider.extraction.comment import read_comment
from fjsen_spider.extraction.cut import cut
from fjsen_spider.extraction.encoding import to_utf8, without_control
from fjsen_spider.extraction.layouts import LAYOUTS, Landmarks, Layout
from fjsen_spider.extraction.layouts.layout import Element
from fjsen_spider.extraction.layouts.slots import has_second_body
from fjsen_spider.extraction.scan import COMMENT, scan
from fjsen_spider.items import Encoding, RawPage
from fjsen_spider.urls import PageUrl, classify

_OPENING = 600
_END_TAGS = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)
"""libxml2 drops what stands behind the first of them, and a page may have several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A decoded, parsed page and the layout that it matches."""

    raw: RawPage
    url: PageUrl | None
    """What its address names; None off the portal."""
    source: bytes
    """The whole source, in UTF-8."""
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
        return without_control(self.source).decode()

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
    source, encoding, warnings = to_utf8(raw.body, raw.content_type)
    words, left_open = scan(source)
    region = cut(source, words)
    comments = without_control(b"".join([source[one.start : one.end] for one in words if one.role == COMMENT]))
    read = without_control(source if region is None else region)
    tree, truncated = parse_source(read)
    landmarks = Landmarks(tree)
    matching = [(one, found) for one in LAYOUTS if (found := one.find(landmarks))]
    layout, slots = matching[0] if matching else (None, {})
    doubtful = {
        "truncated-tree": truncated,
        "layout-ambiguous": len(matching) > 1,
        "second-body": layout is not None and has_second_body(landmarks),
        "cut-short": _has_no_end(source) or (region is None and left_open),
    }
    return Document(
        raw=raw,
        url=classify(raw.url) if raw.url else None,
        source=source,
        landmarks=landmarks,
        encoding=encoding,
        comment=read_comment((comments or read).decode()),
        layout=layout,
        slots=slots,
        warnings=(*warnings, *(flag for flag, raised in doubtful.items() if raised)),
    )


def _has_no_end(source: bytes) -> bool:
    """Tell a whole page without its end tag."""
    whole = b"<html" in source[:_OPENING].lower()
    return whole and b"</html" not in source[-_OPENING:].lower() and b"</html" not in source.lower()


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
