"""robots.txt: every request waits for the rules of its host; a host that does not tell them is not asked."""

from __future__ import annotations

import asyncio
import logging
from time import monotonic
from typing import Final

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler

from fjsen_spider.crawling.ending import end, is_ending
from fjsen_spider.crawling.politeness.throttle import slow_down
from fjsen_spider.crawling.refusal import RefusedError, refusal

logger = logging.getLogger(__name__)

UNREACHABLE: Final = "robots_unreachable"
SILENT, NOBODY = "robots-unreachable", "no-such-host"
"""Rules by which a host is not asked: its pages are owed still, or are not to be had."""
LONGEST: Final = 500 * 1024
"""Bytes that are read of it (RFC 9309)."""
_MARK: Final = "robots_of"
KEPT: Final = 24 * 3600.0
"""Seconds after which it is asked for again (RFC 9309)."""


def is_robots(request: Request) -> bool:
    """Tell whether a request is one for a host's rules, redirected or not: it waits for none."""
    return _MARK in request.meta


class PatientRobots(RobotsTxtMiddleware):
    """Scrapy's, with one task a host that all its requests wait for, and the rules of RFC 9309 for what is no answer.

    Scrapy 2.14 to 2.19 lets every request but the first two through that waits for a robots.txt on its way, and takes
    the page of an error, or none, as leave to crawl.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._asked: dict[str, tuple[float, asyncio.Future[RobotParser | None]]] = {}
        self._unreachable: dict[str, str] = {}  # host → the rule by which it is not asked

    async def process_request(self, request: Request) -> None:  # type: ignore[override]  # less an old argument
        """Refuse what the rules forbid, and all of a host that has not told its rules."""
        if is_robots(request):
            return
        rules = await self.robot_parser(request)
        if rules is None:
            host = urlparse_cached(request).netloc
            rule = self._unreachable.get(host, SILENT)
            raise refusal(self.crawler, rule, f"robots.txt of {host} cannot be had", owed=rule == SILENT)
        if not rules.allowed(request.url, self._agent(request)):
            raise refusal(self.crawler, "robots", "Forbidden by robots.txt")

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of the request's host, None when they cannot be had."""
        host = urlparse_cached(request).netloc
        if host not in self._asked or monotonic() - self._asked[host][0] > KEPT:
            self._asked[host] = monotonic(), asyncio.ensure_future(self._ask(request, host))
        return await asyncio.shield(self._asked[host][1])

    async def _ask(self, request: Request, host: str) -> RobotParser | None:
        url = f"{urlparse_cached(request).scheme}://{host}/robots.txt"
        rules = Request(url, NO_CALLBACK, priority=self.DOWNLOAD_PRIORITY, meta={_MARK: host})
        try:
            response = await self.crawler.engine.download_async(rules)
            if response.status // 100 in (2, 4) and response.status != 429:
                self._unreachable.pop(host, None)
                return await self._read(response, request)
            self._give_up(host, str(response.status), SILENT)
        except Exception as error:  # noqa: BLE001 - whatever it was, nobody has said what may be crawled
            self._give_up(host, str(error) or type(error).__name__, NOBODY if _is_nobody(error) else SILENT)
        return None

    async def _read(self, response: Response, request: Request) -> RobotParser:
        rules = build_from_crawler(self._parserimpl, self.crawler, self._text(response))
        await self.crawler.signals.send_catch_log_async(signals.robots_parsed, robotparser=rules, request=request)
        slow_down(self.crawler, request, rules.crawl_delay(self._agent(request)))
        return rules

    def _text(self, response: Response) -> bytes:
        """Return the rules' text: none of a missing file or of a web page, no more than there has to be."""
        body = response.body
        if response.status >= 400:
            return self._told("none", b"")
        if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return self._told("html", b"")
        if len(body) > LONGEST:
            return self._told("too_long", body[: body.rfind(b"\n", 0, LONGEST) + 1])
        return self._told("read", body)

    def _told(self, outcome: str, text: bytes) -> bytes:
        self.crawler.stats.inc_value(f"fjsen/robots/{outcome}")
        return text

    def _give_up(self, host: str, why: str, rule: str) -> None:
        if is_ending(self.crawler):
            return
        self.crawler.stats.inc_value("fjsen/robots/unreachable")
        logger.error("Nothing is asked of %s, there is no robots.txt: %s", host, why)
        self._unreachable[host] = rule
        if self._unreachable.keys() >= self._asked.keys():
            end(self.crawler, UNREACHABLE, f"no host has told its rules, the last one {host}: {why}")

    def _agent(self, request: Request) -> str | bytes:
        return self._robotstxt_useragent or request.headers.get(b"User-Agent") or self._default_useragent


def _is_nobody(error: Exception) -> bool:
    """Tell whether a host has no address at all, or none of the public internet: it is not a matter of waiting."""
    refused = isinstance(error, RefusedError) and error.rule == "address"
    return refused or isinstance(error, CannotResolveHostError)
