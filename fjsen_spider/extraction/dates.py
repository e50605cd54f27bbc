"""Publication times of the portal: fixed forms, local time at +08:00."""

from __future__ import annotations

import re
from datetime import date, datetime

_TIME = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})\s?日?"
    r"(?:[\sT]{0,4}(?P<hour>\d{1,2})[:：](?P<minute>\d{2})(?:[:：](?P<second>\d{2}))?)?(?!\d)",
    re.ASCII,
)


def read_date(text: str) -> tuple[str, str] | None:
    """Return the first publication time of a line in ISO 8601 and as shown; None when there is none that exists.

    As precise as the page is: to the second, the minute or the day.
    """
    for match in _TIME.finditer(text):
        if iso := _iso(match):
            return iso, match[0].strip()
    return None


def _iso(match: re.Match[str]) -> str | None:
    day = (int(match["year"]), int(match["month"]), int(match["day"]))
    try:
        if match["hour"] is None:
            return date(*day).isoformat()
        moment = datetime(*day, int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    except ValueError:
        return None
    return moment.isoformat(timespec="seconds" if match["second"] else "minutes") + "+08:00"
