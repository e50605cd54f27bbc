"""Lists of personal names as the site prints them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from fjsen_spider.extraction.surnames import SURNAMES, is_name

_BETWEEN = re.compile(r"[\s、，,;；/／|｜]+")
_EMPTY = frozenset({"", "null", "无", "暂无", "佚名"})


def split_names(text: str) -> tuple[str, ...]:
    """Split a list of names; a name that print spacing has split (`甲　乙`) is joined, nobody is named twice."""
    if text.isalpha():  # a single one
        return () if text in _EMPTY else (text,)
    return tuple(dict.fromkeys(name for name in join_spaced(_BETWEEN.split(text)) if name not in _EMPTY))


def join_spaced(words: list[str]) -> list[str]:
    """Join neighbouring single characters: two of them are one name, spaced out to the width of three, and so are three."""
    if min(map(len, words), default=2) > 1:
        return words
    joined: list[str] = []
    for single, run in groupby(_joined_surnames(_split_run(words)), key=lambda word: len(word) == 1):
        found = list(run)
        width = 3 if len(found) == 3 else 2
        joined += ["".join(found[at : at + width]) for at in range(0, len(found), width)] if single else found
    return joined


def _joined_surnames(words: Iterable[str]) -> Iterator[str]:
    """Join a surname that stands apart from a given name of two characters: `李 锦清`."""
    surname = ""
    for word in words:
        if surname and len(word) == 2 and not is_name(word):
            yield surname + word
            surname = ""
            continue
        if surname:
            yield surname
        surname = word if len(word) == 1 and word in SURNAMES and not surname else ""
        if not surname:
            yield word
    if surname:
        yield surname


def _split_run(words: list[str]) -> Iterator[str]:
    """Split a name from a spaced one that it has run into: `陈小溪林 一`."""
    for word, behind in pairwise([*words, ""]):
        surname = word[-1:]
        if (
            len(behind) == 1
            and behind not in "文图摄"
            and len(word) > 3
            and surname in SURNAMES
            and is_name(word[:-1])
            and not is_name(word)
        ):
            yield from (word[:-1], surname)
        else:
            yield word
