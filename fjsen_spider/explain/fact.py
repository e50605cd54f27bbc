"""One filled field of a record, or one part of it, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from fjsen_spider.explain.watermark import Span


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page of the article."""

    page: int
    """Index of the page among those that the record carries."""
    span: Span
    in_address: bool = False
    """The place is in the page's address, not in its source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A value of the record with its rule, its raw twin and the places that it was read from."""

    key: str
    """`title`, `authors.0`, `subsections.1.paragraphs.0`, `images.0.caption`, as in `provenance`."""
    value: str
    rule: str | None = None
    raw: str | None = None
    """What the page shows, where the value was parsed from it."""
    page: int | None = None
    """Number of the article's page; 0 a full-text page."""
    spots: tuple[Spot, ...] = ()
    """Its source; empty when it is worked out, or when its place is not certain."""
    worked_out: bool = False
    """Read off no single place: it follows from the request, from counting or from other fields."""

    @property
    def field(self) -> str:
        """The record's field that it belongs to."""
        return self.key.partition(".")[0]

    @property
    def lost(self) -> bool:
        """Its source should be on the page and was not found."""
        return not self.worked_out and not self.spots
