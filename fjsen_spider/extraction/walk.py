"""The body's markup → blocks: lines of text, pictures, films, tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import Final, TypeAlias

from fjsen_spider.extraction import figures
from fjsen_spider.extraction.blocks import Block, line
from fjsen_spider.extraction.layouts.layout import Element, is_pager, is_player
from fjsen_spider.extraction.markup import FILMS, FORM, WHOLE, Tag, read_markup, read_tag, unescape
from fjsen_spider.extraction.runs import Run, join_runs, read_links
from fjsen_spider.extraction.text import collapse, string_of

_MARKS: Final = {"enpcontent": 1, "/enpcontent": -1}
_MOST: Final = 10_000
"""Pieces of markup that are walked of a body, those of tables and of what is skipped not counted: the longest real one
has a few hundred, a megabyte of `<br>` has 200,000."""

_Around: TypeAlias = tuple[int, int, bool]
"""The style and link that hold around an element, and whether it ends a line."""


@dataclass(slots=True)
class Body:
    """What a walk over the body found."""

    blocks: list[Block] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    unclosed: bool = False
    """The end mark of the content is not in the container."""
    truncated: bool = False
    """It has more pieces of markup, or a table more links, than are read."""
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
        self.skip = skip if any(container in node.iterancestors(container.tag) for node in skip) else frozenset()
        self.nodes: list[Element] = []
        self.number = -1
        self.unseen = 0
        """How many elements are open of one that is skipped."""
        self.passed = 0
        """How many pieces have been passed by."""
        self.depth = 0
        self.marked = False
        self.active = True
        self.around: list[_Around] = []
        self.style, self.link = 0, -1
        self.runs: list[Run] = []
        self.hrefs: list[str] = []
        self.found = Body()
        self.broken = False

    @property
    def element(self) -> Element:
        """The element whose start tag has just been read."""
        if not self.nodes:
            self.nodes = [*self.container.iter("*")]
        return self.nodes[self.number]

    def run(self) -> Body:
        pieces, add, page = read_markup(self.container), self.found.blocks.append, self.page
        self.marked = any(_mark(markup) == 1 for _, _, markup, _ in pieces if markup[:1] == "!")
        self.active = not self.marked
        for at, (paragraph, words, markup, text) in enumerate(pieces):
            if at - self.passed >= _MOST:
                self.found.truncated = True
                break
            if self.unseen:
                self.pass_by(paragraph, markup)
            elif paragraph:
                if self.skip or not self.active or self.link >= 0 or (tag := read_tag(paragraph)).apart:
                    self.paragraph(paragraph, words)
                else:
                    self.number += 1
                    if self.runs:
                        self.flush()
                    self.broken = False
                    if shown := collapse(unescape(words) if "&" in words else words):
                        add(line(page, shown, self.style & tag.keeps | tag.adds))
            elif markup[0] == "/":
                self.leave()
            else:
                self.turn(markup)
            if text and (self.runs or not text.isspace()) and not self.unseen:
                self.words(text)
        if self.runs:
            self.flush()
        self.found.unclosed = self.marked and self.depth > 0
        return self.found

    def words(self, text: str) -> None:
        if "&" in text:
            text = unescape(text)
        if self.active:
            self.runs.append((text, self.style, self.link))
        else:
            self.leave_out("outside-marks", len(collapse(text)))

    def paragraph(self, start: str, words: str) -> None:
        """Take a paragraph with nothing but text in it, where that may not be the article's."""
        self.enter(start)
        if words and not self.unseen:
            self.words(words)
        self.unseen = 0
        self.leave()

    def pass_by(self, paragraph: str, markup: str) -> None:
        """Count what is inside of a skipped element, up to its end."""
        self.passed += 1
        if paragraph:
            self.number += 1
        elif markup[0] == "/":
            self.unseen -= 1
            if not self.unseen:
                self.leave()
        elif markup[0] != "!":
            self.number += 1
            self.unseen += markup[-1] != "/"

    def turn(self, markup: str) -> None:
        """Take a break, a comment or a start tag."""
        if markup == "br/":
            self.number += 1
            if self.runs:
                self.flush()
            self.broken = True
        elif markup[0] != "!":
            self.enter(markup)
        elif mark := _mark(markup):
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
        if closed:
            if tag.apart or self.skip:
                self.is_whole(tag, closed=True)
            return
        self.around.append((self.style, self.link, tag.breaks))
        self.style = self.style & tag.keeps | tag.adds
        if tag.name == "a" and (href := tag.attributes.get("href")):
            self.hrefs.append(href)
            self.link = len(self.hrefs) - 1
        if (tag.apart or self.skip) and self.is_whole(tag, closed=False):
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
        if tag.name in WHOLE:
            self.whole(tag)
        elif is_player(tag.name, tag.attributes) and (closed or self.element.find("p") is None):
            self.player(tag, closed=closed)
        elif not (is_pager(tag.name, tag.attributes) or (self.skip and self.element in self.skip)):
            return tag.name == "table" and self.active and not closed and self.table()
        return True

    def whole(self, tag: Tag) -> None:
        """Take a picture or film, or count what is skipped."""
        if not self.active:
            return
        if tag.name == "img":
            if picture := figures.picture(tag.attributes, self.page, self.base):
                self.add(picture)
            else:
                self.leave_out("inline-picture", 1)
        elif tag.name in FILMS:
            self.add(figures.film(self.element, self.page, self.base))
        elif tag.name in FORM:
            self.leave_out("form", len(string_of(self.element)))
        elif tag.name == "script" and "</p>" in (self.element.text or ""):
            self.found.followed = True  # it was left open, and paragraphs are in it

    def player(self, tag: Tag, *, closed: bool) -> None:
        """Take the film of a player's slot, or count what stands in it until a script replaces it."""
        if self.active and tag.attributes.get("flv"):
            self.add(figures.film(self.element, self.page, self.base))
        elif self.active and not closed:
            self.leave_out("player", len(string_of(self.element)))

    def table(self) -> bool:
        """Take a table of data; false for one that only lays out."""
        if table := figures.table(self.element, self.page, self.base):
            self.add(table)
            unread = islice(self.element.iter("a"), figures.MOST_LINKS, None)
            self.found.truncated |= next(unread, None) is not None
        return table is not None

    def add(self, block: Block) -> None:
        if self.runs:
            self.flush()
        self.found.blocks.append(block)

    def flush(self) -> None:
        """End the line."""
        runs, self.runs = self.runs, []
        text, style = runs[0][:2] if len(runs) == 1 else join_runs(runs)
        if text := collapse(text):
            links = read_links(runs, self.hrefs, self.base) if self.hrefs else ()
            self.found.blocks.append(line(self.page, text, style, links, self.broken))


def _mark(markup: str) -> int:
    """Return 1 for an opening content mark, -1 for a closing one, 0 for anything else."""
    return _MARKS.get(markup[3:-2].strip(), 0) if markup.startswith("!--") else 0
