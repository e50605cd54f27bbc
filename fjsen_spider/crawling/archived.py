"""A capture of an archive → the response that it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from scrapy import Request
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from fjsen_spider.archive.collection import Capture

_OF_THE_WIRE: Final = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection", "keep-alive"})
"""Headers that do not hold of a body that is unpacked."""


def note(request: Request, retrieved_at: str | None, warc: Mapping[str, Any] | None) -> None:
    """Note on a request when it was answered, and where that is archived; `warcs` has the redirects before it too."""
    before = request.meta.get("warcs", ())[: request.meta.get("redirect_times", 0)]  # not those of earlier tries
    request.meta.update(retrieved_at=retrieved_at, warc=warc, warcs=(*before, warc))


def answer(request: Request, capture: Capture, flag: str) -> Response:
    """Return the response archived; the request says when it was fetched and where it is archived."""
    page = capture.page
    note(request, page.retrieved_at, page.warc)
    headers = Headers()
    for name, value in capture.headers:
        if name.lower() not in _OF_THE_WIRE:
            headers.appendlist(name.encode("latin-1"), value.encode("latin-1"))
    kind = responsetypes.from_args(headers=headers, url=request.url, body=page.body)
    return kind(url=request.url, status=page.status or 200, headers=headers, body=page.body, flags=[flag])
