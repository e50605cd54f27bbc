"""What a template is: a name and selectors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

from lxml import etree

from fjsen_spider.extraction.layouts.landmarks import Landmarks

Element: TypeAlias = etree._Element
Selector: TypeAlias = Callable[[Landmarks], Sequence[Element]]
"""What finds the elements of a slot; the first counts."""
Path: TypeAlias = Callable[[Element], list[Element]]
"""A compiled path that finds elements, from an element on."""
Query: TypeAlias = Callable[[Element], Any]
"""A compiled path that finds strings or numbers."""


def xpath(path: str) -> Path:
    """Compile an XPath that finds elements."""
    return cast("Path", etree.XPath(path))


def query(path: str) -> Query:
    """Compile an XPath that finds strings or numbers."""
    return cast("Query", etree.XPath(path))


def css(step: str) -> Selector:
    """Compile `#id`, `tag.class`, `.class` or a plain tag; a class is a whole token of the attribute, as CSS has it."""
    tag, dot, name = step.partition(".")
    if tag.startswith("#"):
        return lambda page: page.ids.get(tag[1:], ())
    if not dot:
        return lambda page: [*page.tree.iter(tag)]
    return lambda page: [node for node in page.classes.get(name, ()) if tag in ("", node.tag)]


def first_box(box: str, step: str) -> Selector:
    """Compile what finds a step in the first box that has it; however boxes are nested, none is walked twice."""
    boxes = css(box)
    tag, _, name = step.partition(".")

    def select(page: Landmarks) -> Sequence[Element]:
        without: set[Element] = set()
        for one in boxes(page):
            if one in without:
                continue
            if found := [node for node in one.iterdescendants(tag) if not name or has_class(node, name)]:
                return found
            without.update(one.iterdescendants(one.tag))
        return ()

    return select


def then(selector: Selector, path: str) -> Selector:
    """Compile an XPath that begins at the first element of a selector."""
    further = xpath(path)
    return lambda page: [node for first in selector(page)[:1] for node in further(first)]


def parent(selector: Selector) -> Selector:
    """Compile what finds the element around the first of a selector."""
    return lambda page: [node for first in selector(page)[:1] if (node := first.getparent()) is not None]


def unless(other: Selector, selector: Selector) -> Selector:
    """Compile what finds a selector's elements on a page that has none of another's."""
    return lambda page: () if other(page) else selector(page)


def outermost(nodes: Iterable[Element]) -> Iterator[Element]:
    """Leave out what is nested in another, so that nothing is walked twice; `nodes` are in document order."""
    inside: set[Element] = set()
    for node in nodes:
        if node not in inside:
            yield node
            inside.update(node.iterdescendants("*"))


def has_class(node: Element, name: str) -> bool:
    """Tell whether an element has a class."""
    return name in (node.get("class") or "").split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One template of the portal.

    A page is of this layout when it has both its title and its body. A slot that is None is read out of the byline
    by its label (来源：, 作者：, 责任编辑：).
    """

    name: str
    title: Selector
    body: Selector
    """The container of the running text; where it holds `enpcontent` marks, only what is between them counts."""
    byline: Selector
    date: Selector | None = None
    authors: Selector | None = None
    source: Selector | None = None
    editors: Selector | None = None
    summary: Selector | None = None
    pictures: bool = False
    """A template for pictures: even a lone one with a paragraph under it is a gallery."""

    def find(self, page: Landmarks) -> dict[str, Element]:
        """Return the element in each slot; nothing when the page is not of this layout, by its DOM signature."""
        if not (titles := self.title(page)) or not (bodies := self.body(page)):
            return {}
        found = {slot: selector(page) for slot in SLOTS if (selector := getattr(self, slot)) is not None}
        return {"title": titles[0], "body": bodies[0]} | {slot: nodes[0] for slot, nodes in found.items() if nodes}


SLOTS: Final = ("byline", "date", "authors", "source", "editors", "summary")
"""What a page has besides title and body."""

BREADCRUMB: Final = (css(".path_tx"), css("a.daohang"))
"""您所在的位置 in the portal's chrome: the whole line, or else its steps."""

PAGER_IDS: Final = frozenset({"displaypagenum", "autopage", "mpagecount", "mcurrentpage"})
PAGER_CLASS: Final = "pages"
"""In-article pagers of both CMS eras, by id or, a list, by class; they may stand inside the body."""
PLAYER_CLASS: Final = "fplayer"
"""The slot of a film player; its text is never the article's."""


def is_pager(tag: str, attributes: Mapping[str, str]) -> bool:
    """Tell whether an element is an in-article pager."""
    return attributes.get("id") in PAGER_IDS or (tag == "ul" and PAGER_CLASS in attributes.get("class", "").split())


def is_player(tag: str, attributes: Mapping[str, str]) -> bool:
    """Tell whether an element is the slot of a film player; one left open has the article's paragraphs in it."""
    return tag == "span" and PLAYER_CLASS in attributes.get("class", "").split()


META_KEYWORDS: Final = query("//meta[translate(@name, 'KEYWORDS', 'keywords') = 'keywords']/@content")
"""The head's keywords."""
