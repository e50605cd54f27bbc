"""When a site refuses or fails again and again, it is not asked any further."""

from __future__ import annotations

from collections import Counter
from typing import Final

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
from scrapy.http import Response
from twisted.internet.error import ConnectError, ConnectionClosed

from fjsen_spider.crawling.component import Component
from fjsen_spider.crawling.configuration import number
from fjsen_spider.crawling.ending import end
from fjsen_spider.crawling.politeness.challenge import CHALLENGED, challenge
from fjsen_spider.crawling.politeness.pauses import host_of
from fjsen_spider.crawling.politeness.retry import PoliteRetry
from fjsen_spider.crawling.politeness.robots import is_robots
from fjsen_spider.crawling.refusal import refusal

BLOCKED: Final = "blocked"
REFUSING: Final = frozenset({403, 429})
"""What a site says to a client that it does not want; with these, 412, 521 and every 5xx are failures."""
_UNREACHED: Final = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ConnectError,
    ConnectionClosed,
    TunnelError,
    OSError,
)


class Breaker(Component):
    """Opens a host's circuit after so many failures in a row, tries again included; as many anywhere end the run.

    Sees decoded answers, before they are tried again. A robots.txt has its own rule.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._most = number(crawler.settings, "FJSEN_BREAKER_FAILURES")
        self._of_host: Counter[str] = Counter()
        self._in_a_row = 0

    def process_request(self, request: Request) -> None:
        """Refuse a request to a host whose circuit is open."""
        host = host_of(request)
        if self._of_host[host] >= self._most:
            raise refusal(self._crawler, "circuit-open", f"{host} failed {self._most:.0f} times in a row", owed=True)

    def process_response(self, request: Request, response: Response) -> Response:
        """Count; a firewall's page goes no further, even where it says 200."""
        if is_robots(request):
            return response
        if sign := challenge(response):
            self._crawler.stats.inc_value(f"fjsen/challenge/{sign}")
            self._crawler.signals.send_catch_log(CHALLENGED, response=response, sign=sign)
        if sign or response.status in REFUSING or response.status >= 500:
            self._fail(host_of(request), sign or str(response.status))
        else:
            self._of_host[host_of(request)] = self._in_a_row = 0
        if sign and response.status < 400:
            raise refusal(self._crawler, "challenge", f"a firewall's page in the place of {request.url}", owed=True)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count a host that could not be reached."""
        if isinstance(exception, _UNREACHED) and not is_robots(request):
            self._fail(host_of(request), type(exception).__name__)

    def _fail(self, host: str, why: str) -> None:
        self._of_host[host] += 1
        self._in_a_row += 1
        if self._of_host[host] == self._most:
            self._open(host)
        if self._in_a_row == self._most:
            end(self._crawler, BLOCKED, f"{self._in_a_row} failures in a row, the last one {why} of {host}")

    def _open(self, host: str) -> None:
        self._crawler.stats.inc_value("fjsen/breaker/opened")
        retry = self._crawler.get_downloader_middleware(PoliteRetry)
        if retry:
            retry.pauses.lift(host)  # who waits for the host learns at once that it is not asked any more
