"""The CMS comment (`enpproperty`, both eras): a second witness for the fields of the page."""

from __future__ import annotations

import html
import re

from fjsen_spider.extraction.text import collapse

# Both are bounded: a page may open thousands of comments or tags and close none.
COMMENT = re.compile(r"<!--\s*enpproperty\b((?:(?!<!--).){0,20000}?)/enpproperty\s*-->", re.DOTALL)
FIELD = re.compile(r"<([a-zA-Z]+)>(.{0,2000}?)</\1>", re.DOTALL)
_MARKUP = re.compile(r"<[^<>]*>")
_ABSENT = frozenset({"", "null"})  # the later CMS prints empty values as Java does


def read_comment(text: str) -> dict[str, str]:
    """Return tag → value of the first CMS comment that names an article; empty when there is none.

    The comment is no XML (titles carry bare `&` and `<`), so each tag is read by itself.
    """
    for match in COMMENT.finditer(text):
        found = {tag.lower(): _clean(value) for tag, value in FIELD.findall(match[1])}
        if found.get("articleid"):
            return {tag: value for tag, value in found.items() if value not in _ABSENT}
    return {}


def _clean(value: str) -> str:
    if "&" in value or "<" in value:
        value = html.unescape(_MARKUP.sub("", html.unescape(value)))
    return collapse(value)
