"""What is put on top of a body that is cleaned: its deck, pictures that stand above it."""

from __future__ import annotations

from lxml import etree

from fjsen_spider.extraction.layouts.layout import Element


def mark_of(body: Element) -> Element | None:
    """Return the mark before a body's content."""
    return next((node for node in body.iter(etree.Comment) if (node.text or "").strip() == "enpcontent"), None)


def put_on_top(body: Element, node: Element) -> None:
    """Put an element on top of a body, behind its content mark; text behind the element stays where it was."""
    _take_out(node)
    mark = mark_of(body)
    around = mark.getparent() if mark is not None else None
    if mark is not None and around is not None:
        node.tail, mark.tail = mark.tail, None
        around.insert(around.index(mark) + 1, node)
    else:
        node.tail, body.text = body.text, None
        body.insert(0, node)


def _take_out(node: Element) -> None:
    parent, before = node.getparent(), node.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + (node.tail or "")
    else:
        parent.text = (parent.text or "") + (node.tail or "")
    parent.remove(node)
    node.tail = None
