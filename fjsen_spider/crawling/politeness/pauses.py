"""Hosts that are left alone for a while."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import Final

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.utils.httpobj import urlparse_cached

from fjsen_spider.crawling.ending import is_ending

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

    async def wait(self, host: str) -> None:
        """Wait while a host is left alone, but no longer than the run goes on."""
        while (left := self._until.get(host, 0) - monotonic()) > 0 and not is_ending(self._crawler):  # noqa: ASYNC110
            await asyncio.sleep(min(left, STEP))
