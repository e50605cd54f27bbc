"""Two texts → what was taken out and put in, character by character in Chinese and word by word in Latin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(r"[A-Za-z]+|\d+(?:[.,:]\d+)*%?|.", re.DOTALL)
_ISLAND: Final = 2
"""So few characters between two changes are no common ground: a reader takes both for one change."""
_ALIKE: Final = 0.4
"""Paragraphs less alike than this are not one paragraph that was edited."""


class Op(StrEnum):
    """What became of a piece of text."""

    SAME = " "
    GONE = "-"
    COME = "+"


class Piece(NamedTuple):
    """A piece of text and what became of it."""

    op: Op
    text: str


def differing(old: str, new: str) -> list[Piece]:
    """Return the pieces of two texts in reading order; what was replaced stands before what came instead."""
    before, after = (_TOKEN.findall(text) for text in (old, new))
    return list(_merged(_pieces(before, after)))


def differing_lines(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Yield the lines of both in order, in pairs: a line that is in one only stands with None."""
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(old[a1:a2], new[b1:b2], strict=True)
        else:
            yield from _paired(old[a1:a2], new[b1:b2])


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Yield the lines of a changed stretch: each new one with the next old one that it was made of, if there is any."""
    rest = list(old)
    for line in new:
        at = next((at for at, other in enumerate(rest) if _alike(other, line)), None)
        if at is None:
            yield None, line
            continue
        yield from ((gone, None) for gone in rest[:at])
        yield rest[at], line
        del rest[: at + 1]
    yield from ((gone, None) for gone in rest)


def _alike(one: str, other: str) -> bool:
    match = SequenceMatcher(None, one, other, autojunk=False)
    return match.real_quick_ratio() >= _ALIKE and match.quick_ratio() >= _ALIKE and match.ratio() >= _ALIKE


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(Op.SAME, "".join(before[a1:a2]))
        else:
            yield Piece(Op.GONE, "".join(before[a1:a2]))
            yield Piece(Op.COME, "".join(after[b1:b2]))


def _merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Join changes that only an island parts."""
    gone = come = island = ""
    for op, text in pieces:
        if op is Op.SAME and len(text) <= _ISLAND and (gone or come):
            island += text
        elif op is Op.SAME:
            yield from _change(gone, come)
            yield Piece(Op.SAME, island + text)
            gone = come = island = ""
        elif text:
            gone, come, island = gone + island, come + island, ""
            gone, come = (gone + text, come) if op is Op.GONE else (gone, come + text)
    yield from _change(gone, come)
    if island:
        yield Piece(Op.SAME, island)


def _change(gone: str, come: str) -> Iterator[Piece]:
    if gone:
        yield Piece(Op.GONE, gone)
    if come:
        yield Piece(Op.COME, come)
