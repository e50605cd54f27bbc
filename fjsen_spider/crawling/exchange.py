"""Requests out, responses and failures in: Scrapy's objects in the project's own terms."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from scrapy import Request, Spider
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from fjsen_spider.crawling.refusal import RefusedError
from fjsen_spider.items import RawPage
from fjsen_spider.urls import PageKind, classify

NOT_ARCHIVED: Final = "not archived"
"""Flag of a replay's answer for what is not there."""

Told: TypeAlias = Failure | Response
"""What comes instead of the page asked for: a failure, or another page."""


def ask(url: str, priority: int, callback: Any, errback: Any, *, depth: int = 1, **kept: Any) -> Request:
    """Return a request; what is kept comes back as arguments of its callback.

    `depth` counts the links that led there in a row, which Scrapy cannot tell of what the ledger owes.

    Scrapy's filter would drop a redirect to an address asked before without telling anybody; the spider asks each once.
    """
    meta = {"depth": depth}
    return Request(url, callback, errback=errback, priority=priority, cb_kwargs=kept, meta=meta, dont_filter=True)


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
    if isinstance(error, RefusedError):
        return f"refused-{error.rule}"
    return "refused" if isinstance(error, IgnoreRequest) else type(error).__name__


def is_proof(told: Told) -> bool:
    """Tell whether an answer says something of the site: an archive that does not have a page does not."""
    answer = getattr(told.value, "response", None) if isinstance(told, Failure) else told
    return answer is None or NOT_ARCHIVED not in answer.flags


def is_owed(told: Told) -> bool:
    """Tell whether a request was refused for now only: its page is owed as before."""
    return isinstance(told, Failure) and isinstance(told.value, RefusedError) and told.value.owed


def count_missing(spider: Spider, kind: str, told: Told, why: str | None = None) -> Request:
    """Count and log a request that gave nothing, or another page than it asked for; return it."""
    request: Request = told.request  # type: ignore[union-attr, assignment]
    spider.crawler.stats.inc_value(f"fjsen/failed/{kind}/{why or reason(told)}")
    seen = why or (f"redirected to {told.url}" if isinstance(told, Response) else told.getErrorMessage())
    spider.logger.info("No %s at %s: %s", kind, asked_for(request), seen)
    return request
