"""Where each article has been met: each is fetched once, whatever its channel, touch twin or query."""

from __future__ import annotations

import math
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urldefrag, urlsplit

from fjsen_spider.urls import address, article_id

_SUFFIX: Final = re.compile(r"(/content_\d+)_(?:\d+|all)(?=\.html?)")


@dataclass(slots=True, kw_only=True, eq=False)
class Sighting:
    """One article as the crawl met it."""

    id: str
    """As in the record: `fjsen:<content id>`."""
    found_on: list[str] = field(default_factory=list)
    """The columns (or other seeds) that list it."""
    urls: list[str] = field(default_factory=list)
    """Without scheme and query; the one met first first."""
    untried: list[str] = field(default_factory=list)
    """Addresses that it may be fetched at and that have not been asked yet, in order."""
    tried: list[str] = field(default_factory=list)
    open: bool = False
    """It waits to be asked for, or is on its way, or is here."""
    fetched: bool = False
    failure: str | None = None
    """Why the last address asked gave nothing."""


class Sightings:
    """Every article met, by id, and those that wait to be asked for: no more at a time than a limit still needs."""

    def __init__(self, limit: int | None = None) -> None:
        self._most = limit or math.inf
        self._met: dict[str, Sighting] = {}
        self._waiting: deque[Sighting] = deque()
        self._open = 0

    def __iter__(self) -> Iterator[Sighting]:
        return iter(self._met.values())

    def meet(self, url: str, found_on: str) -> None:
        """Note an article's link; it waits unless it is open already: other addresses are for when the first fails."""
        self._wait(self._note(url, found_on))

    def due(self) -> Iterator[tuple[str, str]]:
        """Yield the articles to ask for now: id and next address."""
        while self._waiting and self._open < self._most:
            sighting = self._waiting.popleft()
            sighting.tried.append(sighting.untried.pop(0))
            self._open += 1
            yield sighting.id, sighting.tried[-1]

    def fail(self, article: str, why: str) -> None:
        """Note that an address gave nothing; the article waits again if there is another."""
        sighting = self._met[article]
        self._open -= 1
        sighting.open, sighting.failure = False, why
        self._wait(sighting)

    def release(self) -> None:
        """Note that an article gave no record: a limit has room for another."""
        self._open -= 1

    def arrive(self, url: str, article: str | None = None) -> str | None:
        """Tell which article's first page has come from a URL: a redirect may have led to another than was asked for.

        None for what is no article's address, and for another article that is here or on its way.
        """
        name = article_id(url)
        if article and name != article:
            self.fail(article, "redirected")
        if name is None or (name != article and not self._take(url, article)):
            return None
        self._met[name].fetched = True
        return name

    def aliases(self, article: str, url: str) -> tuple[str, ...]:
        """Return the addresses that an article was met under, besides the one that it was fetched from."""
        return tuple(one for one in self._met[article].urls if one != address(url))

    def _take(self, url: str, instead_of: str | None) -> bool:
        """Open the article of a page that came without being asked for; tell whether it was not open yet."""
        sighting = self._note(url, self._met[instead_of].found_on[0] if instead_of else url)
        if sighting in self._waiting:
            self._waiting.remove(sighting)
        elif sighting.open:
            return False
        sighting.open = True
        self._open += 1
        return True

    def _note(self, url: str, found_on: str) -> Sighting:
        name = article_id(url) or url
        sighting = self._met.setdefault(name, Sighting(id=name))
        _extend(sighting.found_on, found_on)
        _extend(sighting.urls, address(url))
        _extend(sighting.untried, *(one for one in addresses(url) if one not in sighting.tried))
        return sighting

    def _wait(self, sighting: Sighting) -> None:
        if sighting.untried and not sighting.open:
            sighting.open = True
            self._waiting.append(sighting)


def _extend(known: list[str], *others: str) -> None:
    known += [one for one in others if one not in known]


def addresses(url: str) -> tuple[str, ...]:
    """Return where an article's first page may be, as the site writes it; a touch page first at its PC address."""
    first = _SUFFIX.sub(r"\1", urldefrag(url).url)
    parts = urlsplit(first)
    if "/wap/" not in parts.path:
        return (first,)
    return parts._replace(path=parts.path.replace("/wap/", "/", 1), query="").geturl(), first
