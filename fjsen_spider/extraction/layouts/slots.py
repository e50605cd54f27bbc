"""Selectors that several templates share: the four `*_baidu` byline slots and the body."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypedDict

from fjsen_spider.extraction.layouts.landmarks import Landmarks
from fjsen_spider.extraction.layouts.layout import Element, Selector, css, parent


class Slots(TypedDict):
    """The byline selectors of a layout."""

    byline: Selector
    date: Selector
    source: Selector
    editors: Selector


BAIDU: Final[Slots] = {
    "byline": parent(css("#pubtime_baidu")),
    "date": css("#pubtime_baidu"),
    "source": css("#source_baidu"),
    "editors": css("#editor_baidu"),
}
AUTHOR: Final = css("#author_baidu")

_NEWS = css("div.cont-news")
_BY_ID = ("zoom", "new_message_id")
_BY_CLASS = ("cont-news", "zw", "phone_content")


def BODY(page: Landmarks) -> Sequence[Element]:  # noqa: N802 - a selector, as the others
    """Find the outermost of the body's containers: which of them a template has changed over the years."""
    news = _NEWS(page)
    outer = {*news, *page.ids.get("zoom", ())}
    named = [node for name in _BY_ID for node in page.ids.get(name, ())[:1] if outer.isdisjoint(node.iterancestors())]
    found = [*news[:1], *named]
    return found if len(found) < 2 else [node for node in page.tree.iter(*_tags(found)) if node in found]


def has_second_body(page: Landmarks) -> bool:
    """Tell whether a container stands outside of the outermost one: only one is read.

    They are counted, for asking each where it stands takes quadratic time.
    """
    bodies = {node for name in _BY_CLASS for node in page.classes.get(name, ())}
    bodies.update(node for name in _BY_ID for node in page.ids.get(name, ()))
    if len(bodies) < 2:
        return False
    some = next(iter(bodies))
    outermost = [node for node in (some, *some.iterancestors()) if node in bodies][-1]
    return sum(node in bodies for node in outermost.iter(*_tags(bodies))) < len(bodies)


def _tags(nodes: Iterable[Element]) -> set[str]:
    return {str(node.tag) for node in nodes}
