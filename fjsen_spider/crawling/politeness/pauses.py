"""Hosts that are left alone for a while: their requests wait."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from time import monotonic
from typing import Final

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.utils.httpobj import urlparse_cached

from fjsen_spider.crawling.ending import is_ending
from fjsen_spider.crawling.refusal import refusal

STEP: Final = 0.25
"""Seconds after which a request that waits looks whether the run is at its end, or the pause over."""


def host_of(request: Request) -> str:
    """Return the host that a request is for."""
    return urlparse_cached(request).hostname or ""


class Pauses:
    """Until when each host is left alone, by a clock that is never set."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._until: dict[str, float] = {}

    def pause(self, host: str, seconds: float) -> None:
        """Leave a host alone for so many seconds from now; a longer pause stays."""
        self._until[host] = max(self._until.get(host, 0), monotonic() + seconds)

    def lift(self, host: str) -> None:
        """End a host's pause."""
        self._until.pop(host, None)

    def wait(self, request: Request) -> Awaitable[None] | None:
        """Return what to await before a request is made; None when there is nothing to wait for."""
        return self._wait(request) if self._left(host_of(request)) > 0 else None

    def _left(self, host: str) -> float:
        return self._until.get(host, 0) - monotonic()

    async def _wait(self, request: Request) -> None:
        host = host_of(request)
        slot = self._crawler.engine.downloader.slots.get(host)
        active = slot.active if slot else set()
        active.add(request)  # the scheduler prefers hosts that have less to do: none starves behind this one
        try:
            while (left := self._left(host)) > 0:
                if is_ending(self._crawler):
                    raise refusal(self._crawler, "ending", f"the run ends while {host} is left alone", owed=True)
                await asyncio.sleep(min(left, STEP))
        finally:
            active.discard(request)
