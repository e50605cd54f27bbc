"""The CMS comment (`enpproperty`, both eras): a second witness for the fields of the page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice

from fjsen_spider.extraction.text import collapse

_OPENING = re.compile(r"<!--\s*enpproperty\b")
_END = re.compile(r"/enpproperty\s*-->")
_LONGEST, _MOST = 20_000, 3
"""Characters of a comment, and comments of a page that are read."""
# Bounded: a page may open thousands of tags and close none.
FIELD = re.compile(r"<([a-zA-Z]+)>(.{0,2000}?)</\1>", re.DOTALL)
_MARKUP = re.compile(r"<[^<>]*>")
_ABSENT = frozenset({"", "null"})  # the later CMS prints empty values as Java does


def read_comment(text: str) -> dict[str, str]:
    """Return tag → value of the first CMS comment that names an article; empty when there is none.

    The comment is no XML (titles carry bare `&` and `<`), so each tag is read by itself.
    """
    for start, end in islice(comments(text), _MOST):
        told = FIELD.findall(text, start, end)
        found = {tag.lower(): shown for tag, value in told if value and (shown := _clean(value)) not in _ABSENT}
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


def _clean(value: str) -> str:
    if "&" in value or "<" in value:
        value = html.unescape(_MARKUP.sub("", html.unescape(value)))
    return collapse(value)
