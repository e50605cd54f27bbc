"""White space and the other small conventions of the site's text."""

from __future__ import annotations

from lxml import etree

_STRING = etree.XPath("string()", smart_strings=False)
HAN = "\u3400-\u9fff\U00020000-\U0003ffff〇"


def collapse(text: str) -> str:
    """Make runs of white space (NBSP and U+3000 too) one space and trim the ends."""
    if "\u200b" in text or "\ufeff" in text:
        text = text.replace("\u200b", " ").replace("\ufeff", " ")
    return " ".join(text.split())


def squeeze(text: str) -> str:
    """Drop white space altogether: the form in which two witnesses are compared."""
    return "".join(text.replace("\u200b", "").replace("\ufeff", "").split())


def string_of(node: etree._Element) -> str:
    """Return the text of an element without comments, collapsed."""
    if len(node) == 0:
        return collapse(node.text or "")
    return collapse(str(_STRING(node)))
