"""robots.txt: every request waits for the rules of its host."""

from __future__ import annotations

import asyncio

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached


class PatientRobots(RobotsTxtMiddleware):
    """Scrapy's middleware, with one task a host that all its requests wait for.

    Scrapy 2.14 to 2.19 lets every request but the first two through that waits for a robots.txt on its way.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._rules: dict[str, asyncio.Future[RobotParser | None]] = {}

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of the request's host, None for a host without any."""
        host = urlparse_cached(request).netloc
        if host not in self._rules:
            self._rules[host] = asyncio.ensure_future(super().robot_parser(request))
        return await asyncio.shield(self._rules[host])
