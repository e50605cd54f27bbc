"""What a template is: a name and compiled selectors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

from lxml import etree

Element: TypeAlias = etree._Element
Selector: TypeAlias = Callable[[Element], list[Element]]
"""A compiled path that finds elements."""
Query: TypeAlias = Callable[[Element], Any]
"""A compiled path that finds strings or numbers."""


def xpath(path: str) -> Selector:
    """Compile an XPath that finds elements."""
    return cast("Selector", etree.XPath(path))


def query(path: str) -> Query:
    """Compile an XPath that finds strings or numbers."""
    return cast("Query", etree.XPath(path))


def css(step: str) -> Selector:
    """Compile a `tag.class`, `.class`, `#id` or plain tag step; classes are tested as whole tokens, as CSS does."""
    return xpath(f"id('{step[1:]}')" if step.startswith("#") else f"//{path(step)}")


def inside(box: str, step: str) -> Selector:
    """Compile what finds a step in any box, in order: each box is walked once, however boxes are nested."""
    boxes, nested, wanted = xpath(f"//{path(box)}"), xpath(f".//{path(box)}"), xpath(f".//{path(step)}")

    def select(tree: Element) -> list[Element]:
        found: list[Element] = []
        seen: set[Element] = set()
        for one in boxes(tree):
            if one not in seen:
                seen.update(nested(one))
                found += wanted(one)
        return found

    return select


def first_box(box: str, step: str) -> str:
    """Return the path to a step in the first box that has it.

    Where boxes are nested, asking each element for its box, or each box for its elements, takes quadratic time.
    """
    return f"(//{path(box)}[.//{path(step)}])[1]//{path(step)}"


def path(step: str) -> str:
    """Return the XPath step of `tag.class`, `.class` or a plain tag: from classes to elements is the quick way round."""
    tag, dot, name = step.partition(".")
    return f"{tag or '*'}/@class[{_WHOLE.format(name)}]/parent::*" if dot else tag


_WHOLE = "contains(concat(' ', normalize-space(), ' '), ' {} ')"


def has_class(name: str) -> str:
    """Return the XPath test of an element for a whole class token."""
    return f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One template of the portal.

    A page is of this layout when it has both its title and its body. A slot that is None is read out of the byline
    by its label (来源：, 作者：, 责任编辑：).
    """

    name: str
    mark: str
    """Words of its markup without which a page is not looked at: the name of its headline box."""
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

    def find(self, tree: Element) -> dict[str, list[Element]]:
        """Return the elements in each slot; nothing when the page is not of this layout, by its DOM signature."""
        found = {"title": self.title(tree)}
        if found["title"]:
            found["body"] = self.body(tree)
        if not found.get("body"):
            return {}
        return found | {slot: selector(tree) for slot in SLOTS if (selector := getattr(self, slot)) is not None}


SLOTS: Final = ("byline", "date", "authors", "source", "editors", "summary")
"""What a page has besides title and body."""

BREADCRUMB: Final = (css(".path_tx"), css("a.daohang"))
"""您所在的位置 in the portal's chrome: the whole line, or else its steps."""

PAGER_IDS: Final = frozenset({"displaypagenum", "autopage", "mpagecount", "mcurrentpage"})
PAGER_CLASS: Final = "pages"
"""In-article pagers of both CMS eras, by id or, a list, by class; they may stand inside the body."""
PLAYER_CLASS: Final = "fplayer"
"""The slot of a film player; its text is never the article's."""


def is_pager(node: Element) -> bool:
    """Tell whether an element is an in-article pager."""
    return node.get("id") in PAGER_IDS or (node.tag == "ul" and PAGER_CLASS in (node.get("class") or "").split())


def is_player(node: Element) -> bool:
    """Tell whether an element is the slot of a film player; one left open has the article's paragraphs in it."""
    return node.tag == "span" and PLAYER_CLASS in (node.get("class") or "").split() and node.find("p") is None


META_KEYWORDS: Final = query("//meta[translate(@name, 'KEYWORDS', 'keywords') = 'keywords']/@content")
"""The head's keywords."""
