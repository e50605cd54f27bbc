"""What bench/crawl.py measures against: Scrapy as it comes, one small item a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import scrapy
from scrapy.http import TextResponse


class BareSpider(scrapy.Spider):
    """Follows a column's articles and its pager."""

    name = "bare"
    start_urls = ("http://bench.fjsen.com/node_1.htm",)

    def parse(self, response: TextResponse) -> Iterator[Any]:
        """Follow a listing page."""
        yield from response.follow_all(css="ul.list_page a", callback=self.parse_article)
        yield from response.follow_all(css="#displaypagenum a")

    def parse_article(self, response: TextResponse) -> Iterator[dict[str, str | None]]:
        """Yield an article's address and headline."""
        yield {"url": response.url, "title": response.css("h1::text").get()}
