"""What only the head of a document tells: the last resort for date and source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from fjsen_spider.extraction.dates import read_date
from fjsen_spider.extraction.generic.found import Found
from fjsen_spider.extraction.layouts.layout import Element, xpath
from fjsen_spider.extraction.text import collapse

_DATES: Final = (
    "article:published_time",
    "og:published_time",
    "bytedance:published_time",
    "weibo:article:create_at",
    "datepublished",
    "publishdate",
    "pubdate",
    "publish-date",
    "publish_time",
    "apub:time",
    "_pubtime",
    "og:release_date",
)
"""Names of metas that hold a time of publication, the one that is told most exactly first."""
_SOURCES: Final = ("contentsource", "source", "article:source")
_METAS = xpath("//meta[@content]")
_DATA = xpath("//script[@type='application/ld+json']")
_PUBLISHED = re.compile(r'"(?:datePublished|pubDate)"\s*:\s*"([^"]{8,40})"')


def read_head(tree: Element) -> dict[str, Found]:
    """Read date and source off the metas of the head, or the date off its linked data."""
    metas: dict[str, str] = {}
    for node in _METAS(tree):
        name = node.get("property") or node.get("name") or node.get("itemprop") or ""
        metas.setdefault(name.lower(), collapse(node.get("content") or ""))
    found = dict(_first("source", _SOURCES, metas))
    found.update(_first("date", [name for name in _DATES if read_date(metas.get(name, ""))], metas))
    if "date" not in found:
        told = (match[1] for node in _DATA(tree) if (match := _PUBLISHED.search(node.text or "")))
        found |= dict(_dated(told))
    return found


def _dated(told: Iterable[str]) -> Iterator[tuple[str, Found]]:
    yield from (("date", Found((one,), "date.ld+json")) for one in told if read_date(one))


def _first(field: str, names: tuple[str, ...] | list[str], metas: dict[str, str]) -> Iterator[tuple[str, Found]]:
    for name in names:
        if metas.get(name):
            yield field, Found((metas[name],), f"{field}.meta:{name}")
            return
