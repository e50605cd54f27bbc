"""Every answer of the portal goes into the archive, as it was sent."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final

from scrapy import Request
from scrapy.http import Headers, Response
from scrapy.utils.httpobj import urlparse_cached

from fjsen_spider.archive.content import decode
from fjsen_spider.archive.exchange import Earlier, Exchange, head, pointer
from fjsen_spider.archive.record import retrieved_at
from fjsen_spider.archive.warc import WarcWriter
from fjsen_spider.crawling.archived import note
from fjsen_spider.crawling.component import Component
from fjsen_spider.crawling.known import known_page
from fjsen_spider.crawling.ledger import KnownPage
from fjsen_spider.crawling.ledger.pages import page_key
from fjsen_spider.crawling.politeness.challenge import challenge
from fjsen_spider.crawling.store import Store, store_of
from fjsen_spider.urls import is_portal

ARCHIVE_FAILED: Final = "archive_failed"

_STATUSES: Final = frozenset(HTTPStatus)
_SMALL: Final = 4096
_PRIVATE: Final = frozenset({b"proxy-authorization", b"authorization", b"cookie"})
"""What a request says to whom it passes on the way, or about its user."""


class Archiver(Component):
    """Sees the answers before they are unpacked; the request then says when it was answered, and where that is kept.

    Refusals and failures are left out: they are of the server, not of the page. A robots.txt is no page.
    """

    def process_response(self, request: Request, response: Response) -> Response:
        """Archive an answer, and note in the ledger what the next request for the page can refer to."""
        store = store_of(self._crawler)
        if store is None or store.archive is None:
            return response
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        where, date = None, now
        if not store.failed and _is_page(response):
            try:
                where, date = self._archive(store, store.archive, request, response, now)
            except (OSError, sqlite3.Error) as error:
                store.fail(error, ARCHIVE_FAILED)
        note(request, retrieved_at(date), where)
        return response

    def _archive(
        self, store: Store, archive: WarcWriter, request: Request, response: Response, now: str
    ) -> tuple[Mapping[str, Any], str]:
        """Write an exchange; return where the body is, and of when: a page that is as it was is where it has been."""
        exchange, known = _exchange(request, response, now), known_page(store, request)
        if known and (exchange.status == 304 or (exchange.status == 200 and known.digest == exchange.digest)):
            exchange = replace(exchange, same_as=_earlier(known))
        where = archive.write(exchange)
        self._crawler.stats.inc_value(f"fjsen/archived/{'revisit' if exchange.same_as else 'response'}")
        if exchange.status == 200:
            own = Earlier(url=exchange.url, date=exchange.date, digest=exchange.digest, **where)
            body = exchange.same_as or own
            store.ledger.pages.keep(_known(exchange, response, body))
            return pointer(body.file, body.offset, body.length), body.date
        return where, now


def _is_page(response: Response) -> bool:
    path = urlparse_cached(response).path
    refused = response.status == 429 or response.status >= 500 or challenge(_unpacked(response))
    return is_portal(response.url) and path != "/robots.txt" and not refused


def _unpacked(response: Response) -> Response:
    """Return a response unpacked where it may be a firewall's page: those are small."""
    packing = response.headers.get("Content-Encoding")
    if not packing or len(response.body) > _SMALL:
        return response
    body = decode(response.body, packing.decode("latin-1").split(","), chunked=False)
    return Response(response.url, status=response.status, headers=response.headers, body=body)


def _exchange(request: Request, response: Response, date: str) -> Exchange:
    path = urlparse_cached(request)._replace(scheme="", netloc="", fragment="").geturl() or "/"
    asked = [(b"Host", urlparse_cached(request).netloc.encode()), *_pairs(request.headers)]
    reason = HTTPStatus(response.status).phrase if response.status in _STATUSES else ""
    content_type = response.headers.get("Content-Type")
    return Exchange(
        url=request.url,
        date=date,
        status=response.status,
        request=head(f"{request.method} {path} HTTP/1.1", asked),
        response=head(f"{response.protocol or 'HTTP/1.1'} {response.status} {reason}", _pairs(response.headers)),
        body=response.body,
        content_type=content_type.decode("latin-1") if content_type else None,
        address=str(response.ip_address) if response.ip_address and not request.meta.get("proxy") else None,
    )


def _pairs(headers: Headers) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, values in headers.items() if name.lower() not in _PRIVATE for value in values]


def _earlier(known: KnownPage) -> Earlier:
    return Earlier(
        url=known.url, date=known.date, digest=known.digest, file=known.warc, offset=known.offset, length=known.length
    )


def _known(exchange: Exchange, response: Response, where: Earlier) -> KnownPage:
    """Return what the next request can refer to: the record that holds the body, with the validators of now."""
    etag, modified = response.headers.get("ETag"), response.headers.get("Last-Modified")
    return KnownPage(
        url=page_key(exchange.url),
        etag=etag.decode("latin-1") if etag else None,
        last_modified=modified.decode("latin-1") if modified else None,
        digest=where.digest,
        warc=where.file,
        offset=where.offset,
        length=where.length,
        date=where.date,
    )
