"""Redirects that never end are counted."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest

from fjsen_spider.crawling.refusal import refusal


class CountedRedirects(RedirectMiddleware):
    """Scrapy's, which gives up at REDIRECT_MAX_TIMES without a word."""

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        try:
            return super()._redirect(redirected, request, reason)
        except IgnoreRequest as error:
            message = f"{self.max_redirect_times} redirects, and {request.url} is another"
            raise refusal(self.crawler, "redirects", message) from error
