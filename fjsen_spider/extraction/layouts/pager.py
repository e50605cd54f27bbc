"""Selectors of pagers: of the older publisher, on articles and listings alike, and the two forms of the newer one."""

from __future__ import annotations

from typing import Final

from fjsen_spider.extraction.layouts.layout import PAGER_CLASS, Query, Selector, css, query

PAGERS: Final[tuple[Selector, ...]] = (css("#displaypagenum"), css("#autopage"), css(f"ul.{PAGER_CLASS}"))
LINKS: Final[Query] = query(".//a[@href]")
LEADS: Final[Query] = query("//a[img]/@href")
"""Where the links around pictures lead."""
COUNT: Final[Query] = query("number(@totalcount | @pages)")
"""How many pages a pager states: `totalcount` counts pages, whatever its name says."""
