"""The pages of one article on their way in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from fjsen_spider.extraction.pager import Pager, read_pager
from fjsen_spider.items import RawPage
from fjsen_spider.urls import FULL_TEXT, article_id, classify, is_portal

MAX_PAGES: Final = 99
"""Two digits occur on the site; what counts on is a trap."""


@dataclass(slots=True, kw_only=True)
class Gathering:
    """Which pages of an article are here, and which to ask for next.

    Pages come by 下一页 and the numbers that any pager links. The full-text page is asked when one of them fails; the
    rest follows only when it fails too.
    """

    id: str
    """Of the article, as in the record."""
    pages: list[RawPage] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)
    """Of the pages that are here."""
    links: dict[int, str] = field(default_factory=dict)
    """Page number → address, as any pager says."""
    asked: set[int] = field(default_factory=lambda: {1})
    failed: bool = False

    def add(self, page: RawPage) -> bool:
        """Take a page in, and note the pages that it links; tell whether it is a page of the article that was missing.

        Where a redirect led to another page, the one that was asked for has failed.
        """
        known = classify(page.url or "")
        if known is None or article_id(page.url) != self.id or known.page in self.numbers:
            self.failed = True
            return False
        self.failed |= known.page not in self.asked
        self.asked.add(known.page)
        self.pages.append(page)
        self.numbers.add(known.page)
        pager = read_pager(page) if self._names_pages(page.body) else Pager()
        links = {**pager.numbered, **({FULL_TEXT: pager.full_text_url} if pager.full_text_url else {})}
        self.links = {**{number: url for number, url in links.items() if is_portal(url)}, **self.links}
        return True

    def _names_pages(self, body: bytes) -> bool:
        """Tell whether a page may link another one of the article: most do not, and are not parsed here."""
        return f"{self.id.removeprefix('fjsen:')}_".encode() in body or b"\0" in body  # or it is in UTF-16

    def next_address(self) -> str | None:
        """Return the address to ask for next; None when the article is as whole as it gets."""
        owed = [number for number in self.links if number not in self.asked and number <= MAX_PAGES]
        if not self.failed:
            owed = [number for number in owed if number != FULL_TEXT]
        if FULL_TEXT in self.numbers or not owed:
            return None
        self.asked.add(min(owed))  # 0, the full text, comes before the numbered ones
        return self.links[min(owed)]
