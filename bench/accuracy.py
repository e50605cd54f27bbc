"""Which fields a contestant gets right, against the records that careful readers have signed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from contestants import Found
from pages import Page

_IGNORED = re.compile(r"[\s\u200b\ufeff●]+")
_MINUTE = len("2026-03-0908:06")
COLUMNS = ("title", "date", "source", "editors", "authors", "headings", "captions")


class Score(NamedTuple):
    """Right and wanted of each column; the body's recall and noise, over pages that have running text."""

    right: dict[str, int]
    wanted: dict[str, int]
    offered: frozenset[str]
    recall: float
    noise: float


def score(pages: Sequence[Page], told: Sequence[Found]) -> Score:
    """Score a contestant's results on some pages.

    A field counts where the record has it. A date is right to the minute, a list of names when it is the same list, a
    heading or caption when it is given as one. Noise is the share of the body that is in no field of the record.
    """
    right, wanted = dict.fromkeys(COLUMNS, 0), dict.fromkeys(COLUMNS, 0)
    bodies = []
    for page, found in zip(pages, told, strict=True):
        signed = _signed(page.expected)
        for column in COLUMNS:
            wanted[column] += len(signed[column])
            right[column] += len(_right(column, signed[column], getattr(found, column)))
        if page.paragraphs:
            bodies.append(_body(page, found.body))
    offered = frozenset(column for column in COLUMNS if any(getattr(one, column) is not None for one in told))
    recall, noise = (sum(column) / len(bodies) for column in zip(*bodies, strict=True))
    return Score(right, wanted, offered, recall, noise)


def _signed(record: dict[str, Any]) -> dict[str, list[str]]:
    parts, images = record["subsections"], record["images"]
    values = {
        **{key: [record[key]] for key in ("title", "source")},
        "date": [(record["date"] or "").replace("T", "")[:_MINUTE]],
        **{key: [" ".join(record[key])] for key in ("editors", "authors")},
        "headings": [part[line] for part in parts for line in ("heading", "subheading")],
        "captions": [image["caption"] for image in images],
    }
    return {key: [squeeze(one) for one in found if one] for key, found in values.items()}


def _right(column: str, signed: list[str], found: str | tuple[str, ...] | None) -> list[str]:
    if found is None:
        return []
    if column == "date":
        shown = squeeze(str(found).replace("T", "").replace("/", "-"))
        return [one for one in signed if one == shown[:_MINUTE]]
    told = [found] if isinstance(found, str) else found
    given = {squeeze(one) for one in told}
    return [one for one in signed if one in given]


def _body(page: Page, body: str) -> tuple[float, float]:
    """Return the share of the running text that is in a body, and the share of the body that is nothing of the article."""
    text, lines = squeeze(body), [squeeze(line) for line in page.paragraphs]
    recall = sum(len(line) for line in lines if line in text) / sum(map(len, lines))
    rest = text
    for known in sorted({*lines, *map(squeeze, _others(page.expected))} - {""}, key=len, reverse=True):
        rest = rest.replace(known, "")
    return recall, len(rest) / max(len(text), 1)


def _others(record: dict[str, Any]) -> Iterable[str]:
    yield record["title"] or ""
    yield record["summary"] or ""
    yield from record["deck"]
    for part in record["subsections"]:
        yield from (part["heading"] or "", part["subheading"] or "")
    for image in record["images"]:
        yield from (image["caption"] or "", image["credit"] or "")


def squeeze(text: str) -> str:
    """Return a text without white space and list marks: no contestant is blamed for those."""
    return _IGNORED.sub("", text)
