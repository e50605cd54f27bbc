"""Where each line of an article stands in its text: annotations of a paragraph survive by these offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fjsen_spider.items import Subsection


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSpan:
    """A line of the text."""

    kind: str
    """`deck`, `heading`, `subheading` or `paragraph`."""
    subsection: int | None
    """Index of its subsection; None for the deck, which stands above them."""
    start: int
    """Offset of its first character, in code points."""
    end: int
    """Offset behind its last character."""


def text_spans(deck: Sequence[str], subsections: Sequence[Subsection]) -> Iterator[TextSpan]:
    """Yield the lines in order; between two of them the text has a newline and nothing else."""
    yield from _stacked(0, None, [("deck", line) for line in deck])
    for number, part in enumerate(subsections):
        lines = [
            ("heading", part.heading),
            ("subheading", part.subheading),
            *(("paragraph", one) for one in part.paragraphs),
        ]
        yield from _stacked(part.start, number, [(kind, line) for kind, line in lines if line])


def _stacked(start: int, subsection: int | None, lines: Sequence[tuple[str, str]]) -> Iterator[TextSpan]:
    for kind, line in lines:
        yield TextSpan(kind=kind, subsection=subsection, start=start, end=start + len(line))
        start += len(line) + 1
