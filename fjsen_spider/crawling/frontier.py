"""What a crawl asks for next: the articles that the ledger owes, each at one address after the other."""

from __future__ import annotations

import math
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urldefrag, urlsplit

from fjsen_spider.crawling.clock import RunClock
from fjsen_spider.crawling.ledger import Entry, Ledger, State
from fjsen_spider.crawling.ledger.articles import Outcome
from fjsen_spider.crawling.ledger.columns import ColumnEntry
from fjsen_spider.crawling.schedule import Schedule, day_of, moment_of
from fjsen_spider.crawling.scope import Scope, url_day
from fjsen_spider.extraction.listing import ListedLink
from fjsen_spider.items import Article
from fjsen_spider.urls import address, article_id, content_number

WINDOW: Final = 16
"""Articles of a host that are asked for, or on their way, at a time: the rest waits in the ledger, not in memory."""

BEHIND: Final = 1 << 60
"""Added to the place of an address that only leads to an article: it is asked last."""

GONE: Final = frozenset({"404", "410", "redirected home"})
"""Answers that say that an article is not there; other failures may pass."""

FINAL: Final = ("not an article", "record dropped", "refused-")
"""How outcomes begin that another try is not likely to change: after the last span of the schedule there is none."""

_SUFFIX: Final = re.compile(r"(/content_\d+)_(?:\d+|all)(?=\.html?)")


@dataclass(slots=True, kw_only=True, eq=False)
class Visit:
    """An article on its way."""

    entry: Entry
    untried: deque[str]
    """Addresses that it may be fetched at and that have not been asked, in order."""
    failures: list[str] = field(default_factory=list)
    """Why the addresses asked gave nothing."""


