"""Requests out, responses and failures in: Scrapy's objects in the project's own terms."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, TypeAlias

from scrapy import Request, Spider
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from fjsen_spider.items import RawPage
from fjsen_spider.urls import PageKind, classify

Told: TypeAlias = Failure | Response
"""What comes instead of the page asked for: a failure, or another page."""


def ask(url: str, priority: int, callback: Any, errback: Any, **kept: Any) -> Request:
    """Return a request; what is kept comes back as arguments of its callback.

    Scrapy's filter would drop a redirect to an address asked before without telling anybody; the spider asks each once.
    """
    return Request(url, callback, errback=errback, priority=priority, cb_kwargs=kept, dont_filter=True)


def asked_for(told: Request | Response) -> str:
    """Return the address that was asked for, before any redirect."""
    address: str = told.meta.get("redirect_urls", [told.url])[0]
    return address


def is_page_asked_for(response: Response) -> bool:
    """Tell whether a redirect, if there was one, led to a page of the same kind and number."""
    asked, got = classify(asked_for(response)), classify(response.url)
    return bool(asked and got and (asked.kind, asked.page) == (got.kind, got.page))


def receive(spider: Spider, response: Response) -> RawPage:
    """Count and return what was fetched, untouched; a replayed page was fetched when its copy says, not now."""
    spider.crawler.stats.inc_value("fjsen/pages")
    content_type = response.headers.get("Content-Type")
    return RawPage(
        url=response.url,
        body=response.body,
        status=response.status,
        content_type=content_type.decode("latin-1") if content_type else None,
        retrieved_at=retrieved_at(response),
        warc=response.meta.get("warc"),
    )


def retrieved_at(response: Response) -> str | None:
    """Return when a page was fetched: as its archive says, or else now."""
    when: str | None = response.meta.get("retrieved_at", datetime.now(UTC).isoformat(timespec="seconds"))
    return when


def reason(told: Told) -> str:
    """Return the slug under which a request that gave nothing is counted: its status, or what went wrong."""
    if isinstance(told, Response):
        known = classify(told.url)
        return "redirected home" if known and known.kind is PageKind.FRONT else "redirected"
    error = told.value
    if isinstance(error, HttpError):
        return str(error.response.status)
    return "refused" if isinstance(error, IgnoreRequest) else type(error).__name__


def count_missing(spider: Spider, kind: str, told: Told) -> Request:
    """Count and log a request that gave nothing, or another page than it asked for; return it."""
    request: Request = told.request  # type: ignore[union-attr, assignment]
    spider.crawler.stats.inc_value(f"fjsen/failed/{kind}/{reason(told)}")
    why = f"redirected to {told.url}" if isinstance(told, Response) else told.getErrorMessage()
    spider.logger.info("No %s at %s: %s", kind, asked_for(request), why)
    return request
