"""Selectors that tell what a page is when it is no article."""

from __future__ import annotations

from typing import Final

from fjsen_spider.extraction.layouts.layout import Path, xpath

ENTRIES: Final[Path] = xpath("//li")
"""What lists consist of."""
BODY: Final[Path] = xpath("//body")
HEADLINES: Final[Path] = xpath("//title | //h1")
SCRIPTS: Final[Path] = xpath("//script")
UNSEEN: Final[Path] = xpath("//body//script | //body//noscript | //body//style")
