"""The portal's spider: front page and columns → listings → articles → their pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias

from scrapy import Request, Spider, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from fjsen_spider.crawling.arguments import read_scope
from fjsen_spider.crawling.exchange import (
    Told,
    ask,
    asked_for,
    count_missing,
    is_owed,
    is_page_asked_for,
    is_proof,
    reason,
    receive,
)
from fjsen_spider.crawling.frontier import Frontier
from fjsen_spider.crawling.gathering import Gathering
from fjsen_spider.crawling.guards.budget import first_listed
from fjsen_spider.crawling.ledger import Ledger
from fjsen_spider.crawling.limit import Limit
from fjsen_spider.crawling.outcomes import Outcomes
from fjsen_spider.crawling.schedule import Schedule
from fjsen_spider.crawling.scope import Scope
from fjsen_spider.crawling.store import Store
from fjsen_spider.crawling.tombstones import tombstone_of
from fjsen_spider.crawling.walks import Walk, Walks
from fjsen_spider.extraction.listing import ListedLink, Listing, column_page, column_url, read_front, read_listing
from fjsen_spider.items import Article, RawArticle
from fjsen_spider.urls import DOMAIN, PageKind, article_id, classify

# Priorities: what is begun is finished first, so that a run that is stopped leaves little half-done.
LISTING, ARTICLE, CONTINUATION = 0, 10, 20

Output: TypeAlias = Iterator[Request | RawArticle | Article]


class FjsenSpider(Spider):
    """Yields each article that is owed once, as one RawArticle, when its pages are in."""

    name = "fjsen"
    allowed_domains = [DOMAIN]  # noqa: RUF012 - Scrapy's attribute

    def __init__(self, scope: Scope | None = None, **arguments: str) -> None:
        super().__init__()
        self.arguments = arguments
        self.scope = scope or read_scope(**arguments)
        self._use(Ledger.begin(Path(":memory:"), "", 0), Schedule(()))  # `parse` and `shell` leave nothing behind

    def _use(self, ledger: Ledger, schedule: Schedule, now: int = 0, deep_every: int = 0) -> None:
        self.frontier = Frontier(ledger, self.scope, schedule)
        self.walks = Walks(ledger=ledger, scope=self.scope, now=now, deep_every=deep_every)

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the seeds, and behind them for what the ledger owes."""
        store = self.crawler.get_extension(Store)
        if store is None or not store.open():
            return
        self._use(store.ledger, store.schedule, int(store.start.timestamp()), store.deep_every)
        self._outcomes = Outcomes(self.crawler, self.frontier)  # kept: signals hold on to nothing
        self._limit = Limit(self.crawler, self.scope.limit, self._due)
        self.crawler.signals.connect(self._idle, signals.spider_idle)
        seeds = self.scope.seeds()
        self.crawler.stats.set_value("fjsen/seeds", len(seeds))
        for request in chain.from_iterable(map(self._seed, seeds)):
            yield request

    def _seed(self, url: str) -> Iterator[Request]:
        known = classify(url)
        if known and known.kind is PageKind.LISTING:
            self.crawler.stats.inc_value("fjsen/columns")
        if known and known.kind is PageKind.ARTICLE:
            self._meet([ListedLink(url=url)], self.walks.begin("urls"), 0)
        elif walk := self.walks.begin_once(url):
            front = known is not None and known.kind is PageKind.FRONT
            yield self._listing(url, walk, self.parse_front if front else self.parse_listing)

    def _listing(self, url: str, walk: Walk, callback: Any) -> Request:
        self.walks.open.add(url)
        walk.depth += 1
        return ask(url, LISTING, callback, self.listing_failed, depth=walk.depth, walk=walk)

    def parse_front(self, response: Response, walk: Walk | None = None) -> Output:
        """Follow the articles that a front page links."""
        walk = self._answered(response, walk)
        self._meet(read_front(receive(self, response)), walk, 1)
        yield from self._owed()

    def parse_listing(self, response: Response, walk: Walk | None = None) -> Output:
        """Follow a column's articles, and its pager until a whole page is too old, or has no news."""
        if not is_page_asked_for(response):
            yield from self.listing_failed(response)
            return
        walk = self._moved(response, self._answered(response, walk))
        listing, known = read_listing(receive(self, response)), classify(response.url)
        page = known.page if known else 1
        walk.pages = listing.pages or walk.pages
        news = self._meet(first_listed(self.crawler, response.url, listing.articles), walk, page)
        if why := why_incomplete(listing, response.body, page < walk.pages):
            yield from self.listing_failed(response, why)
            return
        self.crawler.stats.inc_value("fjsen/listings")
        too_old = [self.scope.too_old(link.url, link.day) for link in listing.articles]
        more = listing.next_url if listing.next_url and follows(listing.next_url, page) else None
        if self.walks.goes_on(walk, news=news, too_old=bool(too_old) and all(too_old), more=bool(more)):
            yield self._listing(more or "", walk, self.parse_listing)
        yield from self._owed()

    def listing_failed(self, told: Told, why: str | None = None) -> Iterator[Request]:
        """Go on behind a listing page that is missing."""
        request = count_missing(self, "listing", told, why)
        walk, url = self._answered(request, request.cb_kwargs.get("walk")), asked_for(request)
        self.walks.missed(walk, why or reason(told))
        known = classify(url)
        if known and known.page < walk.pages:
            yield self._listing(column_page(url, known.page + 1), walk, self.parse_listing)
        else:
            self.walks.goes_on(walk, news=False, too_old=False, more=False)
        yield from self._owed()

    def _moved(self, response: Response, walk: Walk) -> Walk:
        """Return the walk of a column that another redirects to; the page is met again where that is walked already."""
        column = column_url(response.url)
        if column == column_url(asked_for(response)):
            return walk
        self.walks.goes_on(walk, news=False, too_old=False, more=False)
        return self.walks.begin_once(column) or walk

    def _answered(self, message: Request | Response, walk: Walk | None) -> Walk:
        self.walks.open.discard(asked_for(message))
        return walk or self.walks.begin(message.url)

    def _meet(self, links: Iterable[ListedLink], walk: Walk, page: int) -> bool:
        """Note the articles wanted; tell whether one of them is news."""
        wanted = [link for link in links if self.scope.covers(link.url, link.day)]
        met = [self.frontier.meet(link, walk.column, page, position) for position, link in enumerate(wanted)]
        return any(met)

    def _owed(self) -> Iterator[Request]:
        """Ask for articles once all listings are walked: by then it is known under which addresses each is listed."""
        if not self.walks.open or self.scope.limit:
            self.frontier.look_again()
            yield from self._due()

    def _due(self) -> Iterator[Request]:
        for article, url in self.frontier.due():
            yield ask(url, ARTICLE, self.parse_article, self.article_failed, article=article)

    def _idle(self) -> None:
        self.walks.open.clear()
        self.frontier.look_again()
        requests = list(self._due())
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def parse_article(self, response: Response, article: str | None = None) -> Output:
        """Take an article's first page in."""
        arrived = self.frontier.arrive(response.url, article) if article else article_id(response.url)
        if article and arrived != article:
            yield from self._no_article(article, response)
        if arrived:
            yield from self.parse_page(response, Gathering(id=arrived))
        yield from self._due()

    def article_failed(self, failure: Failure) -> Output:
        """Try the next address that the article was met at, or the next article."""
        yield from self._no_article(failure.request.cb_kwargs["article"], failure)  # type: ignore[attr-defined]
        yield from self._due()

    def _no_article(self, article: str, told: Told) -> Iterator[Article]:
        request = count_missing(self, "article", told)
        if is_owed(told):
            self.frontier.postpone(article, request.url)
        elif gone := self.frontier.fail(article, reason(told), proof=is_proof(told)):
            yield tombstone_of(gone, told)

    def parse_page(self, response: Response, gathering: Gathering) -> Output:
        """Take a page of an article in."""
        if not gathering.add(receive(self, response)):
            count_missing(self, "page", response)
        yield from self._next_page(gathering)

    def page_failed(self, failure: Failure) -> Output:
        """Go on without a continuation page; where it was refused for now only, the whole article is owed as before."""
        request = count_missing(self, "page", failure)
        gathering: Gathering = request.cb_kwargs["gathering"]
        if is_owed(failure):
            self.frontier.postpone(gathering.id, request.url)
            yield from self._due()
            return
        gathering.failed = True
        yield from self._next_page(gathering)

    def _next_page(self, gathering: Gathering) -> Output:
        if url := gathering.next_address():
            depth = len(gathering.asked)
            yield ask(url, CONTINUATION, self.parse_page, self.page_failed, depth=depth, gathering=gathering)
        else:
            aliases = self.frontier.aliases(gathering.id, gathering.pages[0].url or "")
            yield RawArticle(pages=tuple(gathering.pages), aliases=aliases)


def follows(url: str, page: int) -> bool:
    """Tell whether a listing page comes behind page number `page`: a pager that leads back is a trap."""
    known = classify(url)
    return known is not None and known.page > page


def why_incomplete(listing: Listing, body: bytes, more: bool) -> str | None:
    """Return why an answer is no whole page of a column: a maintenance page, or part of a page, says nothing of its end."""
    if not listing.articles:
        return "no-listing"
    html = body.lower()
    cut = b"<html" in html and b"</html" not in html
    return "cut-short" if cut or (more and not listing.next_url) else None
