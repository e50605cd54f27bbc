"""Budgets: what no honest site needs is a trap, and is cut."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from scrapy import Request
from scrapy.crawler import Crawler

from fjsen_spider.crawling.component import Component
from fjsen_spider.crawling.configuration import number
from fjsen_spider.crawling.ending import end
from fjsen_spider.crawling.politeness.pauses import host_of
from fjsen_spider.crawling.refusal import RefusedError, refusal
from fjsen_spider.extraction.listing import column_url
from fjsen_spider.urls import PageKind, classify

logger = logging.getLogger(__name__)

Link = TypeVar("Link")


class Budget(Component):
    """Refuses URLs that are too long or too many links away, and more requests than a column, host or run has."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._length = number(crawler.settings, "URLLENGTH_LIMIT")
        self._depth = number(crawler.settings, "FJSEN_MAX_DEPTH")
        self._listings = number(crawler.settings, "FJSEN_MAX_LISTING_PAGES")
        self._of_host = number(crawler.settings, "FJSEN_MAX_REQUESTS_PER_HOST")
        self._of_run = number(crawler.settings, "FJSEN_MAX_REQUESTS")
        self._made: Counter[str] = Counter()
        self._pages: Counter[str] = Counter()
        self._all = 0
        self._logged: set[tuple[str, str]] = set()

    def process_request(self, request: Request) -> None:
        """Count a request; refuse it when it is over a budget."""
        if len(request.url) > self._length:
            raise self._cut("url-length", host_of(request), "has URLs that are too long, as", request)
        if request.meta.get("depth", 0) > self._depth:
            raise self._cut("depth", host_of(request), "has links without end, as", request)
        if not request.meta.get("retry_times") and not request.meta.get("redirect_times"):
            self._count_listing(request)
        self._made[host_of(request)] += 1
        self._all += 1
        if self._all > self._of_run:
            end(self._crawler, "closespider_requests", f"{self._of_run:.0f} requests were made")
            raise self._cut("run-requests", "the run", "has made its requests; the next was", request, owed=True)
        if self._made[host_of(request)] > self._of_host:
            raise self._cut("host-requests", host_of(request), "has had its requests; the next was", request, owed=True)

    def _count_listing(self, request: Request) -> None:
        known = classify(request.url)
        if known and known.kind is PageKind.LISTING:
            column = column_url(request.url)
            self._pages[column] += 1
            if self._pages[column] > self._listings:
                raise self._cut("listing-pages", column, "has more pages than are looked at, as", request)

    def _cut(self, rule: str, what: str, why: str, request: Request, *, owed: bool = False) -> RefusedError:
        if (rule, what) not in self._logged:
            self._logged.add((rule, what))
            logger.warning("Cut, and only told once: %s %s %s", what, why, request.url[:200])
        return refusal(self._crawler, rule, f"{what} {why} {request.url[:200]}", owed=owed)


def first_listed(crawler: Crawler, listing: str, links: Sequence[Link]) -> Sequence[Link]:
    """Return the links of a listing page that are followed, at most FJSEN_MAX_LISTED; count and log the others."""
    most = int(number(crawler.settings, "FJSEN_MAX_LISTED"))
    if len(links) > most:
        crawler.stats.inc_value("fjsen/refused/listed", len(links) - most)
        logger.warning("Cut: %s lists %d articles, %d are followed", listing, len(links), most)
    return links[:most]
