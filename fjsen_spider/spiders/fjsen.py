"""The portal's spider: front page and columns → listings → articles → their pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import chain
from typing import TypeAlias

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from fjsen_spider.crawling.arguments import read_scope
from fjsen_spider.crawling.exchange import ask, asked_for, count_missing, is_page_asked_for, reason, receive
from fjsen_spider.crawling.gathering import Gathering
from fjsen_spider.crawling.limit import Limit
from fjsen_spider.crawling.scope import Scope
from fjsen_spider.crawling.sightings import Sightings
from fjsen_spider.extraction.listing import ListedLink, column_page, column_url, read_front, read_listing
from fjsen_spider.items import RawArticle
from fjsen_spider.urls import DOMAIN, PageKind, address, classify

# Priorities: what is begun is finished first, so that a run that is stopped leaves little half-done.
LISTING, ARTICLE, CONTINUATION = 0, 10, 20

Output: TypeAlias = Iterator[Request | RawArticle]


class FjsenSpider(Spider):
    """Yields each article once, as one RawArticle, when its pages are in."""

    name = "fjsen"
    allowed_domains = [DOMAIN]  # noqa: RUF012 - Scrapy's attribute

    def __init__(self, scope: Scope | None = None, **arguments: str) -> None:
        super().__init__()
        self.arguments = arguments
        self.scope = scope or read_scope(**arguments)
        self.sightings = Sightings(self.scope.limit)
        self._listings: set[str] = set()
        self._limit: Limit | None = None

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the seeds."""
        if self.scope.limit:
            self._limit = Limit(self.crawler, self.scope.limit, self._another)
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
            yield from self._listing(url, pages=1)

    def parse_front(self, response: Response) -> Output:
        """Follow the articles that a front page links."""
        yield from self._articles(read_front(receive(self, response)), response.url)

    def parse_listing(self, response: Response, pages: int = 1) -> Output:
        """Follow a column's articles, and its pager until a whole page is too old."""
        if not is_page_asked_for(response):
            yield from self.listing_failed(response)
            return
        listing = read_listing(receive(self, response))
        yield from self._articles(listing.articles, column_url(response.url))
        too_old = [self.scope.too_old(link.url, link.day) for link in listing.articles]
        if listing.next_url and not (too_old and all(too_old)):
            yield from self._listing(listing.next_url, listing.pages or pages)

    def listing_failed(self, told: Failure | Response) -> Iterator[Request]:
        """Go on behind a listing page that is missing."""
        request = count_missing(self, "listing", told)
        url, pages = asked_for(request), request.cb_kwargs.get("pages", 1)
        known = classify(url)
        if known and known.page < pages:
            yield from self._listing(column_page(url, known.page + 1), pages)

    def _listing(self, url: str, pages: int) -> Iterator[Request]:
        if address(url) not in self._listings:
            self._listings.add(address(url))
            yield ask(url, LISTING, self.parse_listing, self.listing_failed, pages=pages)

    def _articles(self, links: Iterable[ListedLink], found_on: str) -> Iterator[Request]:
        for link in links:
            if self.scope.covers(link.url, link.day):
                self.sightings.meet(link.url, found_on)
        yield from self._due()

    def _due(self) -> Iterator[Request]:
        for article, url in self.sightings.due():
            yield ask(url, ARTICLE, self.parse_article, self.article_failed, article=article)

    def _another(self) -> Iterator[Request]:
        """Ask for another article in the place of one that gave no record."""
        self.sightings.release()
        yield from self._due()

    def parse_article(self, response: Response, article: str | None = None) -> Output:
        """Take an article's first page in."""
        arrived = self.sightings.arrive(response.url, article)
        if article and arrived != article:
            count_missing(self, "article", response)
        yield from self._due()
        if arrived:
            yield from self.parse_page(response, Gathering(id=arrived))

    def article_failed(self, failure: Failure) -> Iterator[Request]:
        """Try the next address that the article was met at, or the next article."""
        self.sightings.fail(count_missing(self, "article", failure).cb_kwargs["article"], reason(failure))
        yield from self._due()

    def parse_page(self, response: Response, gathering: Gathering) -> Output:
        """Take a page of an article in."""
        if not gathering.add(receive(self, response)):
            count_missing(self, "page", response)
        yield from self._next_page(gathering)

    def page_failed(self, failure: Failure) -> Output:
        """Go on without a continuation page."""
        gathering: Gathering = count_missing(self, "page", failure).cb_kwargs["gathering"]
        gathering.failed = True
        yield from self._next_page(gathering)

    def _next_page(self, gathering: Gathering) -> Output:
        if url := gathering.next_address():
            yield ask(url, CONTINUATION, self.parse_page, self.page_failed, gathering=gathering)
        else:
            aliases = self.sightings.aliases(gathering.id, gathering.pages[0].url or "")
            yield RawArticle(pages=tuple(gathering.pages), aliases=aliases)