class Frontier:
    """The articles to ask for, host by host, as listed; no more at a time than a limit still needs."""

    def __init__(self, ledger: Ledger, scope: Scope, schedule: Schedule) -> None:
        self._articles, self._scope, self._schedule = ledger.articles, scope, schedule
        self._most = scope.limit or math.inf
        self._clock = RunClock()
        self._written = 0
        self._closed: set[str] = set()
        self._left: set[int] = set()
        self._open: dict[int, Visit] = {}
        self._on_host: Counter[str] = Counter()
        self._again: deque[Visit] = deque()
        self._batches: dict[str, deque[Entry]] = {}
        self._last: dict[str, Entry] = {}

    def meet(self, link: ListedLink, column: ColumnEntry, page: int, position: int) -> bool:
        """Note an article's link; tell whether it is news since the column's last walk without a gap."""
        place = column.id << 40 | page << 20 | position
        url = urldefrag(link.url).url
        first = self._articles.meet(content_number(url), url, column.id, place, link.day or url_day(url))
        return first is None or first > column.walked

    def look_again(self) -> None:
        """Begin at the first article that is owed: others have been met."""
        hosts = [host for host in self._articles.hosts(self._clock.now()) if host not in self._closed]
        self._batches = {host: deque() for host in hosts if self._scope.covers(f"http://{host}/")}
        self._last.clear()

    def due(self) -> Iterator[tuple[str, str]]:
        """Yield what to ask for now: article id and address."""
        while self._again:
            yield self._next(self._again.popleft())
        for host in list(self._batches):
            while host in self._batches and self._room(host) and (entry := self._draw(host)):
                yield self._next(self._begin(entry))

    def fail(self, article: str, why: str, *, proof: bool = True) -> Entry | None:
        """Note that an address gave nothing: the next is asked, or else the article is settled.

        Return the article instead when it is gone and has a record: there is something to tell. An archive that does
        not have a page is no proof.
        """
        visit = self._open[number_of(article)]
        visit.failures.append(why)
        if visit.untried:
            self._again.append(visit)
            return None
        gone = set(visit.failures) <= GONE and (proof or not visit.entry.revision)
        if gone and visit.entry.revision and visit.entry.state != State.GONE:
            return visit.entry
        self.settle(article, State.GONE if gone else State.FAILED, visit.failures[-1])
        return None

    def arrive(self, url: str, article: str) -> str | None:
        """Tell which article's first page has come from a URL: a redirect may have led to another than was asked for.

        None for what is no article's address, and for another article that is here, on its way, or known.
        """
        name = article_id(url)
        if name is None or (name != article and not self._take(url, article)):
            return None
        self._articles.fetched(number_of(name))
        return name

    def aliases(self, article: str, url: str) -> tuple[str, ...]:
        """Return the addresses that an article is listed at, besides the one that it was fetched from."""
        listed = dict.fromkeys(address(one) for one in self._articles.addresses(number_of(article)))
        return tuple(one for one in listed if one != address(url))

    def settle_record(self, record: Article, outcome: str) -> None:
        """Note an article that is there, and when to look at it again."""
        entry, now = self._articles.get(number_of(record.id or "")), self._clock.latest()
        if entry is None:
            return
        self._written += outcome == "recorded"
        attempts = 0 if record.complete else entry.attempts + 1
        first = moment_of(entry.first_seen, now)
        due = self._schedule.revisit(first, day_of(record.date) or day_of(entry.day), now)
        if attempts:
            due = self._schedule.retry(attempts, now)
        self._articles.settle(
            entry.id, Outcome(state=State.DONE, outcome=outcome, due=due, attempts=attempts, seen=now)
        )
        self.release(record.id)

    def settle(self, article: str, state: State, outcome: str) -> None:
        """Note an article that gave no record, or a tombstone, and when to try again; what has a record keeps it."""
        self._written += outcome == "tombstone"
        if entry := self._articles.get(number_of(article)):
            kept = state
            if state == State.FAILED and entry.revision:
                kept = State.GONE if entry.state == State.GONE else State.DONE
            attempts = entry.attempts + 1
            ever = state == State.FAILED and not outcome.startswith(FINAL)
            due = self._schedule.retry(attempts, self._clock.latest(), ever=ever)
            self._articles.settle(entry.id, Outcome(state=kept, outcome=outcome, due=due, attempts=attempts))
        self.release(article)

    def postpone(self, article: str, url: str) -> None:
        """Leave an article to the next run, and with it all that is owed of a host that is not to be asked now."""
        host = urlsplit(url).hostname or ""
        self._closed.add(host)
        self._batches.pop(host, None)
        self._left.add(number_of(article))
        self.release(article)

    def release(self, article: str | None) -> None:
        """Note that an article is not on its way any more."""
        if article and (visit := self._open.pop(number_of(article), None)):
            self._on_host[visit.entry.host] -= 1

    def _room(self, host: str) -> bool:
        return self._on_host[host] < WINDOW and len(self._open) + self._written < self._most

    def _draw(self, host: str) -> Entry | None:
        batch = self._batches[host]
        while batch or self._refill(host):
            entry = self._articles.get(batch.popleft().id)
            if entry and entry.due is not None and entry.due <= self._clock.now() and self._wanted(entry):
                return entry
        return None

    def _refill(self, host: str) -> bool:
        found = self._articles.due(host, self._clock.now(), self._last.get(host))
        self._batches[host].extend(found)
        if found:
            self._last[host] = found[-1]
        return bool(found)

    def _wanted(self, entry: Entry) -> bool:
        covered = self._scope.covers(f"http://{entry.host}/", day_of(entry.day))
        return (
            covered
            and entry.id not in self._open
            and entry.id not in self._left
            and (not self._scope.urls or self._articles.is_touched(entry.id))
        )

    def _begin(self, entry: Entry) -> Visit:
        known = (way for url in self._articles.addresses(entry.id) for way in addresses(url))
        visit = self._open[entry.id] = Visit(entry=entry, untried=deque(dict.fromkeys(known)))
        self._on_host[entry.host] += 1
        self._articles.touch(entry.id)
        return visit

    def _next(self, visit: Visit) -> tuple[str, str]:
        return f"fjsen:{visit.entry.id}", visit.untried.popleft()

    def _take(self, url: str, instead_of: str) -> bool:
        """Begin with an article that came without being asked for; tell whether it is owed."""
        number, moved = content_number(url), self._open[number_of(instead_of)].entry
        self._articles.meet(number, url, moved.place >> 40, moved.place, url_day(url))
        for alias in self._articles.addresses(moved.id):
            self._articles.add(number, alias, moved.place >> 40, moved.place | BEHIND, url_day(url))
        entry = self._articles.get(number)
        if number in self._open or entry is None or entry.state not in (State.OWED, State.FAILED):
            return False
        self._begin(entry).untried.clear()
        return True


def addresses(url: str) -> tuple[str, ...]:
    """Return where an article's first page may be, as the site writes it; a touch page first at its PC address."""
    first = _SUFFIX.sub(r"\1", urldefrag(url).url)
    parts = urlsplit(first)
    if "/wap/" not in parts.path:
        return (first,)
    return parts._replace(path=parts.path.replace("/wap/", "/", 1), query="").geturl(), first


def number_of(article: str) -> int:
    """Return the content id of an article's id."""
    return int(article.removeprefix("fjsen:"))
