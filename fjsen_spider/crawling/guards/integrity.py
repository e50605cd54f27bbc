"""Answers that are not whole, or too large, are no answers: asked for again, then given up, never read."""

from __future__ import annotations

from typing import Any, Final

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, ResponseDataLossError
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from fjsen_spider.crawling.component import Component
from fjsen_spider.crawling.configuration import number
from fjsen_spider.crawling.guards.content import CutError, TooLargeError, measure, packing
from fjsen_spider.crawling.politeness.retry import PoliteRetry
from fjsen_spider.crawling.politeness.robots import is_robots
from fjsen_spider.crawling.refusal import refusal

UNASKED: Final = frozenset({"br", "zstd", "compress"})
"""Packings that are not in the Accept-Encoding of settings.py: their ends cannot be proved."""
_END: Final = b"</html"


class Integrity(Component):
    """Sees the bytes as they came, before they are archived or unpacked."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._most = number(crawler.settings, "DOWNLOAD_MAXSIZE")

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Hand a whole answer on, labelled as it is packed; ask again for one that is not."""
        packed = packing(response.body, labels := _labels(response))
        if packed is None and UNASKED.intersection(labels) and not response.body.lstrip().startswith(b"<"):
            raise refusal(self._crawler, "packing", f"{request.url} is packed with {', '.join(labels)}")
        try:
            length = measure(response.body, packed, self._most) if packed else len(response.body.strip())
        except TooLargeError as error:
            raise refusal(self._crawler, "too-large", f"{request.url} unpacks to {error}") from error
        except CutError:
            return self._again(request, response, "cut")
        if response.status == 200 and not is_robots(request):
            if not length:
                return self._again(request, response, "empty")
            if "dataloss" in response.flags or ("partial" in response.flags and not packed and not _ends(response)):
                return self._again(request, response, "partial")
        if packed is None and not labels:
            return response
        return _as(Response, response) if labels == [packed] else self._label(response, packed)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Say that an answer was refused for its size; Scrapy says that it was cancelled."""
        if isinstance(exception, DownloadCancelledError):
            raise refusal(self._crawler, "too-large", str(exception)) from exception

    def _again(self, request: Request, response: Response, why: str) -> Request | Response:
        """Ask again for a page; the body of an error is not worth it."""
        self._crawler.stats.inc_value(f"fjsen/not_whole/{why}")
        if response.status != 200:
            return self._label(_as(Response, response, body=b""), None)
        retry = self._crawler.get_downloader_middleware(PoliteRetry)
        if retry and not request.meta.get("dont_retry") and (next_one := retry.again(request, why)):
            return next_one
        raise ResponseDataLossError(f"{request.url} is not whole: {why}")

    def _label(self, response: Response, packed: str | None) -> Response:
        """Say of a response what it is packed with."""
        self._crawler.stats.inc_value("fjsen/relabelled")
        response = _as(Response, response, headers=response.headers.copy())
        response.headers.pop("Content-Encoding", None)
        if packed:
            response.headers["Content-Encoding"] = packed
            return response
        return _as(responsetypes.from_args(response.headers, response.url, body=response.body), response)


def _as(kind: type[Response], response: Response, **changed: Any) -> Response:
    """Return a response as one of another class.

    Its `replace` would guess the charset of packed bytes; so does Scrapy's unpacking, but not of a bare Response.
    """
    return kind(**{name: getattr(response, name) for name in Response.attributes} | changed)


def _labels(response: Response) -> list[str]:
    """Return what a response says that it is packed with."""
    said = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1").lower().split(",")
    names = ["gzip" if label.strip() == "x-gzip" else label.strip() for label in said]
    return [label for label in names if label in {"gzip", "deflate", *UNASKED}]


def _ends(response: Response) -> bool:
    return _END in response.body[-512:].lower()
