"""Retry-After: when a server wants to be asked again."""

from __future__ import annotations

import re
import time
from email.utils import parsedate_to_datetime
from typing import Final

from scrapy.http import Response

_SECONDS: Final = re.compile(rb"\d{1,18}", re.ASCII)


def retry_after(response: Response) -> float | None:
    """Return how many seconds a server asks to wait; None when it does not say, or nothing that makes sense.

    A date counts from the server's own, so that no clock but its matters.
    """
    value = (response.headers.get("Retry-After") or b"").strip()
    if _SECONDS.fullmatch(value):
        return float(value) or None
    then = _moment(value)
    if then is None:
        return None
    now = _moment(response.headers.get("Date") or b"")
    seconds = then - (time.time() if now is None else now)
    return seconds if seconds > 0 else None


def _moment(date: bytes) -> float | None:
    try:
        return parsedate_to_datetime(date.decode("ascii")).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):  # UnicodeDecodeError is a ValueError
        return None
