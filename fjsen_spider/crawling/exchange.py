"""Requests out, responses and failures in: Scrapy's objects in the project's own terms."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from scrapy import Request, Spider
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from fjsen_spider.items import RawPage


def ask(url: str, priority: int, callback: Any, errback: Any, **kept: Any) -> Request:
    """Return a request; what is kept comes back as arguments of its callback."""
    return Request(url, callback, errback=errback, priority=priority, cb_kwargs=kept)


def raw_page(response: Response) -> RawPage:
    """Return what was fetched, untouched; a replayed page was fetched when its copy says, not now."""
    content_type = response.headers.get("Content-Type")
    return RawPage(
        url=response.url,
        body=response.body,
        status=response.status,
        content_type=content_type.decode("latin-1") if content_type else None,
        retrieved_at=response.meta.get("retrieved_at", datetime.now(UTC).isoformat(timespec="seconds")),
    )


def reason(failure: Failure) -> str:
    """Return the slug under which a failed request is counted: its status, or what went wrong."""
    error = failure.value
    if isinstance(error, HttpError):
        return str(error.response.status)
    return "refused" if isinstance(error, IgnoreRequest) else type(error).__name__


def count_failure(spider: Spider, kind: str, failure: Failure) -> Request:
    """Count and log a request that gave nothing; return it."""
    request: Request = failure.request  # type: ignore[attr-defined]
    spider.crawler.stats.inc_value(f"fjsen/failed/{kind}/{reason(failure)}")
    spider.logger.info("No %s at %s: %s", kind, request.url, failure.getErrorMessage())
    return request
