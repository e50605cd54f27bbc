"""Spider arguments → scope."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

from fjsen_spider.crawling.scope import Scope
from fjsen_spider.urls import DOMAIN, PageKind, classify

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_COUNT = re.compile(r"[1-9]\d{0,8}", re.ASCII)


OF_SCRAPYD: Final = frozenset({"_job", "_version"})
"""What scrapyd gives to each of its runs besides."""


class BadArgumentError(ValueError):
    """A spider argument that cannot be followed; its words are for the user."""


def read_scope(**arguments: str) -> Scope:
    """Read spider arguments; raise BadArgumentError for one that is unknown or makes no sense."""
    fields = {name: _read(name, value) for name, value in arguments.items() if name not in OF_SCRAPYD}
    scope = Scope(**fields)
    if scope.since and scope.until and scope.since > scope.until:
        raise BadArgumentError(f"since={scope.since} is after until={scope.until}")
    if not scope.seeds():
        raise BadArgumentError("urls: none of them is of the channels wanted")
    return scope


def _read(name: str, value: str) -> Any:
    if name not in _READERS:
        raise BadArgumentError(f"unknown argument {name!r}; there are {', '.join(_READERS)}")
    try:
        return _READERS[name](value.strip())
    except ValueError as error:
        raise BadArgumentError(f"{name}: {error}") from error


def _channels(value: str) -> frozenset[str]:
    labels = [label.strip().lower() for label in value.split(",")]
    for label in labels:
        if not _LABEL.fullmatch(label):
            raise ValueError(f"{label!r} is no host label; xm stands for xm.{DOMAIN}")
    return frozenset(labels)


def _day(value: str) -> date:
    if not _DAY.fullmatch(value):
        raise ValueError(f"{value!r} is no date; write it like 2018-01-31")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"{value!r} is not in the calendar") from error


def _limit(value: str) -> int:
    if not _COUNT.fullmatch(value):
        raise ValueError(f"{value[:20]!r} is no number of records; it is 1 to {'9' * 9}")
    return int(value)


def _urls(value: str) -> tuple[str, ...]:
    if not value:
        raise ValueError("it names no file")
    try:
        lines = Path(value).expanduser().read_text("utf-8-sig").splitlines()
    except (OSError, RuntimeError) as error:  # RuntimeError: `~name` of nobody
        raise ValueError(f"cannot read {value!r}: {getattr(error, 'strerror', error)}") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"{value!r} is not a UTF-8 text file") from error
    wanted = [(number, line.strip()) for number, line in enumerate(lines, start=1)]
    urls = [_url(url, f"{value}, line {number}") for number, url in wanted if url and not url.startswith("#")]
    if not urls:
        raise ValueError(f"{value!r} holds no URL")
    return tuple(urls)


def _url(url: str, place: str) -> str:
    known = classify(url)
    if known is None or known.kind not in {PageKind.ARTICLE, PageKind.LISTING}:
        raise ValueError(f"{place}: {url!r} is no article or listing of {DOMAIN}")
    return url


_READERS: Final[dict[str, Callable[[str], Any]]] = {
    "channels": _channels,
    "since": _day,
    "until": _day,
    "urls": _urls,
    "limit": _limit,
}
