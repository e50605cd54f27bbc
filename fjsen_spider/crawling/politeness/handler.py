"""The last door before the network: nothing is sent to a host that is to be left alone, nor at the end of a run."""

from __future__ import annotations

import asyncio
from typing import cast

from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.internet.base import ReactorBase

from fjsen_spider.crawling.clock import keep_time
from fjsen_spider.crawling.ending import is_ending
from fjsen_spider.crawling.politeness.breaker import Breaker
from fjsen_spider.crawling.politeness.pauses import host_of
from fjsen_spider.crawling.politeness.retry import PoliteRetry
from fjsen_spider.crawling.refusal import refusal


class PatientHandler(HTTP11DownloadHandler):
    """Scrapy's; a request that waits here keeps its host's connection, so that those behind it in the queue wait too.

    In a middleware those would be past it: up to CONCURRENT_REQUESTS of them. Where there is no delay, Scrapy 2.19
    sends all that are queued at once, whatever CONCURRENT_REQUESTS_PER_DOMAIN says; here they come one by one.
    """

    def __init__(self, crawler: Crawler) -> None:
        from twisted.internet import reactor  # noqa: PLC0415 - the import would install another one than is set

        super().__init__(crawler)
        keep_time(cast("ReactorBase", reactor))
        self._doors: dict[str, asyncio.Semaphore] = {}

    async def download_request(self, request: Request) -> Response:
        """Send a request as soon as it may be sent."""
        key = request.meta["download_slot"]
        slot = self._crawler.engine.downloader.slots[key]
        if key not in self._doors:
            self._doors[key] = asyncio.Semaphore(slot.concurrency)
        async with self._doors[key]:
            retry = self._crawler.get_downloader_middleware(PoliteRetry)
            if retry:
                await retry.pauses.wait(host_of(request))
            self._refuse(request, slot)
            response = await super().download_request(request)
            if retry:
                retry.heed(request, response)
            return response

    def _refuse(self, request: Request, slot: Slot) -> None:
        """Raise for a host that is not asked any more, and at the end of the run."""
        if breaker := self._crawler.get_downloader_middleware(Breaker):
            breaker.process_request(request)
        if is_ending(self._crawler):
            slot.delay = 0  # what is queued is told at once, for it is not sent either
            raise refusal(self._crawler, "ending", f"not sent at the end of the run: {request.url}", owed=True)
