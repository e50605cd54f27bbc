"""When an article is looked at again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_SPAN = re.compile(r"(\d{1,6})([smhd])", re.ASCII)


def seconds(span: str) -> int:
    """Read `90s`, `30m`, `6h` or `7d`; raise ValueError for anything else, and for no time at all."""
    match = _SPAN.fullmatch(span.strip())
    if not match or not int(match[1]):
        raise ValueError(f"{span!r} is no span of time; write it like 90s, 30m, 6h or 7d")
    return int(match[1]) * _UNITS[match[2]]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Visits that lie further and further apart."""

    spans: tuple[int, ...]
    """Seconds from the first time, growing."""

    @classmethod
    def read(cls, spans: str | Sequence[str]) -> Schedule:
        """Read `6h,1d,7d,30d`; raise ValueError when it makes no sense, or does not grow. Nothing means no visits."""
        words = spans.split(",") if isinstance(spans, str) else [str(span) for span in spans]
        read = tuple(seconds(word) for word in words if word.strip())
        if list(read) != sorted(set(read)):
            raise ValueError(f"{','.join(words)!r} does not grow")
        return cls(read)

    def revisit(self, first: int, published: date | None, now: int) -> int | None:
        """Return when an article first seen at some time is due again; None when it was old even then, or is by now."""
        if not self.spans or published is None or first - _noon(published) > self.spans[-1]:
            return None
        return next((first + span for span in self.spans if first + span > now), None)

    def retry(self, attempts: int, now: int, *, ever: bool = False) -> int | None:
        """Return when an article that gave nothing, for the attempts-th time in a row, is due again; None: no more.

        What may pass is tried for `ever`, the last span after each try.
        """
        spans = self.spans or (_UNITS["d"],)
        return now + spans[min(attempts, len(spans)) - 1] if ever or attempts <= len(self.spans) else None


def moment_of(text: str | None, otherwise: int) -> int:
    """Return a record's time of retrieval in seconds since 1970; a page from a mirror tree has none."""
    return int(datetime.fromisoformat(text).timestamp()) if text else otherwise


def day_of(text: str | None) -> date | None:
    """Return the day of a record's date."""
    return date.fromisoformat(text[:10]) if text else None


def _noon(day: date) -> int:
    return int(datetime.combine(day, time(4), UTC).timestamp())  # of the portal, which is at +08:00
