"""Where the words that rules look for stand in the source of a page: one scan finds them all."""

from __future__ import annotations

from typing import Final, NamedTuple

from ahocorasick_rs import BytesAhoCorasick, MatchKind

COMMENT: Final = "c"
"""The CMS comment."""
MARK: Final = "m"
"""The mark before the content."""
END: Final = "e"
"""The mark behind the content."""
HEAD: Final = "h"
"""The headline's box."""
PART: Final = "p"
"""Another element of the article, or a pager, which tells of pages that may be missing."""
TITLE: Final = "t"
KEYWORDS: Final = "k"
BREADCRUMB: Final = "b"
STEP: Final = "s"
"""A step of the breadcrumb, or something else that looks so."""

_ROLES: Final = {
    COMMENT: "<!--enpproperty",
    MARK: "<!--enpcontent-->",
    END: "<!--/enpcontent-->",
    HEAD: "cont_head cont-head big_title biaoti",
    PART: "big_right _baidu new_message_id phone_content cont-news zoom \"zw 'zw =zw zw\" zw' displaypagenum autopage pages",
    TITLE: "<title <TITLE",
    KEYWORDS: "keywords Keywords KEYWORDS",
    BREADCRUMB: "path_tx",
    STEP: "daohang",
}
_OPENINGS: Final = {
    "-->": "<!-- <!--enpproperty",
    "</script": "<script <SCRIPT",
    "</style": "<style <STYLE",
    "</textarea": "<textarea <TEXTAREA",
    "</title": "<title <TITLE",
}
"""What begins a stretch without markup, by what ends it; one left open swallows all that follows."""
_ENDINGS: Final = {ending: f"{ending} {ending.upper()}" for ending in _OPENINGS} | {"-->": "--> --!> <!--> <!--->"}
"""The last two are comments with nothing in them; inside of another one they end it."""


def _by_word(table: dict[str, str]) -> dict[str, str]:
    return {word: key for key, words in table.items() for word in words.split()}


_BY_WORD: Final = tuple(map(_by_word, (_ROLES, _OPENINGS, _ENDINGS)))
WORDS: Final = tuple(dict.fromkeys(word for table in _BY_WORD for word in table))
_TOLD: Final = [tuple(table.get(word) for table in _BY_WORD) for word in WORDS]
"""Of each word its role, the stretch that it opens, and the stretch that it ends."""
_FIND = BytesAhoCorasick([word.encode() for word in WORDS], MatchKind.LeftmostLongest).find_matches_as_indexes


class Found(NamedTuple):
    """A word that stands in the markup of a page; a comment or title reaches to the word that ends it."""

    role: str
    start: int
    end: int


def scan(source: bytes) -> tuple[list[Found], bool]:
    """Return the words in the markup of a page, in order, and whether it ends inside a stretch without markup.

    `source` is in UTF-8, or in another charset in which no bracket is part of a character. Words in comments, scripts,
    styles, titles and text fields do not count.
    """
    found: list[Found] = []
    role = inside = None
    for word, start, end in _FIND(source):
        if inside is None:
            role, inside, _ = _TOLD[word]
            if role is not None:
                found.append(Found(role, start, end))
        elif _TOLD[word][2] == inside:
            inside = None
            if role is not None:
                found[-1] = Found(role, found[-1].start, end)
    return found, inside is not None
