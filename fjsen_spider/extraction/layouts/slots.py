"""Selectors that several templates share: the four `*_baidu` byline slots and the body."""

from __future__ import annotations

from typing import Final, TypedDict

from fjsen_spider.extraction.layouts.layout import Selector, css, has_class, xpath


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

_NEWS = f"div{has_class('cont-news')}"
_INSIDE = f"[not(ancestor::{_NEWS} or ancestor::*[@id='zoom'])]"
_BOXES = " or ".join(f"self::*{has_class(name)}" for name in ("cont-news", "zw", "phone_content"))
_ANY = f"descendant::*[@id or @class][@id='zoom' or @id='new_message_id' or {_BOXES}]"
BODIES: Final = xpath(f"/{_ANY}")
WITHIN: Final = xpath(_ANY)
"""Every container, and those in another; one that is not in the first is doubtful, for only the first is read."""
BODY: Final = xpath(f"//{_NEWS} | id('zoom'){_INSIDE} | id('new_message_id'){_INSIDE}")
"""The outermost of the body's containers: which of them a template has changed over the years."""
