"""The body as a flat sequence of blocks, and what each can be to the article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from fjsen_spider.items import Link


class Kind(StrEnum):
    """What a block holds."""

    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    TABLE = "table"


class Role(StrEnum):
    """What a block is to the article; given by `roles`."""

    PARAGRAPH = "paragraph"
    DECK = "deck"
    HEADING = "heading"
    SUBHEADING = "subheading"
    LABEL = "label"
    """A boxed or named heading, over headings of its own."""
    CAPTION = "caption"
    CREDIT = "credit"
    RELATED = "related"
    ATTACHMENT = "attachment"
    OFFER = "related-label"
    """A label over related links; it goes with the first of them."""
    EMPTY_LABEL = "empty-label"
    """A label over nothing."""
    SPECIAL = "special-link"
    """A `>>>专题<<<` link between parts."""
    PICTURE_LINK = "picture-link"
    """A link to a picture file."""


# Names of their own: up to Python 3.11 it takes longer to look a member up than to compare it.
TEXT: Final = Kind.TEXT
IMAGE: Final = Kind.IMAGE
VIDEO: Final = Kind.VIDEO
TABLE: Final = Kind.TABLE
PARAGRAPH: Final = Role.PARAGRAPH
DECK: Final = Role.DECK
HEADING: Final = Role.HEADING
SUBHEADING: Final = Role.SUBHEADING
LABEL: Final = Role.LABEL
CAPTION: Final = Role.CAPTION
CREDIT: Final = Role.CREDIT
RELATED: Final = Role.RELATED
ATTACHMENT: Final = Role.ATTACHMENT
OFFER: Final = Role.OFFER
EMPTY_LABEL: Final = Role.EMPTY_LABEL
SPECIAL: Final = Role.SPECIAL
PICTURE_LINK: Final = Role.PICTURE_LINK

LEFT_OUT: Final = (EMPTY_LABEL, SPECIAL, PICTURE_LINK)
"""Lines of the body that are left out of the record on purpose; besides them only the walk's `outside-marks`,
`player`, `form` (fields, notices to browsers) and `inline-picture`."""


class Block(NamedTuple):
    """A line of text with its marks, or a picture, film or table; a page has many, so it is a plain tuple."""

    kind: Kind
    page: int
    """Of the article; 0 a full-text page."""
    text: str = ""
    """The line; of a picture its alt text."""
    strong: bool = False
    """All of the line is bold."""
    kai: bool = False
    """All of the line is in 楷体."""
    center: bool = False
    links: tuple[Link, ...] = ()
    """Links of the line, titles as shown."""
    url: str | None = None
    """Of a picture or film, absolute."""
    rows: tuple[tuple[str | None, ...], ...] = ()
    """Of a table."""
    role: Role = PARAGRAPH
    continued: bool = False
    """The line stands in the same paragraph as the one above it, behind a `<br>`."""

    @property
    def unlinked(self) -> str:
        """The line without the words of its links."""
        # From link to link: each from the start of the line would take quadratic time.
        rest: list[str] = []
        done = 0
        for link in self.links:
            if (start := self.text.find(link.title, done)) >= 0:
                rest.append(self.text[done:start])
                done = start + len(link.title)
        return "".join([*rest, self.text[done:]]).strip()


Blocks = tuple[Block, ...]

_MARKS = [(bool(style & 1), bool(style & 2), bool(style & 4)) for style in range(8)]


def line(page: int, text: str, style: int, links: tuple[Link, ...] = (), continued: bool = False) -> Block:
    """Return a line of text in a style of `markup`."""
    # Past the constructor, at half its cost: a page has many lines.
    return tuple.__new__(Block, (TEXT, page, text, *_MARKS[style], links, None, (), PARAGRAPH, continued))


def lines(blocks: Sequence[Block], *roles: Role) -> list[int]:
    """Return where the lines of text with one of these roles are; of paragraphs without any."""
    wanted = roles or (PARAGRAPH,)
    return [at for at, one in enumerate(blocks) if one.kind is TEXT and one.role in wanted]


def set_roles(blocks: list[Block], roles: Mapping[int, Role]) -> None:
    """Give blocks new roles."""
    for at, role in roles.items():
        one = blocks[at]
        if role is not one.role:
            blocks[at] = tuple.__new__(Block, (*one[:-2], role, one.continued))
