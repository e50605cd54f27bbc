"""Only http and https, their own ports, and addresses of the public internet."""

from __future__ import annotations

from typing import Final

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.utils.httpobj import urlparse_cached

from fjsen_spider.crawling.component import Component
from fjsen_spider.crawling.configuration import flag
from fjsen_spider.crawling.guards.addresses import is_loopback, is_public, literal
from fjsen_spider.crawling.guards.resolver import PublicResolver
from fjsen_spider.crawling.refusal import refusal

SCHEMES: Final = frozenset({"http", "https"})
PORTS: Final = frozenset({None, 80, 443})


class PublicOnly(Component):
    """Refuses a URL by what stands in it; what its name resolves to is the resolver's business.

    Behind a proxy it is the proxy that resolves names.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._loopback = flag(crawler.settings, "FJSEN_ALLOW_LOOPBACK")

    def process_request(self, request: Request) -> None:
        """Refuse a scheme, an address or a port that no page of the portal has."""
        url = urlparse_cached(request)
        if url.scheme not in SCHEMES:
            raise refusal(self._crawler, "scheme", f"{url.scheme} is neither http nor https")
        address = literal(url.hostname or "")
        if address and not is_public(address) and not (self._loopback and is_loopback(address)):
            raise refusal(self._crawler, "address", f"{url.hostname} is not a public address")
        try:
            fits = self._loopback or url.port in PORTS
        except ValueError:
            fits = False
        if not fits:
            raise refusal(self._crawler, "port", f"the port of {url.netloc} is neither 80 nor 443")

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Say why a name was not resolved, where that was the resolver's doing."""
        host = urlparse_cached(request).hostname
        if isinstance(exception, CannotResolveHostError) and host in PublicResolver.refused:
            raise refusal(self._crawler, "address", f"{host} has no public address") from exception
