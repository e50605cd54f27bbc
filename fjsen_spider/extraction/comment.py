"""The CMS comment (`enpproperty`, both eras): a second witness for the fields of the page."""

from __future__ import annotations

import html
import re

from fjsen_spider.extraction.text import collapse

_COMMENT = re.compile(r"<!--\s*enpproperty\b(.*?)/enpproperty\s*-->", re.DOTALL)
_FIELD = re.compile(r"<([a-zA-Z]+)>(.*?)</\1>", re.DOTALL)
_MARKUP = re.compile(r"<[^<>]*>")
_ABSENT = frozenset({"", "null"})  # the later CMS prints empty values as Java does


def read_comment(text: str) -> dict[str, str]:
    """Return tag → value of the first CMS comment that names an article; empty when there is none.

    The comment is no XML (titles carry bare `&` and `<`), so each tag is read by itself.
    """
    for match in _COMMENT.finditer(text):
        found = {tag.lower(): _clean(value) for tag, value in _FIELD.findall(match[1])}
        if found.get("articleid"):
            return {tag: value for tag, value in found.items() if value not in _ABSENT}
    return {}


def _clean(value: str) -> str:
    return collapse(html.unescape(_MARKUP.sub("", html.unescape(value))))
