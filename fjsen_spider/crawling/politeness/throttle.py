"""Crawl-delay: a host's own delay, below which nothing takes it."""

from __future__ import annotations

from typing import Final

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response

MOST: Final = 120.0
"""Seconds; a longer delay than this is a mistake, or a way to say no that robots.txt has better words for."""


def slow_down(crawler: Crawler, request: Request, delay: float | None) -> None:
    """Keep the seconds that a host wants between requests, for the whole run."""
    if delay is None or not delay > 0:  # nor is NaN
        return
    if delay > MOST:
        crawler.stats.inc_value("fjsen/robots/crawl_delay_capped")
    downloader = crawler.engine.downloader
    host = downloader.get_slot_key(request)
    delay = max(min(delay, MOST), _least(crawler, host), crawler.settings.getfloat("DOWNLOAD_DELAY"))
    # Jitter takes half of a delay away; a slot that is not used is forgotten, its settings are not.
    downloader.per_slot_settings[host] = {**downloader.per_slot_settings.get(host, {}), "delay": delay, "jitter": 0}
    if slot := downloader.slots.get(host):
        slot.delay, slot.jitter = max(slot.delay, delay), 0
    crawler.stats.inc_value("fjsen/robots/crawl_delay")


def _least(crawler: Crawler, host: str | None) -> float:
    return float(crawler.engine.downloader.per_slot_settings.get(host or "", {}).get("delay", 0))


class Throttle(AutoThrottle):
    """Scrapy's, which goes below the delay that was set for a host."""

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        super()._response_downloaded(response, request, spider)
        host, slot = self._get_slot(request, spider)
        if slot:
            slot.delay = max(slot.delay, _least(self.crawler, host))
