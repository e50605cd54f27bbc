"""What reads like text and is not the article's: a feed of other articles, readers' comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fjsen_spider.extraction.generic.line import Line
from fjsen_spider.extraction.generic.tail import ends_here, is_closing

_TIME = re.compile(r"\d{1,2}[-/.月]\d{1,2}|\d{1,2}[:：]\d\d|[天时分钟]前|昨天")
_SHORT, _APART, _SEVERAL, _LEAST = 40, 5, 4, 200
"""Characters of a line that tells a time; lines from one entry to the next; entries; characters of the article's text."""


def discount(lines: Sequence[Line]) -> None:
    """Let what is not the article's weigh nothing, where the page has other text."""
    for aside in (*_feeds(lines), _behind(lines)):
        if sum(line.weight for line in lines) - sum(line.weight for line in aside) >= _LEAST:
            for line in aside:
                line.weight = 0


def _behind(lines: Sequence[Line]) -> list[Line]:
    """Return the lines behind the editors and the links that close the article."""
    weight = 0
    for at, line in enumerate(lines):
        weight += line.weight
        if weight >= _LEAST and is_closing(line) and ends_here(lines, at):
            return [*lines[at + 1 :]]
    return []


def _feeds(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the sentences of each feed: several entries close behind each other, of each headline, sentence and time."""
    feed: list[int] = []
    for at in [at for at in range(1, len(lines) - 1) if _is_entry(*lines[at - 1 : at + 2])]:
        if feed and at - feed[-1] > _APART:
            yield [lines[one] for one in feed if len(feed) >= _SEVERAL]
            feed = []
        feed.append(at)
    yield [lines[one] for one in feed if len(feed) >= _SEVERAL]


def _is_entry(headline: Line, sentence: Line, time: Line) -> bool:
    return sentence.running and headline.linked and len(time.text) <= _SHORT and _TIME.search(time.text) is not None
