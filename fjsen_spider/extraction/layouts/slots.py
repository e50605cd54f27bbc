"""Selectors that several templates share: the four `*_baidu` byline slots and the body."""

from __future__ import annotations

from typing import Final, TypedDict

from fjsen_spider.extraction.layouts.layout import Selector, css, xpath


class Slots(TypedDict):
    """The byline selectors of a layout."""

    byline: Selector
    date: Selector
    source: Selector
    editors: Selector


BAIDU: Final[Slots] = {
    "byline": xpath("//*[@id='pubtime_baidu']/.."),
    "date": css("#pubtime_baidu"),
    "source": css("#source_baidu"),
    "editors": css("#editor_baidu"),
}
AUTHOR: Final = css("#author_baidu")

_CONTAINER = (
    "(@id='new_message_id' or @id='zoom' or contains(concat(' ', normalize-space(@class), ' '), ' cont-news '))"
)
BODY: Final = xpath(f"//*[{_CONTAINER}][not(ancestor::*[{_CONTAINER}])]")
"""The outermost of the body's containers: which of them a template has changed over the years."""
