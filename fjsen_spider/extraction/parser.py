"""The HTML parser: libxml2, told what it gets."""

from __future__ import annotations

import re
import threading

from lxml import etree

from fjsen_spider.extraction.layouts.layout import Element

_END_TAGS = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)
"""libxml2 drops what stands behind the first of them, and a page may have several."""


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

    A source without any markup or character gives an empty element.
    """
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


def _gave_up(parser: etree.HTMLParser) -> bool:
    """Tell whether the parser's last word is that it reached a limit of its own; it ends there."""
    last = parser.error_log.last_error
    return last is not None and last.type_name == "ERR_RESOURCE_LIMIT"
