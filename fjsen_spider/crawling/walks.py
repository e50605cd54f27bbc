"""How far a column's listing pages are walked: to the first page without news, to the end, or to the days wanted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from fjsen_spider.crawling.ledger import Ledger
from fjsen_spider.crawling.ledger.columns import ColumnEntry
from fjsen_spider.crawling.scope import Scope
from fjsen_spider.urls import address

ABSENT: Final = frozenset({"404", "410", "redirected", "no-listing"})
"""Why a listing page may be missing for good, when it is so in walk after walk; after any other failure there is a gap."""
PATIENCE: Final = 3
"""Walks in a row after which a page that is not there counts as none."""
BUDGETS: Final = frozenset({"refused-listing-pages", "refused-depth"})
"""Why a listing page is not asked for: the walk has been long enough."""


@dataclass(slots=True, kw_only=True, eq=False)
class Walk:
    """This run's way through a column."""

    column: ColumnEntry
    deep: bool
    """It goes to the end, or the days wanted, whatever it meets."""
    pages: int = 1
    """How many pages the column has, as its pager says."""
    depth: int = 0
    """How many pages have been asked for."""
    gap: bool = False
    """A page of it could not be had."""
    absent: bool = False
    """A page that its pager links is not there."""
    over: bool = False


@dataclass(slots=True, kw_only=True)
class Walks:
    """The walks of a run.

    A walk with a gap, or one that a killed run left, does not count: what it met is news to the next walk too, which
    so goes on behind it.
    """

    ledger: Ledger
    scope: Scope
    now: int
    deep_every: int
    """Seconds."""
    open: set[str] = field(default_factory=set)
    """Addresses of listing and front pages that are on their way."""
    _begun: set[str] = field(default_factory=set)

    def begin_once(self, url: str) -> Walk | None:
        """Begin with a column or front page, by its address; None when it has been begun."""
        name = address(url)
        if name in self._begun:
            return None
        self._begun.add(name)
        return self.begin(name)

    def begin(self, url: str) -> Walk:
        """Begin with a place of links. What a narrower scope leaves out is not known of it: that is a column of its own."""
        column = self.ledger.columns.get(url + self.scope.left_out)
        stale = column.deep is None or not 0 <= self.now - column.deep < self.deep_every
        return Walk(column=column, deep=stale or not column.walked or column.floor > self._floor)

    def goes_on(self, walk: Walk, *, news: bool, too_old: bool, more: bool) -> bool:
        """Tell whether to ask for the next page; note the walk when it is over and has no gap."""
        if walk.over:
            return False
        if more and not too_old and (walk.deep or news or walk.gap or walk.absent):
            return True
        walk.over = True
        if walk.absent and walk.column.missed + 1 < PATIENCE:
            self.ledger.columns.missed(walk.column)
        elif not walk.gap:
            whole = too_old or not more
            deep = self.now if whole else None
            self.ledger.columns.walked(walk.column, self.ledger.run, floor=self._floor, deep=deep)
        return False

    def missed(self, walk: Walk, why: str) -> None:
        """Note that a listing page could not be had."""
        if why in BUDGETS:
            walk.pages = 0
        elif why in ABSENT:
            walk.absent = True
        else:
            walk.gap = True

    @property
    def _floor(self) -> str:
        return self.scope.since.isoformat() if self.scope.since else ""
