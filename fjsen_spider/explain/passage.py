"""Words of a page with the place of each character, and where in them a value stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fjsen_spider.explain.watermark import Span, Watermarked, characters, inked
from fjsen_spider.extraction.text import squeeze


@dataclass(frozen=True, slots=True)
class Passage:
    """What a stretch of a page shows; white space has no part in it, as print spacing comes and goes."""

    words: str = ""
    at: tuple[Span | None, ...] = ()
    """The place of each of the words' characters; None for one whose place is not known."""
    only: bool = False
    """The words are more than a rule has read: what they say twice has no certain place."""

    def find(self, value: str, *, last: bool = False) -> tuple[Span, ...]:
        """Return where a value stands, the first or last time; () when it does not."""
        wanted = squeeze(value)
        if not wanted or (self.only and self.words.find(wanted) != self.words.rfind(wanted)):
            return ()
        start = (self.words.rfind if last else self.words.find)(wanted)
        found = self.at[start : start + len(wanted)] if start >= 0 else ()
        return tuple(span for span in found if span is not None) if all(found) else ()

    def find_word(self, value: str, source: str) -> tuple[Span, ...]:
        """Return where a value stands as an item of a list: not as a part of a longer name or word."""
        wanted = squeeze(value)
        starts = [match.start() for match in re.finditer(f"(?={re.escape(wanted)})", self.words)] if wanted else []
        found = [self.at[start : start + len(wanted)] for start in starts]
        whole = [
            sure for spans in found if len(sure := tuple(filter(None, spans))) == len(spans) and _free(sure, source)
        ]
        return whole[0] if len(whole) == 1 or (whole and not self.only) else ()

    def everything(self) -> tuple[Span, ...]:
        """Return where all of it stands; () when some of it is not certain."""
        return self.find(self.words)

    def narrowed(self, value: str | None) -> Passage:
        """Return only what says a value, when it is said once; or else all of it."""
        wanted = squeeze(value or "")
        start = self.words.find(wanted) if wanted else -1
        if start < 0 or start != self.words.rfind(wanted):
            return self
        return Passage(wanted, self.at[start : start + len(wanted)])

    def behind(self, start: int) -> Passage:
        """Return the rest from one of its characters on."""
        return Passage(self.words[start:], self.at[start:], self.only)


def _free(spans: Sequence[Span], source: str) -> bool:
    """Tell whether no letter stands directly beside a stretch of source."""
    before, after = spans[0].start - 1, spans[-1].end
    return not source[max(before, 0) : before + 1].isalnum() and not source[after : after + 1].isalnum()


def read_marked(words: str, marked: Watermarked) -> Passage:
    """Read words of a marked page."""
    return _passage(marked.marks.get(word, (word, None)) for word in words)


def read_source(source: str, span: Span) -> Passage:
    """Read a stretch of source that is no markup to the parser: a comment, the value of an attribute, an address."""
    return _passage(characters(source, *span))


def join(passages: Iterable[Passage]) -> Passage:
    """Return passages as one."""
    parts = tuple(passages)
    words, at = "".join(one.words for one in parts), tuple(span for one in parts for span in one.at)
    return Passage(words, at, any(one.only for one in parts))


def _passage(shown: Iterable[tuple[str, Span | None]]) -> Passage:
    seen = [(word, at) for word, at in shown if inked(word)]
    return Passage("".join(word for word, _ in seen), tuple(at for _, at in seen))


def merged(spans: Sequence[Span], source: str) -> tuple[Span, ...]:
    """Join the places of neighbouring characters; only markup parts them."""
    joined: list[Span] = []
    for span in sorted(set(spans)):
        if joined and "<" not in source[joined[-1].end : span.start]:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(joined)
