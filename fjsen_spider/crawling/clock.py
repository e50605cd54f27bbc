"""A clock that is wrong: told, and nothing is put off or asked for again by it."""

from __future__ import annotations

import logging
import time
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


class RunClock:
    """A clock that starts at what the time is now and that nobody sets, beside the one that somebody may set.

    By a clock that is set forward in a run, all that the run has settled would be due again in it, and again.
    """

    def __init__(self) -> None:
        self._start, self._started = time.time(), time.monotonic()

    def __call__(self) -> float:
        """Return seconds since 1970, as they were when the run began, and what has passed since."""
        return self._start + time.monotonic() - self._started

    def now(self) -> int:
        """Return by what time an article may be due in this run."""
        return int(self())

    def latest(self) -> int:
        """Return from what time it is put off: by the later clock, for the one that the run began with may be behind."""
        return int(max(self(), time.time()))

    def was_set(self) -> bool:
        """Tell whether somebody has set the other one."""
        return abs(self() - time.time()) > SLACK


def put_right(ledger: Ledger, clock: RunClock, schedule: Schedule) -> None:
    """Let a run through which the clock was set put nothing off further than the schedule allows now."""
    if clock.was_set():
        ledger.articles.bring_forward(int(time.time()) + max(schedule.spans, default=0))


def keep_time(reactor: ReactorBase) -> None:
    """Have timers run by a clock that nobody sets.

    Twisted's go by the other one: an hour back, and for an hour no request that gets no answer is given up; ahead, and
    all of them are.
    """
    if not isinstance(reactor.seconds, RunClock):  # timers that run go by the clock that they were set by
        reactor.seconds = RunClock()
