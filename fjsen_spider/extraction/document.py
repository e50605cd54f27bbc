"""One page, decoded and parsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fjsen_spider.extraction.comment import read_comment
from fjsen_spider.extraction.encoding import decode
from fjsen_spider.extraction.layouts import LAYOUTS, Landmarks, Layout
from fjsen_spider.extraction.layouts.layout import Element
from fjsen_spider.extraction.layouts.slots import has_second_body
from fjsen_spider.extraction.parser import parse_source
from fjsen_spider.extraction.source import Source, read_region, read_whole
from fjsen_spider.items import Encoding, RawPage
from fjsen_spider.urls import PageUrl, classify


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
    names_pages: bool = False
    """The source may name another page of the article."""

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
    """Decode and parse a page; never fails, whatever the bytes are.

    A region that is of no layout is not what it seemed to be: then the page is read whole.
    """
    region = read_region(raw)
    document = _parsed(raw, region) if region else None
    return document if document and document.layout else _parsed(raw, read_whole(raw))


def _parsed(raw: RawPage, source: Source) -> Document:
    tree, truncated = parse_source(source.markup)
    landmarks = Landmarks(tree)
    matching = [(one, found) for one in LAYOUTS if (found := one.find(landmarks))]
    layout, slots = matching[0] if matching else (None, {})
    doubtful = {
        "truncated-tree": truncated,
        "layout-ambiguous": len(matching) > 1,
        "second-body": layout is not None and has_second_body(landmarks),
    }
    url = classify(raw.url) if raw.url else None
    return Document(
        raw=raw,
        url=url,
        names_pages=url is not None and url.content_id is not None and f"{url.content_id}_".encode() in source.markup,
        landmarks=landmarks,
        encoding=source.encoding,
        comment=read_comment(source.comments),
        layout=layout,
        slots=slots,
        warnings=(*source.warnings, *(flag for flag, raised in doubtful.items() if raised)),
    )
