"""Source text as HTML: escaped, line by line, with the places of facts marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from typing import NamedTuple

from fjsen_spider.display import visible
from fjsen_spider.explain.watermark import Span


class Place(NamedTuple):
    """A stretch of source that a fact was read from."""

    span: Span
    fact: int
    """Number of the fact, in the order of the record."""
    kind: str
    """Class of its colour."""
    first: bool
    """Its fact's first place: where a link from the record leads."""
    extent: int
    """Characters of all places of its fact."""


@dataclass(slots=True)
class _Changes:
    """What begins and ends at one offset."""

    begin: list[Place] = field(default_factory=list)
    end: list[Place] = field(default_factory=list)
    token: str | None = None
    """Kind of markup that begins here; `` for text."""


def marked(text: str, places: Iterable[Place], tokens: Iterable[tuple[int, int, str]] = ()) -> Iterator[str]:
    """Yield the lines of a source as HTML.

    Where places overlap, as a date in its byline, the fact with the fewest words gives colour and link.
    """
    changes = _changes(text, places, tokens)
    offsets = sorted(changes)
    active: list[Place] = []
    line: list[str] = []
    token = ""
    for start, end in pairwise(offsets):
        change = changes[start]
        active = [one for one in active if one not in change.end] + change.begin
        token = token if change.token is None else change.token
        line.append(_piece(text[start:end], active, [one for one in change.begin if one.first], token))
        if text[end - 1] == "\n":
            yield "".join(line)
            line = []
    if line:
        yield "".join(line)


def _changes(text: str, places: Iterable[Place], tokens: Iterable[tuple[int, int, str]]) -> dict[int, _Changes]:
    changes: defaultdict[int, _Changes] = defaultdict(_Changes)
    changes[0], changes[len(text)] = _Changes(), _Changes()
    for place in places:
        changes[place.span.start].begin.append(place)
        changes[place.span.end].end.append(place)
    for start, end, kind in tokens:
        changes[start].token = kind
        changes[end].token = changes[end].token or ""
    at = text.find("\n")
    while at >= 0:
        changes[at + 1]  # a piece ends with its line
        at = text.find("\n", at + 1)
    return changes


def _piece(text: str, active: list[Place], first: list[Place], token: str) -> str:
    """Return a piece that has the same marks from its first character to its last."""
    shown = escape(visible(text.replace("\r", "")))
    if not active:
        return f'<span class="{token}">{shown}</span>' if token else shown
    inner, *outer = sorted(active, key=lambda one: (one.extent, one.fact))
    anchors = "".join(f'<i id="s{one.fact}"></i>' for one in first)
    facts = " ".join(str(one.fact) for one in (inner, *outer))
    return (
        f'{anchors}<a class="{f"m k-{inner.kind} {token}".strip()}" href="#f{inner.fact}" data-f="{facts}">{shown}</a>'
    )
