"""An article that a page keeps in text fields, for its script to show: as huanqiu.com does."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import Final

from lxml import etree

from fjsen_spider.extraction.dates import LOCAL
from fjsen_spider.extraction.layouts.layout import Element
from fjsen_spider.extraction.parser import parse_html

_NAME: Final = re.compile(r"(?:^|\s)article-(?P<field>[a-z-]+)(?:$|\s)")
_LABELS: Final = {"source-name": "来源：", "author": "作者：", "editor-name": "责任编辑："}
_MOST: Final = 10_000
"""Pieces of markup that are read: a long article has some hundreds."""
_MILLISECONDS: Final = re.compile(r"\d{13}", re.ASCII)


def show_fields(tree: Element) -> None:
    """Put the article of a page's text fields where a reader would see it; nothing on a page without such."""
    fields = {
        match["field"]: node.text or ""
        for node in tree.iter("textarea")
        if (match := _NAME.search(node.get("class") or ""))
    }
    body = tree.find("body")
    content = fields.get("content", "")
    if body is None or "<p" not in content or content.count("<") > _MOST:
        return
    article = etree.SubElement(body, "div")
    etree.SubElement(article, "h1").text = fields.get("title")
    byline = [
        _time(fields.get("time", "")),
        *(f"{label}{fields[name]}" for name, label in _LABELS.items() if fields.get(name)),
    ]
    etree.SubElement(article, "p").text = " ".join(filter(None, byline))
    text, _ = parse_html(content)
    text.tag = "div"
    for node in [*text.iter("em", "img")]:
        _show(node)
    article.append(text)


def _show(node: Element) -> None:
    """Make bold what the script makes bold, and write a picture's caption under it."""
    if node.get("data-scene") == "strong":
        node.tag = "strong"
    elif caption := node.get("data-alt"):
        etree.SubElement(_line_of(node), "center").text = caption


def _line_of(node: Element) -> Element:
    return next((one for one in node.iterancestors() if one.tag in ("p", "section", "article", "div")), node)


def _time(text: str) -> str:
    """Return a time in milliseconds since 1970 as the portal shows it."""
    if not _MILLISECONDS.fullmatch(text.strip()):
        return ""
    return datetime.fromtimestamp(int(text) // 1000, timezone(LOCAL)).strftime("%Y-%m-%d %H:%M")
