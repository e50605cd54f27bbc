"""A clock that is wrong: told, and nothing is put off or asked for again by it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from scrapy.statscollectors import StatsCollector
from twisted.internet.base import ReactorBase

from fjsen_spider.crawling.ledger import Ledger
from fjsen_spider.crawling.schedule import Schedule

logger = logging.getLogger(__name__)

WRITTEN: Final = int(datetime(2026, 11, 1, tzinfo=UTC).timestamp())
"""When this was written, in seconds since 1970: a clock that is behind it is wrong."""
SLACK: Final = 60
"""Seconds that a clock may be set back without a word."""


def check_clock(ledger: Ledger, now: int, schedule: Schedule, stats: StatsCollector) -> None:
    """Say when the clock is behind the last run; what that run put off is not later than the schedule allows now."""
    last = max(WRITTEN, ledger.last_run())
    if now >= last - SLACK:
        return
    stats.set_value("fjsen/clock_behind", last - now)
    told = [datetime.fromtimestamp(one, UTC).isoformat() for one in (now, last)]
    logger.warning("The clock says %s, but it has been %s: times of this run, or of the one before, are wrong", *told)
    ledger.articles.bring_forward(now + max(schedule.spans, default=0))


def steady_clock() -> Callable[[], float]:
    """Return a clock in seconds since 1970 that starts at what the time is now and that nobody sets.

    By a clock that is set forward in a run, all that the run has settled would be due again in it, and again.
    """
    start, started = time.time(), time.monotonic()
    return lambda: start + time.monotonic() - started


def keep_time(reactor: ReactorBase) -> None:
    """Have timers run by a steady clock.

    Twisted's go by the one that is set: an hour back, and for an hour no request that gets no answer is given up; ahead,
    and all of them are.
    """
    reactor.seconds = steady_clock()
