"""What the rules found for a field, and which of them is believed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from fjsen_spider.extraction.dates import read_date

_FIELDS: Final = ("date", "source", "authors", "editors")


class Found(NamedTuple):
    """The values of a field as shown, the rule that found them and the address that they link to."""

    values: tuple[str, ...]
    rule: str
    href: str | None = None


def settle(*witnesses: Mapping[str, Found]) -> dict[str, Found]:
    """Take each field from the first witness that tells it; a time of day from a later one, when the day is the same.

    A source with its label behind the text is believed sooner than one that only stands beside the date.
    Who is an editor is an author only where a label says so.
    """
    found = {
        field: next(one[field] for one in witnesses if field in one)
        for field in _FIELDS
        if any(field in one for one in witnesses)
    }
    editors = [one["editors"] for one in witnesses if "editors" in one]
    if editors:
        names = tuple(dict.fromkeys(name for one in editors for name in one.values))
        found["editors"] = editors[0]._replace(values=names)
    if "source" in found and found["source"].rule == "source.beside-date":
        labelled = (one["source"] for one in witnesses if "source" in one and one["source"].rule == "source.body-tail")
        found["source"] = next(labelled, found["source"])
    for one in (told["date"] for told in witnesses if "date" in told):
        day, exact = read_date(found["date"].values[0]), read_date(one.values[0])
        if day and exact and len(day[0]) < len(exact[0]) and exact[0].startswith(day[0]):
            found["date"] = one
    if "authors" in found and "editors" in found and not found["authors"].rule.endswith("byline"):
        names = tuple(name for name in found["authors"].values if name not in found["editors"].values)
        found["authors"] = found["authors"]._replace(values=names)
    return {field: one for field, one in found.items() if one.values}
