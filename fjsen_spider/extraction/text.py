"""White space and the other small conventions of the site's text."""

from __future__ import annotations

import re

from lxml import etree

_SPACE = re.compile(r"[\s\u200b\ufeff]+")  # NBSP and U+3000 are white space to `\s`
_STRING = etree.XPath("string()")
HAN = "\u3400-\u9fff\U00020000-\U0003ffff〇"


def collapse(text: str) -> str:
    """Make runs of white space (NBSP and U+3000 too) one space and trim the ends."""
    return _SPACE.sub(" ", text).strip()


def squeeze(text: str) -> str:
    """Drop white space altogether: the form in which two witnesses are compared."""
    return _SPACE.sub("", text)


def string_of(node: etree._Element) -> str:
    """Return the text of an element without comments, collapsed."""
    return collapse(str(_STRING(node)))
