"""Runs of text between tags → what a line of them says, how it looks, where it links to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from fjsen_spider.extraction.markup import CENTER, KAI, STRONG
from fjsen_spider.extraction.text import collapse
from fjsen_spider.items import Link
from fjsen_spider.urls import absolute

Run: TypeAlias = tuple[str, int, int]
"""Text, its style, and the index of the link around it: -1 without."""


def join_runs(runs: Sequence[Run]) -> tuple[str, int]:
    """Return the text of several runs, and the style that all of its words have."""
    style = STRONG | KAI | CENTER
    for words, own, _ in runs:
        if own != style and not words.isspace():
            style &= own
    return "".join([words for words, _, _ in runs]), style


def read_links(runs: Sequence[Run], hrefs: Sequence[str], base: str | None) -> tuple[Link, ...]:
    """Return the links of a line, titles as shown; those without words or address are none."""
    titles: dict[int, str] = {}
    for words, _, link in runs:
        if link >= 0:
            titles[link] = titles.get(link, "") + words
    shown = [(title, hrefs[link]) for link, words in titles.items() if (title := collapse(words))]
    return tuple([Link(title=title, url=url) for title, href in shown if (url := absolute(base, href))])
