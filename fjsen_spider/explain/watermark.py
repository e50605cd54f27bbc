"""A page's source with every visible character replaced by one that tells where it stood.

The parser treats such a page as it treats the original, so whatever a selector or the walk over the body reads off it
says, character by character, from where in the source it comes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final, NamedTuple

from fjsen_spider.extraction.layouts.layout import Element

AT: Final = "data-fjsen-at"
"""The attribute that each start tag gets: its offset in the source."""

MARKUP: Final = re.compile(
    r"""(?P<comment><!--(?:-?>|.*?(?:--!?>|\Z)) | <[!?][^>]*(?:>|\Z) | </[^>]*(?:>|\Z))
    |<(?P<name>[a-zA-Z][^\s/>]*+)
    (?P<attributes>(?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?|["'])*)(?:>|\Z)""",
    re.DOTALL | re.VERBOSE,
)
_RAW = re.compile(r"script|style|xmp|iframe|noembed|noframes|plaintext", re.IGNORECASE)
_TEXT_ONLY = re.compile(r"title|textarea", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
_PLANES = (
    range(0xF0000, 0xFFFFE),
    range(0x100000, 0x10FFFE),
)  # private use, without the last two, which are no characters


class Span(NamedTuple):
    """A stretch of a source text."""

    start: int
    end: int


class Character(NamedTuple):
    """A character as shown, and the stretch of source that says it: itself, or a reference such as `&ldquo;`."""

    shown: str
    at: Span


@dataclass(slots=True)
class Watermarked:
    """The marked source, and what each mark stands for."""

    text: str = ""
    marks: dict[str, Character] = field(default_factory=dict)

    def plain(self, words: str | None) -> str:
        """Return words of the marked page as the original has them."""
        return "".join(self.marks[one].shown if one in self.marks else one for one in words or "")


def characters(source: str, start: int = 0, end: int | None = None) -> Iterator[Character]:
    """Yield the characters that a stretch of source shows as text, its references resolved."""
    at, end = start, len(source) if end is None else end
    while at < end:
        reference = _REFERENCE.match(source, at, end) if source[at] == "&" else None
        shown = unescape(reference[0]) if reference else source[at]
        if reference is None or shown == reference[0]:
            yield Character(source[at], Span(at, at + 1))
            at += 1
            continue
        # Without its semicolon a reference ends before what follows it: `&amp甲` is `&` and `甲`.
        tail = len(shown) - 1 if reference[0].endswith(shown[1:]) else 0
        stop = reference.end() - tail
        yield from (Character(one, Span(at, stop)) for one in shown[: len(shown) - tail])
        at = stop


def inked(character: str) -> bool:
    """Tell what is seen from white space, as extraction tells it."""
    return not character.isspace() and character not in "\u200b\ufeff"


def watermark(source: str) -> Watermarked:
    """Mark a page; characters beyond the number of marks (131,068) stay as they are."""
    marked = Watermarked()
    names = (chr(code) for plane in _PLANES for code in plane)
    pieces: list[str] = []
    at = 0
    for start, end, kind in tokens(source):
        pieces += _text(source, Span(at, start), names, marked.marks)
        tag = MARKUP.match(source, start, end) if kind == "tag" else None
        if tag and tag["name"]:
            cut = tag.end("name")
            pieces.append(f'{source[start:cut]} {AT}="{start}"{source[cut:end]}')
        else:
            pieces.append(source[start:end])
        at = end
    pieces += _text(source, Span(at, len(source)), names, marked.marks)
    marked.text = "".join(pieces)
    return marked


def _text(source: str, span: Span, names: Iterator[str], marks: dict[str, Character]) -> Iterator[str]:
    for character in characters(source, *span):
        name = next(names, None) if inked(character.shown) else None
        if name is not None:
            marks[name] = character
        yield name or character.shown


def tokens(source: str) -> Iterator[tuple[int, int, str]]:
    """Yield what is no text, as (start, end, `tag` | `comment` | `raw`): tags, comments, the insides of scripts."""
    at = 0
    while match := MARKUP.search(source, at):
        at = match.end()
        closing = source.startswith("</", match.start())
        yield match.start(), at, "tag" if match["name"] or closing else "comment"
        name = match["name"] or ""
        if _RAW.fullmatch(name):
            inside = _until_closed(source, at, name)
            if inside > at:
                yield at, inside, "raw"
            at = inside
        elif _TEXT_ONLY.fullmatch(name):
            at = _until_closed(source, at, name)


def _until_closed(source: str, at: int, name: str) -> int:
    closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(source, at)
    return closing.start() if closing else len(source)


def attributes_of(element: Element) -> dict[str, str]:
    """Return an element's attributes without the mark."""
    return {str(name): str(value) for name, value in element.items() if name != AT}
