"""The body's markup → blocks: lines of text, pictures, films, tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from fjsen_spider.extraction.blocks import IMAGE, PARAGRAPH, TABLE, TEXT, VIDEO, Block
from fjsen_spider.extraction.films import film_url
from fjsen_spider.extraction.layouts.layout import Element, is_pager, is_player
from fjsen_spider.extraction.markup import CENTER, KAI, STRONG, Tag, read_markup, read_tag
from fjsen_spider.extraction.tables import read_table
from fjsen_spider.extraction.text import collapse, string_of
from fjsen_spider.items import Link
from fjsen_spider.urls import absolute

_HIDDEN = frozenset("button head input link meta noscript option script select style template textarea title".split())
_FORM = frozenset("button noscript option select textarea".split())
_FILMS = frozenset("embed iframe object video".split())
_WHOLE = _HIDDEN | _FILMS | {"img"}
_TAKEN = _WHOLE | {"table"}
_MARKS = {"enpcontent": 1, "/enpcontent": -1}


_Run: TypeAlias = tuple[str, int, int]
"""Text, its style, and the index of the link around it: -1 without."""
_Around: TypeAlias = tuple[int, int, bool]
"""The style and link that hold around an element, and whether it ends a line."""


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
        self.container, self.page, self.base = container, page, base
        self.skip = skip if any(container in node.iterancestors() for node in skip) else frozenset()
        self.depth = 0
        self.number = -1
        self.unseen = 0
        """How many elements are open of one that is skipped."""
        self.marked = False
        self.active = True
        self.around: list[_Around] = []
        self.style, self.link = 0, -1
        self.runs: list[_Run] = []
        self.hrefs: list[str] = []
        self.found = Body()
        self.broken = False

    @cached_property
    def elements(self) -> list[Element]:
        """The elements in the order of their start tags."""
        return [*self.container.iter("*")]

    @property
    def element(self) -> Element:
        """The element whose start tag has just been read."""
        return self.elements[self.number]

    def run(self) -> Body:
        pieces = [*read_markup(self.container)]
        self.marked = any(_mark(markup) == 1 for _, _, markup, _ in pieces if markup and markup[0] == "!")
        self.active = not self.marked
        for paragraph, words, markup, text in pieces:
            if self.unseen:
                self.pass_by(paragraph, markup)
            elif paragraph:
                self.paragraph(paragraph, words)
            elif markup[0] == "/":
                self.leave()
            elif markup[0] == "!":
                self.comment(markup)
            else:
                self.enter(markup)
            if text and (self.runs or not text.isspace()) and not self.unseen:
                self.words(text)
        if self.runs:
            self.flush()
        self.found.unclosed = self.marked and self.depth > 0
        return self.found

    def words(self, text: str) -> None:
        if self.active:
            self.runs.append((text, self.style, self.link))
        else:
            self.leave_out("outside-marks", len(collapse(text)))

    def paragraph(self, start: str, words: str) -> None:
        """Take a paragraph with nothing but text in it."""
        tag = read_tag(start)
        if tag.named or self.skip or not self.active:
            self.enter(start)
            if words and not words.isspace() and not self.unseen:
                self.words(words)
            self.unseen = 0
            self.leave()
            return
        self.number += 1
        if self.runs:
            self.flush()
        self.broken = False
        if words and not words.isspace():
            self.runs.append((words, self.style & tag.keeps | tag.adds, self.link))
            self.flush()

    def pass_by(self, paragraph: str | None, markup: str) -> None:
        """Count what is inside of a skipped element, up to its end."""
        if paragraph:
            self.number += 1
        elif markup[0] == "/":
            self.unseen -= 1
            if not self.unseen:
                self.leave()
        elif markup[0] != "!":
            self.number += 1
            self.unseen += markup[-1] != "/"

    def comment(self, markup: str) -> None:
        if mark := _mark(markup):
            if self.runs:
                self.flush()
            self.depth = max(0, self.depth + mark)
            self.active = self.depth > 0 or not self.marked

    def enter(self, markup: str) -> None:
        tag, closed = read_tag(markup), markup[-1] == "/"
        self.number += 1
        if tag.breaks:
            if self.runs:
                self.flush()
            self.broken = tag.name == "br"
        asked = tag.named or tag.name in _TAKEN or self.skip
        if closed:
            if asked:
                self.is_whole(tag, closed=True)
            return
        self.around.append((self.style, self.link, tag.breaks))
        self.style = self.style & tag.keeps | tag.adds
        if tag.name == "a" and (href := tag.attributes.get("href")):
            self.hrefs.append(href)
            self.link = len(self.hrefs) - 1
        if asked and self.is_whole(tag, closed=False):
            self.unseen = 1

    def leave(self) -> None:
        self.style, self.link, breaks = self.around.pop()
        if breaks and self.runs:
            self.flush()

    def leave_out(self, reason: str, characters: int) -> None:
        if characters:
            self.found.left_out[reason] = self.found.left_out.get(reason, 0) + characters

    def is_whole(self, tag: Tag, *, closed: bool) -> bool:
        """Tell whether what is in an element is not to be walked: it is skipped, or taken here as a whole."""
        if tag.name in _WHOLE:
            self.whole(tag)
        elif is_player(tag.name, tag.attributes) and (closed or self.element.find("p") is None):
            self.player(tag, closed=closed)
        elif not (is_pager(tag.name, tag.attributes) or (self.skip and self.element in self.skip)):
            return tag.name == "table" and self.active and not closed and self.table(self.element)
        return True

    def whole(self, tag: Tag) -> None:
        """Take a picture or film, or count what is skipped."""
        if not self.active:
            return
        if tag.name == "img":
            self.picture(tag)
        elif tag.name in _FILMS:
            self.film()
        elif tag.name in _FORM:
            self.leave_out("form", len(string_of(self.element)))
        elif tag.name == "script" and "</p>" in (self.element.text or ""):
            self.found.followed = True  # it was left open, and paragraphs are in it

    def player(self, tag: Tag, *, closed: bool) -> None:
        """Take the film of a player's slot, or count what stands in it until a script replaces it."""
        if self.active and tag.attributes.get("flv"):
            self.film()
        elif self.active and not closed:
            self.leave_out("player", len(string_of(self.element)))

    def picture(self, tag: Tag) -> None:
        source = tag.attributes.get("src", "").strip()
        if not source or source.lower().startswith("data:"):
            self.leave_out("inline-picture", 1)
            return
        url = absolute(self.base, source.replace(" ", "%20")) or source
        self.add(Block(kind=IMAGE, page=self.page, url=url, text=collapse(tag.attributes.get("alt", ""))))

    def film(self) -> None:
        self.add(Block(kind=VIDEO, page=self.page, url=film_url(self.element, self.base)))

    def table(self, node: Element) -> bool:
        """Take a table of data; false for one that only lays out."""
        rows = read_table(node)
        if rows:
            links = ((a.get("href") or "", string_of(a)) for a in node.iter("a"))
            known = tuple(
                Link(title=title, url=url) for href, title in links if title and (url := absolute(self.base, href))
            )
            self.add(Block(kind=TABLE, page=self.page, rows=rows, links=known))
        return bool(rows)

    def add(self, block: Block) -> None:
        if self.runs:
            self.flush()
        self.found.blocks.append(block)

    def flush(self) -> None:
        """End the line."""
        runs, self.runs = self.runs, []
        if len(runs) == 1:
            text, style, _ = runs[0]
        else:
            text = "".join([words for words, _, _ in runs])
            style = STRONG | KAI | CENTER
            for words, own, _ in runs:
                if own != style and not words.isspace():
                    style &= own
        text = collapse(text)
        if not text:
            return
        strong, kai, center = bool(style & STRONG), bool(style & KAI), bool(style & CENTER)
        links = tuple(self.links(runs)) if self.hrefs else ()
        # By position: a page has many lines, and names would double the cost.
        block = Block(TEXT, self.page, text, strong, kai, center, links, None, (), PARAGRAPH, self.broken)
        self.found.blocks.append(block)

    def links(self, runs: list[_Run]) -> Iterator[Link]:
        titles: dict[int, str] = {}
        for words, _, link in runs:
            if link >= 0:
                titles[link] = titles.get(link, "") + words
        for at, words in titles.items():
            if (title := collapse(words)) and (url := absolute(self.base, self.hrefs[at])):
                yield Link(title=title, url=url)


def _mark(markup: str) -> int:
    """Return 1 for an opening content mark, -1 for a closing one, 0 for anything else."""
    return _MARKS.get(markup[3:-2].strip(), 0) if markup.startswith("!--") else 0
