"""Publication times: fixed forms, local time at +08:00 unless another zone is told."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final

_TIME = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?:\s?[-/.年]\s?|\s(?=\d\d/))(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})\s?日?"
    r"(?:(?:\s?(?:星期|周)[一二三四五六日天])?[\sT]{0,4}(?P<hour>\d{1,2})\s?[:：时]\s?(?P<minute>\d{2})分?"
    r"(?:[:：]?(?P<second>(?<=[:：分])\d{2})秒?)?"
    r"(?:(?:\.\d{1,6})?(?P<zone>Z|\+\d{2}:?\d{2}))?)?(?!\d)",
    re.ASCII,
)
LOCAL: Final = timedelta(hours=8)


def read_date(text: str) -> tuple[str, str] | None:
    """Return the first publication time of a line in ISO 8601 and as shown; None when there is none that exists.

    As precise as the page is: to the second, the minute or the day.
    """
    for match in _TIME.finditer(text):
        if iso := _iso(match):
            return iso, match[0].strip()
    return None


def _iso(match: re.Match[str]) -> str | None:
    year, month, day, hour, minute, second, zone = match.groups("")
    only = f"{year}-{month:0>2}-{day:0>2}"
    try:
        date.fromisoformat(only)
    except ValueError:
        return None
    time = f"{hour:0>2}:{minute}:{second}" if second else f"{hour:0>2}:{minute}"
    if not hour or time[:2] > "23" or minute > "59" or second > "59":  # no time, or none that exists
        return only
    if zone:
        moment = _to_local(datetime.fromisoformat(f"{only}T{time}"), zone)
        return moment.isoformat(timespec="seconds" if second else "minutes") + "+08:00"
    return f"{only}T{time}+08:00"


def _to_local(moment: datetime, zone: str) -> datetime:
    """Return the local time of a moment told with its zone (`Z`, `+0800`)."""
    ahead = timedelta() if zone == "Z" else timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return moment - ahead + LOCAL
