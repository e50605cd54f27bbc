"""What Scrapy builds with its crawler: pipelines, extensions, middlewares."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler


class Component:
    """Keeps the crawler, which has the stats, signals and settings."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy does."""
        return cls(crawler)
