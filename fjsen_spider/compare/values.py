"""What differs between two versions of a record: fields gained, lost and altered."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

NOT_COMPARED: Final = frozenset({"retrieved_at", "warc", "first_seen", "revision"})
"""Fields that tell of the crawl: no rule changes them. Compared only when asked for."""
_ABOUT: Final = frozenset({"provenance", "warnings"})
"""Fields that describe the record: what goes from them is no loss of its content."""
_OFFSETS: Final = frozenset({"start", "end"})  # they follow from the text, which is compared
_NAMES: Final = ("url", "name", "heading", "title")
_NUMBER = re.compile(r"\.\d+(?=\.|$)")  # provenance has images.0.caption and images.1.caption: one field
_ALIKE: Final = 0.5


class Kind(StrEnum):
    """What became of a value."""

    LOST = "lost"
    ALTERED = "altered"
    GAINED = "gained"


class Change(NamedTuple):
    """A field, or a part of one, that is not what it was."""

    field: str
    """`title`, `images.caption`, `subsections.paragraphs`."""
    kind: Kind
    old: Any
    new: Any


def differences(
    old: Mapping[str, Any], new: Mapping[str, Any], skipped: Container[str] = NOT_COMPARED
) -> Iterator[Change]:
    """Yield what differs between two records; a field that one of them does not have is empty there."""
    for name in dict.fromkeys((*old, *new)):
        if name not in skipped:
            for change in _values(name, old.get(name), new.get(name)):
                harmless = name in _ABOUT and change.kind is Kind.LOST
                yield change._replace(kind=Kind.ALTERED) if harmless else change


def _values(field: str, old: Any, new: Any) -> Iterator[Change]:
    if old == new or (_empty(old) and _empty(new)):
        return
    if _empty(new):
        yield from (Change(field, Kind.LOST, one, None) for one in (old if isinstance(old, list) else [old]))
    elif _empty(old):
        yield from (Change(field, Kind.GAINED, None, one) for one in (new if isinstance(new, list) else [new]))
    elif isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys((*old, *new)):
            if name not in _OFFSETS:
                yield from _values(f"{field}.{_NUMBER.sub('', name)}", old.get(name), new.get(name))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _lists(field, old, new)
    else:
        yield Change(field, Kind.ALTERED, old, new)


def _empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _lists(field: str, old: list[Any], new: list[Any]) -> Iterator[Change]:
    if field == "subsections":  # a paragraph that has changed sections is not lost
        yield from _values(f"{field}.paragraphs", *(_paragraphs(one) for one in (old, new)))
        old, new = ([_without_paragraphs(part) for part in one] for one in (old, new))
    if any(isinstance(item, (int, float)) for item in (*old, *new)):  # indices: they tell where, not what
        yield Change(field, Kind.ALTERED, old, new)
        return
    gone, come = _missing(old, new), _missing(new, old)
    if not gone and not come and old != new:
        yield Change(field, Kind.ALTERED, old, new)  # the order
    for one, other in (*_pairs(gone, come, lambda a, b: _name(a) == _name(b)), *_pairs(gone, come, _alike)):
        if isinstance(one, dict) and isinstance(other, dict):
            yield from _values(field, one, other)
        else:
            yield Change(field, Kind.ALTERED, one, other)
    yield from (Change(field, Kind.LOST, one, None) for one in gone)
    yield from (Change(field, Kind.GAINED, None, one) for one in come)


def _paragraphs(parts: Iterable[Any]) -> list[Any]:
    return [line for part in parts if isinstance(part, dict) for line in part.get("paragraphs") or ()]


def _without_paragraphs(part: Any) -> Any:
    kept = part if isinstance(part, dict) else {}
    return {key: value for key, value in kept.items() if key != "paragraphs" and key not in _OFFSETS}


def _missing(items: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    """Return the items that are not among others, each as often as it is missing."""
    there = Counter(map(_written, others))
    missing = []
    for item in items:
        if there[_written(item)]:
            there[_written(item)] -= 1
        else:
            missing.append(item)
    return missing


def _pairs(gone: list[Any], come: list[Any], same: Callable[[Any, Any], bool]) -> list[tuple[Any, Any]]:
    """Take the items out of both lists that are one thing in two versions."""
    pairs = []
    for one in tuple(gone):
        other = next((at for at, other in enumerate(come) if same(one, other)), None)
        if other is not None:
            gone.remove(one)
            pairs.append((one, come.pop(other)))
    return pairs


def _written(item: Any) -> str:
    return item if isinstance(item, str) else json.dumps(item, ensure_ascii=False, sort_keys=True)


def _name(item: Any) -> str:
    """Return what an item is known by."""
    keys = [key for key in _NAMES if key in item] if isinstance(item, dict) else []
    return str(item[keys[0]]) if keys else _written(item)


def _alike(one: Any, other: Any) -> bool:
    """Tell whether two items are versions of one: a corrected line, a file under another address."""
    a, b = _name(one), _name(other)
    if "://" in a or "://" in b:
        return a.rpartition("/")[2] == b.rpartition("/")[2] != ""
    pairs_a, pairs_b = _two_by_two(a), _two_by_two(b)
    return 2 * len(pairs_a & pairs_b) >= _ALIKE * (len(pairs_a) + len(pairs_b))


def _two_by_two(text: str) -> set[str]:
    plain = "".join(text.split())
    return {plain[at : at + 2] for at in range(max(1, len(plain) - 1))}
