"""What a byline tells without labels: by the names of its elements, by 记者, by what stands beside the date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from fjsen_spider.extraction.dates import read_date
from fjsen_spider.extraction.generic.found import Found
from fjsen_spider.extraction.generic.labelled import (
    COLUMN,
    LABELLED,
    NOBODY,
    OUTLET,
    SEAM,
    credited,
    names_in,
    only_people,
    source_in,
)
from fjsen_spider.extraction.generic.line import Line
from fjsen_spider.extraction.generic.noise import is_tools
from fjsen_spider.extraction.layouts.layout import Element
from fjsen_spider.extraction.names import split_names
from fjsen_spider.extraction.surnames import is_name
from fjsen_spider.extraction.text import collapse, squeeze

_LONGEST = 3
_NAMED: Final = {
    "source": re.compile(r"source|laiyuan|media_?name|publisher|(?:^|[\s_-])(?:from|ly)(?=$|[\s_-])", re.IGNORECASE),
    "authors": re.compile(r"author|(?:^|[\s_-])auth(?=$|[\s_-])|zuozhe|writer|reporter", re.IGNORECASE),
    "date": re.compile(r"(?:pub|post|create|^|[\s_-])(?:time|date)|riqi|shijian", re.IGNORECASE),
}
_NO_NAME = re.compile(rf"{OUTLET.pattern}|{COLUMN}")
_SIGNED = re.compile(
    rf"(?:^|[\s{SEAM}])(?P<name>[\u4e00-\u9fff]{{2,4}})[/／](?P<outlet>{OUTLET.pattern})(?=$|[\s{SEAM}])"
)
"""`石某/某某报`: who wrote, for whom."""
_ISSUED = re.compile(r"《\s?(?P<outlet>[\u4e00-\u9fff]{2,8}[报刊])\s?》\s?[（(]\s?(?:19|20)\d\d")
"""`《某某日报》（2015年07月28日 02版）`."""
_GAP = re.compile(rf"(?:[\s{SEAM}|｜;；]|(?<=\s)·(?=\s))+")


def is_named(line: Line) -> bool:
    """Tell a line with an element that is named after a field of the byline."""
    return any(pattern.search(_name(piece.owner)) for piece in line.pieces for pattern in _NAMED.values())


def read_unlabelled(lines: Sequence[Line], rest: str, place: str) -> dict[str, Found]:
    """Read source and authors off a byline; `rest` is its text without what labels tell."""
    found: dict[str, Found] = {}
    date = read_date(rest.replace(SEAM, " "))
    ahead, _, behind = rest.partition(date[1]) if date else (rest, "", "")
    words = _words(f"{ahead} {behind}")
    bare = split_names(" ".join(_rest(_words(ahead)) or _rest(words))) if date else ()
    if names := credited(rest):
        found["authors"] = Found(names, "authors.credited" if place == "byline" else f"authors.{place}")
    elif names := tuple(dict.fromkeys(only_people(_values(lines, "authors")))):
        found["authors"] = Found(names, "authors.named")
    elif bare and all(
        is_name(name) and len(name) <= _LONGEST for name in bare
    ):  # nothing but names stands beside the date
        found["authors"] = Found(bare, "authors.beside-date")
    if named := [word for word in _values(lines, "source") if not LABELLED.search(word) and not read_date(word)]:
        found["source"] = Found((named[0],), "source.named", link_of(lines, named[0]))
    elif issued := _ISSUED.search(rest.replace(SEAM, " ")):
        found["source"] = Found((issued["outlet"],), "source.issue")
    elif signed := _SIGNED.search(rest):
        found["source"] = Found((signed["outlet"],), "source.signed")
        found.setdefault("authors", Found((signed["name"],), "authors.signed"))
    elif outlets := [word for word in words if date and OUTLET.fullmatch(word)]:
        found["source"] = Found((outlets[0],), "source.beside-date", link_of(lines, outlets[0]))
    return found


def _words(text: str) -> list[str]:
    return [word for word in _GAP.split(text) if word and not is_tools(word)]


def _rest(words: Sequence[str]) -> list[str]:
    """Leave out what is known to be no name: outlets and columns."""
    return [word for word in words if not (_NO_NAME.fullmatch(word) or word in NOBODY)]


def link_of(lines: Sequence[Line], words: str) -> str | None:
    """Return the address that a value links to."""
    links = (piece.link for line in lines for piece in line.pieces if squeeze(piece.text) == squeeze(words))
    return next((link.get("href") for link in links if link is not None), None)


def _values(lines: Sequence[Line], field: str) -> tuple[str, ...]:
    """Return what stands in elements that are named after a field."""
    shown = [
        collapse(piece.text) for line in lines for piece in line.pieces if _NAMED[field].search(_name(piece.owner))
    ]
    if field == "source":
        return tuple(filter(None, map(source_in, shown)))
    return tuple(name for words in shown for name in names_in(words))


def _name(node: Element) -> str:
    return f"{node.tag} {node.get('class') or ''} {node.get('id') or ''} {node.get('itemprop') or node.get('bosszone') or ''}"
