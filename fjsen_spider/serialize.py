"""Article ⇄ one JSON line: the only writer, for feed, goldens and command line."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from fjsen_spider.items import (
    Article,
    Attachment,
    Column,
    Dateline,
    Encoding,
    Image,
    Link,
    Pages,
    Person,
    Subsection,
    Video,
)  # fmt: skip

_PARTS: dict[str, type] = {
    "people": Person, "subsections": Subsection, "images": Image, "videos": Video, "attachments": Attachment,
    "related": Link, "dateline": Dateline, "column": Column, "pages": Pages, "encoding": Encoding,
}  # fmt: skip

_NAMES: dict[type, tuple[str, ...]] = {}


def to_dict(article: Article) -> dict[str, Any]:
    """Return the record as plain dicts and lists, in declaration order."""
    return {name: _plain(getattr(article, name)) for name in _names(Article)}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    names = _names(type(value))
    return {name: _plain(getattr(value, name)) for name in names} if names else value


def _names(kind: type) -> tuple[str, ...]:
    """Return the fields of a dataclass, asked for once: `dataclasses.fields` is slow."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(f.name for f in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()
    return _NAMES[kind]


def to_line(article: Article) -> str:
    """Return the record as one line of JSON with its newline: UTF-8 text, nothing escaped that need not be."""
    return json.dumps(to_dict(article), ensure_ascii=False, allow_nan=False) + "\n"


def from_dict(record: Mapping[str, Any]) -> Article:
    """Read a record back; raise ValueError for a field that this version does not know."""
    known = {f.name for f in dataclasses.fields(Article)}
    if unknown := record.keys() - known:
        raise ValueError(f"unknown fields in record {record.get('id')}: {', '.join(sorted(unknown))}")
    return Article(**{key: _typed(key, value) for key, value in record.items()})


def _typed(key: str, value: Any) -> Any:
    part = _PARTS.get(key)
    if isinstance(value, list):
        return tuple(part(**{k: _frozen(v) for k, v in one.items()}) if part else _frozen(one) for one in value)
    return part(**value) if part and value is not None else value


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


def from_line(line: str | bytes) -> Article:
    """Read one line of JSON Lines back; raise ValueError when it is no record."""
    record = json.loads(line)
    if not isinstance(record, dict):
        raise ValueError(f"a record is a JSON object, not {type(record).__name__}")  # noqa: TRY004 - callers catch one
    return from_dict(record)
