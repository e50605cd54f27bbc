"""Selectors that several templates share: the four `*_baidu` byline slots and the body."""

from __future__ import annotations

from typing import Final, TypedDict

from fjsen_spider.extraction.layouts.layout import Selector, css, has_class, path, xpath


class Slots(TypedDict):
    """The byline selectors of a layout."""

    byline: Selector
    date: Selector
    source: Selector
    editors: Selector


BAIDU: Final[Slots] = {
    "byline": xpath("id('pubtime_baidu')/.."),
    "date": css("#pubtime_baidu"),
    "source": css("#source_baidu"),
    "editors": css("#editor_baidu"),
}
AUTHOR: Final = css("#author_baidu")

_BY_ID = ("zoom", "new_message_id")
_BY_CLASS = ("cont-news", "zw", "phone_content")
_INSIDE = f"[not(ancestor::div{has_class('cont-news')} or ancestor::*[@id='zoom'])]"


def _bodies(axis: str) -> str:
    named = " or ".join(f"self::*{has_class(name)}" for name in _BY_CLASS)
    hinted = " or ".join(
        f"contains(., '{name}')" for name in _BY_CLASS
    )  # few classes pass, and only they are taken apart
    ids = " or ".join(f". = '{name}'" for name in _BY_ID)
    return f"{axis}/@id[{ids}]/.. | {axis}/@class[{hinted}]/parent::*[{named}]"


BODIES: Final = xpath(_bodies("//*"))
WITHIN: Final = xpath(_bodies("descendant::*"))
"""Every container, and those in another; one that is not in the first is doubtful, for only the first is read."""
BODY: Final = xpath(f"//{path('div.cont-news')} | id('zoom'){_INSIDE} | id('new_message_id'){_INSIDE}")
"""The outermost of the body's containers: which of them a template has changed over the years."""
