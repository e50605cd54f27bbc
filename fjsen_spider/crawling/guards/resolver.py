"""Names that resolve to an address that is not public are not resolved at all."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address
from typing import ClassVar, Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from scrapy.utils.url import add_http_if_no_scheme
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from fjsen_spider.crawling.configuration import flag
from fjsen_spider.crawling.guards.addresses import is_loopback, is_public


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver, through which every connection of a crawl finds its address; a proxy may be anywhere."""

    refused: ClassVar[set[str]] = set()
    """Hosts that resolved to an address that is not public."""

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float) -> None:
        super().__init__(reactor, cache_size, timeout)
        self._loopback = False
        self._proxies = {urlsplit(add_http_if_no_scheme(url)).hostname for url in getproxies().values()}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Build it as Scrapy does."""
        resolver = super().from_crawler(crawler, reactor)
        resolver._loopback = flag(crawler.settings, "FJSEN_ALLOW_LOOPBACK")
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 - Twisted's
        """Resolve a name; a private answer is no answer."""
        found = super().getHostByName(name, timeout)
        return found if name in self._proxies else found.addCallback(self._public, name)

    def _public(self, answer: str, name: str) -> str:
        address = ip_address(answer)
        if is_public(address) or (self._loopback and is_loopback(address)):
            return answer
        self.refused.add(name)
        raise DNSLookupError(f"{name} is {answer}, which is not a public address")
