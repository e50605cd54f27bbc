"""The project's own settings, and those of Scrapy's that a crawl depends on: read, and refused where they make no sense."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, Final

from scrapy.settings import BaseSettings

from fjsen_spider.crawling.monitoring import SETTING as MONITORING
from fjsen_spider.crawling.schedule import Schedule, seconds

DAY: Final = 86_400
MOST: Final = 10**12
"""More of anything than a crawl will see."""


class BadSettingError(ValueError):
    """A setting that makes no sense; its words are for the user."""


def number(settings: BaseSettings, name: str) -> float:
    """Return a setting that is a number (seconds, bytes, or how many); raise BadSettingError for any other value."""
    value: float = _read(settings, name)
    return value


def flag(settings: BaseSettings, name: str) -> bool:
    """Return a setting that is a switch; raise BadSettingError for any other value."""
    value: bool = _read(settings, name)
    return value


def check(settings: BaseSettings) -> None:
    """Raise BadSettingError for the first setting that makes no sense, or that the project does not have."""
    for name in settings:
        if name.startswith("FJSEN_") and name not in SETTINGS:
            raise BadSettingError(f"there is no setting {name}, but {', '.join(sorted(SETTINGS))}")
    if settings.getbool(MONITORING) and find_spec("spidermon") is None:
        raise BadSettingError(f"{MONITORING}: Spidermon is not installed; it comes with fjsen-spider[monitor]")
    for name in (*SETTINGS, *OF_SCRAPY):
        _read(settings, name)


def _read(settings: BaseSettings, name: str) -> Any:
    try:
        return {**SETTINGS, **OF_SCRAPY}[name](settings.get(name))
    except (ValueError, TypeError, AttributeError) as error:
        raise BadSettingError(f"{name}: {error}") from error


def _number(least: float, most: float) -> Callable[[Any], float]:
    def read(value: Any) -> float:
        try:
            given = float(value)
        except (ValueError, TypeError) as error:
            raise ValueError(f"{value!r} is no number") from error
        if not least <= given <= most:  # nor is NaN
            raise ValueError(f"{value!r} is not from {least:g} to {most:g}")
        return given

    return read


def _count(least: int) -> Callable[[Any], float]:
    def read(value: Any) -> float:
        given = _number(least, MOST)(value)
        if given != int(given):
            raise ValueError(f"{value!r} is no whole number")
        return given

    return read


def _switch(value: Any) -> bool:
    known = {"1": True, "true": True, "0": False, "false": False}
    if str(value).lower() not in known:
        raise ValueError(f"{value!r} is neither True nor False")
    return known[str(value).lower()]


def _text(value: Any) -> str:
    if not str(value or "").strip():
        raise ValueError("it says nothing")
    return str(value)


def _path(value: Any) -> str | None:
    if value is not None and not str(value).strip():
        raise ValueError("it names no place")
    return value and str(value)


SETTINGS: Final[dict[str, Callable[[Any], Any]]] = {
    "FJSEN_CONTACT": _text,
    "FJSEN_DATA": _path,
    "FJSEN_REPLAY": _path,
    "FJSEN_REVISITS": Schedule.read,
    "FJSEN_DEEP_EVERY": seconds,
    "FJSEN_MIN_FREE": _number(0, MOST),
    "FJSEN_BACKOFF": _number(0, 3600),
    "FJSEN_RETRY_AFTER_MAX": _number(0, DAY),
    "FJSEN_BREAKER_FAILURES": _count(1),
    "FJSEN_ALLOW_LOOPBACK": _switch,
    "FJSEN_DRIFT_LEAST": _count(1),
    "FJSEN_DRIFT_DROP": _number(0, 100),
    "FJSEN_DRIFT_QUARANTINE": _number(0, 100),
    "FJSEN_MASK_PERSONAL": _switch,
    "FJSEN_QUARANTINE_MOST": _count(0),
    "FJSEN_MAX_LISTING_PAGES": _count(1),
    "FJSEN_MAX_LISTED": _count(1),
    "FJSEN_MAX_DEPTH": _count(1),
    "FJSEN_MAX_REQUESTS": _count(1),
    "FJSEN_MAX_REQUESTS_PER_HOST": _count(1),
}
"""Every setting of the project → what reads it."""

OF_SCRAPY: Final[dict[str, Callable[[Any], Any]]] = {
    "DOWNLOAD_DELAY": _number(0, DAY),
    "DOWNLOAD_TIMEOUT": _number(0.1, DAY),
    "DOWNLOAD_MAXSIZE": _count(1),  # 0, to Scrapy, is no limit at all
    "RETRY_TIMES": _count(0),
    "REDIRECT_MAX_TIMES": _count(0),
    "URLLENGTH_LIMIT": _count(1),
    "CONCURRENT_REQUESTS": _count(1),
    "CONCURRENT_REQUESTS_PER_DOMAIN": _count(1),
}
"""Scrapy's, some of which it takes as they are until the first request."""
