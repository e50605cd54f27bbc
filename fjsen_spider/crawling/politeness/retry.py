"""Failed requests are made again, later: as late as the server asks, or later each time."""

from __future__ import annotations

import random
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response

from fjsen_spider.crawling.configuration import number
from fjsen_spider.crawling.guards.resolver import PublicResolver
from fjsen_spider.crawling.politeness.pauses import Pauses, host_of
from fjsen_spider.crawling.politeness.retry_after import retry_after


class PoliteRetry(RetryMiddleware):
    """Scrapy's, which asks again at once and never reads Retry-After; here the whole host waits."""

    pauses: Pauses
    _backoff: float
    _longest: float

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy does."""
        retry = super().from_crawler(crawler)
        retry.pauses = Pauses(crawler)
        retry._backoff = number(crawler.settings, "FJSEN_BACKOFF")
        retry._longest = number(crawler.settings, "FJSEN_RETRY_AFTER_MAX")
        return retry

    def heed(self, request: Request, response: Response) -> None:
        """Leave a host alone that could not answer, as long as it asks, before anything else is sent to it."""
        if response.status not in self.retry_http_codes:
            return
        wait = retry_after(response)
        if wait is not None and wait > self._longest:
            self.crawler.stats.inc_value("fjsen/retry_after/capped")
        self.pauses.pause(host_of(request), self._later(request) if wait is None else min(wait, self._longest))

    def process_response(  # type: ignore[override]  # less an old argument
        self, request: Request, response: Response
    ) -> Request | Response:
        """Ask again for what a server could not give now."""
        if request.meta.get("dont_retry") or response.status not in self.retry_http_codes:
            return response
        return self._count(request, str(response.status)) or response

    def process_exception(  # type: ignore[override]
        self, request: Request, exception: Exception
    ) -> Request | None:
        """Ask again where no answer came, or part of one."""
        if request.meta.get("dont_retry") or not isinstance(exception, self.exceptions_to_retry):
            return None
        return None if host_of(request) in PublicResolver.refused else self.again(request, type(exception).__name__)

    def again(self, request: Request, why: str) -> Request | None:
        """Return a request to be made again, its host left alone meanwhile; None when it was made often enough."""
        self.pauses.pause(host_of(request), self._later(request))
        return self._count(request, why)

    def _count(self, request: Request, why: str) -> Request | None:
        next_one = self._retry(request, why)
        self.crawler.stats.inc_value(f"fjsen/{'retried' if next_one else 'gave_up'}/{why}")
        return next_one

    def _later(self, request: Request) -> float:
        """Return a pause that doubles with each try; the jitter keeps several crawls from coming back at once."""
        doubled = self._backoff * 2 ** request.meta.get("retry_times", 0)
        return float(min(doubled * random.uniform(1, 1.5), self._longest))  # noqa: S311
