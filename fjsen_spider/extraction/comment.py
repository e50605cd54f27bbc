"""The CMS comment (`enpproperty`, both eras): a second witness for the fields of the page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice

from fjsen_spider.extraction.text import collapse

_OPENING = re.compile(r"<!--\s*enpproperty\b")
_END = re.compile(r"/enpproperty\s*-->")
_LONGEST = 20_000
_LONGEST_VALUE, _MOST = 2_000, 10
_TAG = re.compile(r"<([a-zA-Z]+)>")
_MARKUP = re.compile(r"<[^<>]*>")
_ABSENT = frozenset({"", "null"})  # the later CMS prints empty values as Java does


def read_comment(text: str) -> dict[str, str]:
    """Return tag → value of the first CMS comment that names an article; empty when there is none.

    The comment is no XML (titles carry bare `&` and `<`), so each tag is read by itself.
    """
    for start, end in islice(comments(text), _MOST):
        told = ((tag, text[value]) for tag, value in fields(text, start, end))
        found = {tag: shown for tag, value in told if value and (shown := _clean(value)) not in _ABSENT}
        if found.get("articleid"):
            return found
    return {}


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the content of each CMS comment begins and ends; one in which another comment opens is none."""
    for opening in _OPENING.finditer(text):
        start = opening.end()
        other = text.find("<!--", start, start + _LONGEST)
        if end := _END.search(text, start, start + _LONGEST if other < 0 else other):
            yield start, end.start()


def fields(text: str, start: int, end: int) -> Iterator[tuple[str, slice]]:
    """Yield each tag of a comment, in lower case, and where its value is; a page may open thousands and close none."""
    while opening := _TAG.search(text, start, end):
        start, closing = opening.end(), f"</{opening[1]}>"
        stop = text.find(closing, start, min(end, start + _LONGEST_VALUE + len(closing)))
        if stop >= 0:
            yield opening[1].lower(), slice(start, stop)
            start = stop + len(closing)


def _clean(value: str) -> str:
    if "&" in value or "<" in value:
        value = html.unescape(_MARKUP.sub("", html.unescape(value)))
    return collapse(value)
