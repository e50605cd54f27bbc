"""The HTML parser: libxml2, told what it gets."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from lxml import etree

from fjsen_spider.extraction.layouts.layout import Element

_END_TAGS = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)
"""libxml2 drops what stands behind the first of them, and a page may have several."""


_PROBED: Final = 50_000
"""Bytes above which a source is looked through for a crowded tag: below it such a tag takes less than a second."""
_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{1000}")
_BRACKETS: Final = 10
"""Signs of such a tag, since to count costs more than to parse: a very long one, or values that begin with a bracket."""
_MOST: Final = 500
"""Attributes of one element: libxml2 walks along all of them to add another, for minutes in a megabyte of them."""


class _Crowd:
    """A parser's target that looks at the number of attributes only."""

    found = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take a start tag."""
        if len(attributes) > _MOST:
            self.found = True

    def close(self) -> None:
        """Give no tree."""


class _Parsers(threading.local):
    """A parser for each thread: a new one for each page would cost a fifth of the parsing."""

    def __init__(self) -> None:
        self.html = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True, collect_ids=False)


_PARSERS = _Parsers()


def parse_html(text: str) -> tuple[Element, bool]:
    """Parse HTML text, as `parse_source` does."""
    return parse_source(text.encode("utf-8", "replace"))


def parse_source(source: bytes) -> tuple[Element, bool]:
    """Parse HTML in UTF-8; also tell whether libxml2 gave up at its depth limit and dropped the rest.

    A source without any markup or character gives an empty element, and so does one with a tag that nobody wrote.
    """
    if len(source) > _PROBED and _is_suspect(source) and _is_crowded(source):
        return etree.Element("html"), True
    parser = _PARSERS.html
    try:
        tree = etree.fromstring(_END_TAGS.sub(b"", source), parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing in it
        tree = None
    if tree is None:
        return etree.Element("html"), False
    for other in tuple(tree.itersiblings()):  # a garbled first tag can leave the page beside its root
        tree.append(other)
    return tree, _gave_up(parser)


def _is_suspect(source: bytes) -> bool:
    return _LONG_TAG.search(source) is not None or source.count(b'=">') + source.count(b"='>") >= _BRACKETS


def _is_crowded(source: bytes) -> bool:
    """Tell whether an element has hundreds of attributes: without a tree they are cheap to count.

    Only the parser can tell: names and values may hold brackets and quotes.
    """
    crowd = _Crowd()
    with suppress(etree.ParserError, etree.XMLSyntaxError):  # nothing in it
        etree.fromstring(source, etree.HTMLParser(target=crowd, encoding="utf-8", huge_tree=True))  # type: ignore[arg-type]
    return crowd.found


def _gave_up(parser: etree.HTMLParser) -> bool:
    """Tell whether the parser's last word is that it reached a limit of its own; it ends there."""
    last = parser.error_log.last_error
    return last is not None and last.type_name == "ERR_RESOURCE_LIMIT"
