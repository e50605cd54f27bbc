"""The portal's spider: front page and columns → listings → articles → their pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import chain
from typing import TypeAlias

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from fjsen_spider.crawling.arguments import read_scope
from fjsen_spider.crawling.exchange import ask, count_failure, raw_page, reason
from fjsen_spider.crawling.gathering import Gathering
from fjsen_spider.crawling.sightings import Sightings
from fjsen_spider.extraction.listing import ListedLink, column_page, column_url, read_front, read_listing
from fjsen_spider.items import RawArticle
from fjsen_spider.urls import DOMAIN, PageKind, classify

# Priorities: what is begun is finished first, so that a run that is stopped leaves little half-done.
LISTING, ARTICLE, CONTINUATION = 0, 10, 20

Output: TypeAlias = Iterator[Request | RawArticle]


class FjsenSpider(Spider):
    """Yields each article once, as one RawArticle, when its pages are in."""

    name = "fjsen"
    allowed_domains = [DOMAIN]  # noqa: RUF012 - Scrapy's attribute

    def __init__(self, **arguments: str) -> None:
        super().__init__()
        self.arguments = arguments
        self.scope = read_scope(**arguments)
        self.sightings = Sightings(self.scope.limit)
        self.yielded = 0

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the seeds."""
        seeds = self.scope.seeds()
        self.crawler.stats.set_value("fjsen/seeds", len(seeds))
        for request in chain.from_iterable(map(self._seed, seeds)):
            yield request

    def _seed(self, url: str) -> Iterator[Request]:
        known = classify(url)
        if known and known.kind is PageKind.ARTICLE:
            yield from self._articles([ListedLink(url=url)], "urls")
        elif known and known.kind is PageKind.FRONT:
            yield ask(url, LISTING, self.parse_front, self.listing_failed)
        else:
            yield ask(url, LISTING, self.parse_listing, self.listing_failed, pages=1)

    def parse_front(self, response: Response) -> Output:
        """Follow the articles that a front page links."""
        yield from self._articles(read_front(raw_page(response)), response.url)

    def parse_listing(self, response: Response, pages: int = 1) -> Output:
        """Follow a column's articles, and its pager until a whole page is too old."""
        listing = read_listing(raw_page(response))
        yield from self._articles(listing.articles, column_url(response.url))
        too_old = [self.scope.too_old(link.url, link.day) for link in listing.articles]
        if listing.next_url and not (too_old and all(too_old)):
            pages = listing.pages or pages
            yield ask(listing.next_url, LISTING, self.parse_listing, self.listing_failed, pages=pages)

    def listing_failed(self, failure: Failure) -> Iterator[Request]:
        """Go on behind a listing page that is missing."""
        request = count_failure(self, "listing", failure)
        known = classify(request.url)
        pages = request.cb_kwargs.get("pages", 1)
        if known and known.page < pages:
            url = column_page(request.url, known.page + 1)
            yield ask(url, LISTING, self.parse_listing, self.listing_failed, pages=pages)

    def _articles(self, links: Iterable[ListedLink], found_on: str) -> Iterator[Request]:
        for link in links:
            if self.scope.covers(link.url, link.day):
                self.sightings.meet(link.url, found_on)
        yield from self._due()

    def _due(self) -> Iterator[Request]:
        for article, url in self.sightings.due():
            yield ask(url, ARTICLE, self.parse_article, self.article_failed, article=article)

    def parse_article(self, response: Response, article: str | None = None) -> Output:
        """Take an article's first page in."""
        arrived = self.sightings.arrive(response.url, article)
        yield from self._due()
        if arrived:
            yield from self.parse_page(response, Gathering(id=arrived))

    def article_failed(self, failure: Failure) -> Iterator[Request]:
        """Try the next address that the article was met at, or the next article."""
        self.sightings.fail(count_failure(self, "article", failure).cb_kwargs["article"], reason(failure))
        yield from self._due()

    def parse_page(self, response: Response, gathering: Gathering) -> Output:
        """Take a page of an article in."""
        gathering.add(raw_page(response))
        yield from self._next_page(gathering)

    def page_failed(self, failure: Failure) -> Output:
        """Go on without a continuation page."""
        gathering: Gathering = count_failure(self, "page", failure).cb_kwargs["gathering"]
        gathering.failed = True
        yield from self._next_page(gathering)

    def _next_page(self, gathering: Gathering) -> Output:
        if url := gathering.next_address():
            yield ask(url, CONTINUATION, self.parse_page, self.page_failed, gathering=gathering)
        elif self.yielded != self.scope.limit:
            self.yielded += 1
            aliases = self.sightings.aliases(gathering.id, gathering.pages[0].url or "")
            yield RawArticle(pages=tuple(gathering.pages), aliases=aliases)
            if self.yielded == self.scope.limit:
                raise CloseSpider("limit")
