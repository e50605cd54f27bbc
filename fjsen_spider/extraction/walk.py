"""The body's markup → blocks: lines of text, pictures, films, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from fjsen_spider.extraction.blocks import Block, Kind
from fjsen_spider.extraction.layouts.layout import Element, is_pager, is_player
from fjsen_spider.extraction.tables import read_table
from fjsen_spider.extraction.text import collapse, string_of
from fjsen_spider.items import Link
from fjsen_spider.urls import absolute

_BREAKS = frozenset(
    (
        "address article aside blockquote br caption center dd div dl dt figcaption figure form h1 h2 h3 h4 "
        "h5 h6 hr li ol p pre section table tbody td tfoot th thead tr ul"
    ).split()
)
_STRONG = frozenset("b strong h1 h2 h3 h4 h5 h6 th".split())
_HIDDEN = frozenset("button head input link meta noscript option script select style template textarea title".split())
_FORM = frozenset("button noscript option select textarea".split())
_FILMS = frozenset("embed iframe object video".split())
_WHOLE = _HIDDEN | _FILMS | {"img"}
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*(\w+)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?:)?//[^\s&\"'<>|,;]+")
_FILM = re.compile(r"\.(?:mp4|flv|m3u8|f4v|webm)", re.IGNORECASE)


class _Style(NamedTuple):
    strong: bool = False
    kai: bool = False
    center: bool = False
    link: int = -1


@dataclass(slots=True)
class Body:
    """What a walk over the body found."""

    blocks: list[Block] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    unclosed: bool = False
    """The end mark of the content is not in the container."""
    followed: bool = False
    """Paragraphs stand right behind the container, or in a script of it."""


def read_body(container: Element, *, page: int, base: str | None, skip: frozenset[Element]) -> Body:
    """Read the blocks between the content marks of a body container, or all of it when it has none.

    `skip` are elements that are read elsewhere (headline, byline); pagers, scripts and the player's slot are
    skipped too. Deep nesting is no danger: the walk keeps its own stack.
    """
    return _Walk(container, page, base, skip).run()


class _Walk:
    """The state of one walk."""

    def __init__(self, container: Element, page: int, base: str | None, skip: frozenset[Element]) -> None:
        self.container, self.page, self.base, self.skip = container, page, base, skip
        self.depth = 0
        self.marked = any(_mark(node) == 1 for node in container.iter(etree.Comment))
        self.styles = [_Style()]
        self.runs: list[tuple[str, _Style]] = []
        self.hrefs: list[str] = []
        self.found = Body()
        self.broken = False

    @property
    def active(self) -> bool:
        return self.depth > 0 or not self.marked

    def run(self) -> Body:
        walk = etree.iterwalk(self.container, events=("start", "end", "comment"))
        for event, node in walk:
            if event == "start":
                if self.enter(node):
                    walk.skip_subtree()
            elif event == "end":
                self.leave(node)
            else:
                self.comment(node)
        self.flush()
        self.found.unclosed = self.marked and self.depth > 0
        return self.found

    def comment(self, node: Element) -> None:
        mark = _mark(node)
        if mark:
            self.flush()
            self.depth = max(0, self.depth + mark)
        self.words(node.tail)

    def enter(self, node: Element) -> bool:
        """Open an element; true when what is in it is not to be walked."""
        tag = str(node.tag)
        if tag in _BREAKS:
            self.flush()
            self.broken = tag == "br"
        self.styles.append(self.style(node, tag))
        if tag in _WHOLE or node in self.skip or is_pager(node) or is_player(node):
            self.whole(node, tag)
            return True
        if tag == "table" and self.active and (rows := read_table(node)):
            links = ((a.get("href") or "", string_of(a)) for a in node.iter("a"))
            known = tuple(
                Link(title=title, url=url) for href, title in links if title and (url := absolute(self.base, href))
            )
            self.add(Block(kind=Kind.TABLE, page=self.page, rows=rows, links=known))
            return True
        self.words(node.text)
        return False

    def leave(self, node: Element) -> None:
        if node.tag in _BREAKS:
            self.flush()
        self.styles.pop()
        if node is not self.container:
            self.words(node.tail)

    def style(self, node: Element, tag: str) -> _Style:
        above = self.styles[-1]
        if tag == "a" and (href := node.get("href")):
            self.hrefs.append(href)
            above = above._replace(link=len(self.hrefs) - 1)
        return _styled(above, tag, node.get("style"), node.get("align"), node.get("face"))

    def words(self, text: str | None) -> None:
        if not text or (not self.runs and text.isspace()):
            return
        if self.active:
            self.runs.append((text, self.styles[-1]))
        else:
            self.leave_out("outside-marks", len(collapse(text)))

    def leave_out(self, reason: str, characters: int) -> None:
        if characters:
            self.found.left_out[reason] = self.found.left_out.get(reason, 0) + characters

    def whole(self, node: Element, tag: str) -> None:
        """Take a picture or film, or count what is skipped."""
        if not self.active:
            return
        if tag == "script" and "</p>" in (node.text or ""):
            self.found.followed = True  # it was left open, and paragraphs are in it
        if tag == "img":
            self.picture(node)
        elif tag in _FILMS or (is_player(node) and node.get("flv")):
            self.film(node)
        elif is_player(node):
            self.leave_out("player", len(string_of(node)))
        elif tag in _FORM:
            self.leave_out("form", len(string_of(node)))

    def picture(self, node: Element) -> None:
        source = (node.get("src") or "").strip()
        if not source or source.lower().startswith("data:"):
            self.leave_out("inline-picture", 1)
            return
        url = absolute(self.base, source.replace(" ", "%20")) or source
        self.add(Block(kind=Kind.IMAGE, page=self.page, url=url, text=collapse(node.get("alt") or "")))

    def film(self, node: Element) -> None:
        self.add(Block(kind=Kind.VIDEO, page=self.page, url=_film_url(node, self.base)))

    def add(self, block: Block) -> None:
        self.flush()
        self.found.blocks.append(block)

    def flush(self) -> None:
        """End the line."""
        runs = self.runs
        if not runs:
            return
        self.runs = []
        text = collapse("".join([words for words, _ in runs]))
        if not text:
            return
        style = _common([style for words, style in runs if not words.isspace()])
        self.found.blocks.append(
            Block(
                kind=Kind.TEXT,
                page=self.page,
                text=text,
                strong=style.strong,
                kai=style.kai,
                center=style.center,
                links=tuple(self.links(runs)) if self.hrefs else (),
                continued=self.broken,
            )
        )

    def links(self, runs: list[tuple[str, _Style]]) -> Iterator[Link]:
        titles: dict[int, str] = {}
        for words, style in runs:
            if style.link >= 0:
                titles[style.link] = titles.get(style.link, "") + words
        for at, title in titles.items():
            url = absolute(self.base, self.hrefs[at])
            if url and collapse(title):
                yield Link(title=collapse(title), url=url)


@lru_cache(maxsize=512)
def _styled(above: _Style, tag: str, css: str | None, align: str | None, face: str | None) -> _Style:
    """Return the style inside an element: nearly all paragraphs of a page have one and the same."""
    css = css or ""
    told = _ALIGN.search(css)
    aligned = (told[1] if told else align or ("center" if tag == "center" else "")).lower()
    return _Style(
        strong=above.strong or tag in _STRONG or bool(_BOLD.search(css)),
        kai=above.kai or "楷" in (face or "") or "楷" in css,
        center=aligned == "center" if aligned and tag != "img" else above.center,
        link=above.link,
    )


def _common(styles: list[_Style]) -> _Style:
    """Return what all runs of a line have in common."""
    if len(styles) == 1:
        return styles[0]
    return _Style(all(one.strong for one in styles), all(one.kai for one in styles), all(one.center for one in styles))


def _mark(node: Element) -> int:
    """Return 1 for an opening content mark, -1 for a closing one, 0 for any other comment."""
    return {"enpcontent": 1, "/enpcontent": -1}.get((node.text or "").strip(), 0)


def _film_url(node: Element, base: str | None) -> str | None:
    """Return the address of a film: a film file that the player is told of, or else the player's own."""
    parts = [node, *node.iter("embed", "param", "source", "video")]
    told = [str(value) for part in parts for value in part.attrib.values()]
    for value in (one for one in told if _FILM.search(one)):
        for address in _ADDRESS.findall(unquote(value)):
            if match := _FILM.search(address):
                return absolute(base, address[: match.end()])
    sources = [part.get("src") or part.get("data") or part.get("flv") for part in parts]
    return next((url for source in sources if source and (url := absolute(base, source))), None)
