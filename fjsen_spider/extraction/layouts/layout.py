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


def css(*steps: str) -> Selector:
    """Compile a path of `tag.class`, `tag#id` or plain tag steps, each a descendant of the one before.

    Classes are tested as whole tokens, as CSS does.
    """
    return xpath("".join("//" + _step(step) for step in steps))


def _step(step: str) -> str:
    tag, dot, name = step.partition(".")
    if dot:
        return f"{tag or '*'}[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
    tag, hash_, name = step.partition("#")
    return f"{tag or '*'}[@id='{name}']" if hash_ else tag


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

    def slots(self, tree: Element) -> dict[str, Element]:
        """Return the first element in each slot that the page has."""
        found = {name: selector(tree) for name in SLOTS if (selector := getattr(self, name)) is not None}
        return {name: nodes[0] for name, nodes in found.items() if nodes}

    def matches(self, tree: Element) -> bool:
        """Tell by its DOM signature whether the page is of this layout."""
        return bool(self.title(tree)) and bool(self.body(tree))


SLOTS: Final = ("title", "body", "byline", "date", "authors", "source", "editors", "summary")

BREADCRUMB: Final = (css(".path_tx"), css("a.daohang"))
"""您所在的位置 in the portal's chrome: the whole line, or else its steps."""

PAGERS: Final = xpath(
    ".//*[@id='displaypagenum' or @id='autopage' or @id='mpagecount' or @id='mcurrentpage']"
    " | .//ul[contains(concat(' ', normalize-space(@class), ' '), ' pages ')]"
)
"""In-article pagers of both CMS eras; they may stand inside the body."""
PLAYER: Final = xpath(".//span[contains(concat(' ', normalize-space(@class), ' '), ' fplayer ')]")
"""The slot of a film player; its text is never the article's."""
META_KEYWORDS: Final = query("//meta[translate(@name, 'KEYWORDS', 'keywords') = 'keywords']/@content")
"""The head's keywords."""
