"""Labelled blocks → subsections, with their offsets in the article's text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fjsen_spider.extraction.blocks import HEADING, IMAGE, LABEL, PARAGRAPH, SUBHEADING, TEXT, Block
from fjsen_spider.items import Subsection


@dataclass(slots=True)
class _Open:
    """A subsection that is being filled."""

    heading: str | None = None
    subheading: str | None = None
    level: int = 0
    paragraphs: list[str] = field(default_factory=list)
    images: list[int] = field(default_factory=list)

    def text(self) -> str:
        above = [line for line in (self.heading, self.subheading) if line]
        return "\n".join(above + self.paragraphs)


def build_sections(deck: Sequence[str], blocks: Iterable[Block]) -> tuple[tuple[Subsection, ...], str]:
    """Return the subsections and the text that their offsets point into."""
    parts = [(one, own) for one in _gather(blocks) if (own := one.text()) or one.images]
    text = "\n".join([*deck, *(own for _, own in parts if own)])
    offset = sum([len(line) + 1 for line in deck])
    subsections = []
    for one, own in parts:
        start = min(offset, len(text))
        subsections.append(
            Subsection(
                heading=one.heading,
                subheading=one.subheading,
                level=one.level,
                paragraphs=tuple(one.paragraphs),
                images=tuple(one.images),
                start=start,
                end=start + len(own),
            )
        )
        offset += len(own) + 1 if own else 0
    return tuple(subsections), text


def _gather(blocks: Iterable[Block]) -> list[_Open]:
    parts, under, images, page = [_Open()], 1, 0, 0
    for one in blocks:
        if one.page != page:
            if one.page > page + 1 and page:  # a page is missing: what follows may stand under a heading of it
                parts.append(_Open())
            page = one.page
        if one.role is PARAGRAPH and one.kind is TEXT:
            parts[-1].paragraphs.append(one.text)
        elif one.kind is IMAGE:
            parts[-1].images.append(images)
            images += 1
        elif one.role is LABEL:
            parts.append(_Open(heading=one.text, level=1))
            under = 2
        elif one.role is HEADING:
            parts.append(_Open(heading=one.text, level=under))
        elif one.role is SUBHEADING:
            parts[-1].subheading = one.text
    return parts
