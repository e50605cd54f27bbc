"""What a run is to fetch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fjsen_spider.sites import COLUMNS, FRONT_PAGE
from fjsen_spider.urls import DOMAIN, channel, classify


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a run is to fetch; without any argument the whole portal."""

    channels: frozenset[str] = frozenset()
    """Host labels; none means all."""
    since: date | None = None
    until: date | None = None
    """The last day, itself included."""
    urls: tuple[str, ...] = ()
    """Where to start instead of the front page and the columns."""
    limit: int | None = None
    """How many records to write."""

    def covers(self, url: str, day: date | None = None) -> bool:
        """Tell whether a page is wanted, by its channel and its day: the list's, or else that of its URL."""
        day = day or url_day(url)
        late = self.until is not None and day is not None and day > self.until
        return self._in_channels(url) and not self.too_old(url, day) and not late

    def too_old(self, url: str, day: date | None = None) -> bool:
        """Tell whether an article is older than wanted; one without a day is not."""
        day = day or url_day(url)
        return self.since is not None and day is not None and day < self.since

    def seeds(self) -> tuple[str, ...]:
        """Return where to start: the URLs given, or else the front page and columns of the channels wanted.

        A channel that no column is known of starts at its own front page.
        """
        listed = self.urls or (FRONT_PAGE, *(column.url for column in COLUMNS))
        seeds = [url for url in listed if self._in_channels(url)]
        if not self.urls:
            without = self.channels - {channel(url) for url in seeds}
            seeds += [f"http://{label}.{DOMAIN}/" for label in sorted(without)]
        return tuple(seeds)

    @property
    def left_out(self) -> str:
        """What of a column is not met: `''` where everything is, down to `since`."""
        channels = f" channels={','.join(sorted(self.channels))}" if self.channels else ""
        return channels + (f" until={self.until}" if self.until else "")

    def _in_channels(self, url: str) -> bool:
        return not self.channels or channel(url) in self.channels


def url_day(url: str) -> date | None:
    """Return the day that an article's URL names."""
    known = classify(url)
    return known.day if known else None
