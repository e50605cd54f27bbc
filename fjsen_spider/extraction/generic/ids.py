"""The `*_baidu` ids that news sites gave their bylines for a search engine: they outlive every change of a template."""

from __future__ import annotations

import re
from typing import Final

from fjsen_spider.extraction.generic.found import Found
from fjsen_spider.extraction.generic.labelled import names_in
from fjsen_spider.extraction.layouts.layout import Element, xpath
from fjsen_spider.extraction.text import squeeze, string_of

_IDS: Final = {
    "date": "pubtime_baidu",
    "source": "source_baidu",
    "authors": "author_baidu",
    "editors": "editor_baidu",
}
_SELECTORS: Final = {field: xpath(f"descendant::*[@id='{name}'][1]") for field, name in _IDS.items()}
_LABEL = re.compile(r"^\s*(?:来\s?源|稿源|作\s?者|责任编辑|责\s?编|编\s?辑|发布时间|时间)\s*[：:]\s*")


def read_ids(tree: Element) -> dict[str, Found]:
    """Read the fields that have such an id; a second editor stands behind the element as bare text."""
    found: dict[str, Found] = {}
    for field, selector in _SELECTORS.items():
        for node in selector(tree):
            beside = node.tail or "" if field == "editors" else ""
            shown = _LABEL.sub("", f"{string_of(node)} {beside}").strip()
            values = names_in(shown) if field in ("authors", "editors") else tuple(filter(None, (shown,)))
            if values:
                found[field] = Found(values, f"{field}.{_IDS[field]}", _link(node, shown))
    return found


def _link(node: Element, words: str) -> str | None:
    return next((link.get("href") for link in node.iter("a") if squeeze(string_of(link)) == squeeze(words)), None)
