"""An element of a parsed page as a flat sequence of tags and text: quicker to walk than its nodes."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from lxml import etree

from fjsen_spider.extraction.layouts.layout import is_pager, is_player

STRONG: Final = 1
KAI: Final = 2
CENTER: Final = 4
"""Bits of a style: bold, 楷体, centred."""

FORM: Final = frozenset("button noscript option select textarea".split())
FILMS: Final = frozenset("embed iframe object video".split())
WHOLE: Final = FORM | FILMS | frozenset("head img input link meta script style template title".split())
"""Elements that are read, or left out, as a whole."""

_BREAKS: Final = frozenset(
    (
        "address article aside blockquote br caption center dd div dl dt figcaption figure form h1 h2 h3 h4 "
        "h5 h6 hr li ol p pre section table tbody td tfoot th thead tr ul"
    ).split()
)
_BOLD_TAGS = frozenset("b strong h1 h2 h3 h4 h5 h6 th".split())
_CENTRED = frozenset({"center", "figcaption"})
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*(\w+)", re.IGNORECASE)
# As libxml2 writes XML: of `<`, `>` and `"` in text or values only those of comments and CDATA are bare.
# Possessive, since nothing of it is ever to be given back: that takes half the time.
_MARKUP = re.compile(
    r"<(?:(p(?: [^>]*+(?<!/))?)>([^<]*+)</p>\s*+|(!--[^-]*+(?:-(?!->)[^-]*+)*--|!\[CDATA\[.*?\]\]|[^>]*+)>)([^<]*+)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r'([^\s=]+)="([^"]*)"')


@dataclass(slots=True)
class Tag:
    """A start tag; no tuple, since slots are the quicker to read."""

    name: str
    attributes: Mapping[str, str]
    apart: bool
    """It may have to be taken or left out as a whole: a picture, film, table, field, script, player's slot or pager."""
    breaks: bool
    """It ends a line, and begins one."""
    keeps: int
    """The bits of the style around it that hold inside."""
    adds: int
    """The bits that it sets."""


Piece: TypeAlias = tuple[str, str, str, str]
"""The start tag and the words of a paragraph with nothing but text in it, or else any other markup; the text behind it.

Markup has no brackets: `p align="center"`, `br/`, `/p`, `!--a comment--`. Words and text are escaped.
"""


def read_markup(node: etree._Element) -> list[Piece]:
    """Return the pieces of an element, from its start tag to its end tag, without the white space between paragraphs."""
    return _MARKUP.findall(etree.tostring(node, encoding="unicode", with_tail=False))


def unescape(text: str) -> str:
    """Return words or a value as they are in the tree; `html.unescape` takes a second for a million entities.

    Besides these four libxml2 writes numbers only.
    """
    if "&#" in text:
        return html.unescape(text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


@lru_cache(maxsize=512)
def read_tag(markup: str) -> Tag:
    """Take a start tag apart: nearly all paragraphs of a page have one and the same."""
    name, _, rest = markup.rstrip("/").partition(" ")
    attributes = {key: unescape(value) for key, value in _ATTRIBUTE.findall(rest)}
    css, face = attributes.get("style", ""), attributes.get("face", "")
    told = _ALIGN.search(css)
    aligned = (told[1] if told else attributes.get("align") or ("center" if name in _CENTRED else "")).lower()
    adds = STRONG if name in _BOLD_TAGS or _BOLD.search(css) else 0
    adds |= KAI if "楷" in face or "楷" in css else 0
    keeps = STRONG | KAI | CENTER
    if aligned and name != "img":
        keeps, adds = STRONG | KAI, adds | (CENTER if aligned == "center" else 0)
    apart = name in WHOLE or name == "table" or is_player(name, attributes) or is_pager(name, attributes)
    return Tag(name, attributes, apart, name in _BREAKS, keeps, adds)
