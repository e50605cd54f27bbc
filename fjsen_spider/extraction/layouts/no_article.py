"""Selectors that tell what a page is when it is no article."""

from __future__ import annotations

from typing import Final

from fjsen_spider.extraction.layouts.layout import Query, Selector, query, xpath

ENTRIES: Final[Query] = query("//li//a/@href")
"""The addresses that lists link to."""
BODY: Final[Selector] = xpath("//body")
HEADLINES: Final[Selector] = xpath("//title | //h1")
SCRIPTS: Final[Selector] = xpath("//script")
UNSEEN: Final[Selector] = xpath("//body//script | //body//noscript | //body//style")
