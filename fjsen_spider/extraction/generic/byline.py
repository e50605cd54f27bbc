"""The lines around the headline that tell date, source, authors and editors, whatever their order and markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fjsen_spider.extraction.dateline import read_dateline
from fjsen_spider.extraction.dates import read_date
from fjsen_spider.extraction.generic.found import Found
from fjsen_spider.extraction.generic.labelled import (
    LABELLED,
    OUTLET,
    behind_names,
    credited,
    people_in,
    segments,
    shown_of,
    source_in,
    spelled,
)
from fjsen_spider.extraction.generic.line import Line
from fjsen_spider.extraction.generic.noise import is_tools
from fjsen_spider.extraction.generic.tail import is_credits
from fjsen_spider.extraction.generic.unlabelled import is_named, link_of, read_unlabelled
from fjsen_spider.extraction.surnames import is_name
from fjsen_spider.extraction.text import collapse

_CREDITED = re.compile(rf"(?:记者|通讯员|文[/／])\s?[\u4e00-\u9fff]{{2}}|[\u4e00-\u9fff]{{2,4}}[/／]{OUTLET.pattern}$")
_FRAGMENT = re.compile(r"(?:19|20)\d\d|\d\d/\d\d|\d{1,2}:\d\d(?::\d\d)?")
"""Pieces of a date, each in a box of its own."""
_CLOCK = re.compile(r"\d{1,2}\s?[:：时]\s?\d{2}|(?:发布|发稿|发表|更新)?(?:时间|日期)\s*[：:]")
_ISSUE = re.compile(r"第\s?[A-Z\d零一二三四五六七八九十]{1,4}\s?版")
"""The number of a newspaper page."""
_LONGEST, _SHORT, _BETWEEN, _AROUND, _BEFORE, _HEAD, _BESIDE = 200, 40, 60, 12, 12, 8, 2


def find_byline(lines: Sequence[Line], title_at: int, body_at: int) -> list[Line]:
    """Return the lines between headline and text that tell something of the article.

    `title_at` is where the headline ends, -1 when it is not shown; `body_at` where the text begins. Without a date
    there, the lines directly above the headline are looked at too.
    """
    first = max(title_at + 1, body_at - _BETWEEN) if title_at >= 0 else max(0, body_at - _AROUND)
    between = list(_telling(lines[first:body_at]))
    if title_at < 0 or _date_of(between):
        return between
    above = [line for line in lines[max(0, title_at - _AROUND) : title_at] if _tells(line) and not line.linked]
    return [*above, *between] if any(_CLOCK.search(line.text) for line in above) else between


def read_issue(lines: Sequence[Line]) -> dict[str, Found]:
    """Read the date off the head of a newspaper page (`第A02版：要闻 2019年08月04日`)."""
    if not any(_ISSUE.search(line.text) for line in lines):
        return {}
    heads = (line.text for line in lines if len(line.text) <= _LONGEST and not line.linked)
    date = next(filter(None, map(read_date, heads)), None)
    return {"date": Found((date[1],), "date.issue")} if date else {}


def find_writers(inside: Sequence[Line]) -> dict[str, Found]:
    """Read who wrote off a line of credits among the first of the body; it stays in the text."""
    first = next((at for at, line in enumerate(inside) if line.running), 0)
    for line in inside[max(0, first - _HEAD) : first + _HEAD]:
        alone = len(line.text) <= _SHORT and not line.running and not read_dateline(line.text)
        if alone and (names := tuple(filter(is_name, credited(line.text)))):
            return {"authors": Found(names, "authors.body-head")}
    return {}


def find_closing(lines: Sequence[Line], body_end: int) -> list[Line]:
    """Return the labelled lines behind the text."""
    behind = lines[body_end + 1 : body_end + 1 + _AROUND]
    return [line for line in behind if len(line.text) <= _LONGEST and (_is_labelled(line) or is_credits(line))]


def is_told(line: Line) -> bool:
    """Tell a line that by its labels or its date can be nothing but a byline."""
    if _is_labelled(line) or (LABELLED.search(line.text) and not line.running and not line.linked):
        return True
    return _date_of([line]) is not None and (not line.linked or _links_to_outlets(line))


def _links_to_outlets(line: Line) -> bool:
    """Tell a line whose links lead to outlets and their addresses only, to no other article."""
    linked = (collapse(piece.text) for piece in line.pieces if piece.link is not None)
    return all(words.isascii() or OUTLET.fullmatch(words) or is_tools(words) for words in linked)


def _is_labelled(line: Line) -> bool:
    """Tell a line that opens with a label: further on it may be that of a film or a story told in short."""
    label = LABELLED.search(line.text)
    return label is not None and label.start() <= _BEFORE


def _telling(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines that tell something, and outlets that stand alone beside a date."""
    dated = [at for at, line in enumerate(lines) if read_date(line.text)]
    for at, line in enumerate(lines):
        if _tells(line) or (OUTLET.fullmatch(line.text) and any(abs(at - one) <= _BESIDE for one in dated)):
            yield line


def _tells(line: Line) -> bool:
    if len(line.text) > _LONGEST or read_dateline(line.text):
        return False
    if is_told(line):
        return True
    if len(line.text) > _SHORT or is_tools(line.text):
        return False
    return is_named(line) or bool(_CREDITED.search(line.text) or _FRAGMENT.fullmatch(line.text))


def _date_of(lines: Sequence[Line]) -> str | None:
    """Return the date of a byline as shown; its pieces may stand in elements of one line."""
    date = read_date(" ".join(line.text for line in lines)) or read_date(shown_of(lines))
    return date[1] if date else None


def read_byline(lines: Sequence[Line], place: str) -> dict[str, Found]:
    """Read the fields off the lines of a byline; `place` names it in the rules."""
    found: dict[str, Found] = {}
    text = spelled(lines)
    if date := _date_of(lines):
        found["date"] = Found((date,), f"date.{place}")
    before, labelled = segments(text)
    rest = [before]
    for kind, value in labelled:
        if kind == "source" and "source" not in found and (source := source_in(value)):
            found["source"] = Found((source,), f"source.{place}", link_of(lines, source))
            rest.append(value.replace(source, "", 1))
        elif kind in ("authors", "editors") and (names := people_in(kind, value)):
            known = found[kind].values if kind in found else ()
            found[kind] = Found(tuple(dict.fromkeys((*known, *names))), f"{kind}.{place}")
            rest.append(behind_names(value))
        elif kind in ("date", "other"):
            rest.append(value)
    return {**read_unlabelled(lines, "\n".join(rest), place), **found}
