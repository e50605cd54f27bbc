"""No request leaves the spider's domains, a redirected one neither."""

from __future__ import annotations

from scrapy import Request
from scrapy.utils.httpobj import urlparse_cached

from fjsen_spider.crawling.component import Component
from fjsen_spider.crawling.refusal import refusal


class Confine(Component):
    """In the place of Scrapy's offsite middleware, which lets every `dont_filter` request pass.

    A spider without `allowed_domains`, such as that of `scrapy shell`, is free.
    """

    def process_request(self, request: Request) -> None:
        """Refuse a request off the domains; its errback is told."""
        domains = getattr(self._crawler.spider, "allowed_domains", None)
        host = urlparse_cached(request).hostname or ""
        if domains and not any(f".{host}".endswith(f".{domain}") for domain in domains):
            raise refusal(self._crawler, "offsite", f"{host} is not of {', '.join(domains)}")
