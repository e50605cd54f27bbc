"""One page, decoded and parsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from fjsen_spider.extraction.comment import read_comment
from fjsen_spider.extraction.cut import cut
from fjsen_spider.extraction.encoding import decode
from fjsen_spider.extraction.layouts import LAYOUTS, Layout
from fjsen_spider.extraction.layouts.layout import Element
from fjsen_spider.items import Encoding, RawPage
from fjsen_spider.urls import PageUrl, classify


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A decoded, parsed page and the layout that it matches."""

    raw: RawPage
    url: PageUrl | None
    """What its address names; None off the portal."""
    text: str
    """The whole source text."""
    tree: Element
    encoding: Encoding
    comment: Mapping[str, str]
    """The CMS comment, tag → value."""
    layout: Layout | None
    slots: Mapping[str, Element]
    """Slot of the layout (`title`, `body`, `byline`, `date`, …) → the element in it."""
    warnings: tuple[str, ...] = ()

    def node(self, slot: str) -> Element | None:
        """Return the element in a slot, None when the page has none."""
        return self.slots.get(slot)

    def rule(self, slot: str) -> str:
        """Name the rule that reads a slot: `text:title`."""
        return f"{self.layout.name}:{slot}" if self.layout else slot


def read_document(raw: RawPage) -> Document:
    """Decode and parse a page; never fails, whatever the bytes are."""
    text, encoding, warnings = decode(raw.body, raw.content_type)
    tree, truncated = parse_html(cut(text) or text)
    matching = [layout for layout in LAYOUTS if layout.matches(tree)]
    flags = (
        *warnings,
        *(["truncated-tree"] if truncated else []),
        *(["layout-ambiguous"] if len(matching) > 1 else []),
    )
    return Document(
        raw=raw,
        url=classify(raw.url) if raw.url else None,
        text=text,
        tree=tree,
        encoding=encoding,
        comment=read_comment(text),
        layout=matching[0] if matching else None,
        slots=matching[0].slots(tree) if matching else {},
        warnings=flags,
    )


def parse_html(text: str) -> tuple[Element, bool]:
    """Parse HTML text; also tell whether libxml2 gave up at its depth limit and dropped the rest.

    Text without any markup or character gives an empty element.
    """
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing in it
        tree = None
    if tree is None:
        return etree.Element("html"), False
    return tree, any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
