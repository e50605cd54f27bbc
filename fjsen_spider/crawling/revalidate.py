"""A page that is archived is asked for on condition that it has changed; else it comes out of the archive."""

from __future__ import annotations

import logging
from typing import Final

from scrapy import Request
from scrapy.http import Response

from fjsen_spider.archive.collection import FOLDER, Capture, read_capture
from fjsen_spider.archive.members import BadArchiveError
from fjsen_spider.crawling.archived import answer
from fjsen_spider.crawling.component import Component
from fjsen_spider.crawling.known import ANYWAY, known_page
from fjsen_spider.crawling.ledger import KnownPage
from fjsen_spider.crawling.store import store_of

UNCHANGED: Final = "unchanged"
"""Flag of a response that the server did not send again."""

logger = logging.getLogger(__name__)


class Revalidate(Component):
    """Outside of the archive, which keeps the 304, and inside of all that is to see a page."""

    def process_request(self, request: Request) -> None:
        """Put the conditions on a request; those of another address, before a redirect, are taken off."""
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)
        known = known_page(store_of(self._crawler), request)
        if known and known.etag:
            request.headers["If-None-Match"] = known.etag.encode("latin-1")
        if known and known.last_modified:
            request.headers["If-Modified-Since"] = known.last_modified.encode("latin-1")

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Answer with the archived page where the server says that it still holds; ask again when it cannot be read."""
        known = known_page(store_of(self._crawler), request) if response.status == 304 else None
        if known is None:
            return response
        if capture := self._read(known):
            self._crawler.stats.inc_value("fjsen/unchanged_pages")
            return answer(request, capture, UNCHANGED)
        again = request.replace(dont_filter=True)
        again.meta[ANYWAY] = True
        return again

    def _read(self, known: KnownPage) -> Capture | None:
        store = store_of(self._crawler)
        try:
            return read_capture(store.folder / FOLDER, known.warc, known.offset, known.length) if store else None
        except (OSError, BadArchiveError) as error:
            self._crawler.stats.inc_value("fjsen/archive_unreadable")
            logger.warning("Asked for again, its capture cannot be read: %s: %s", known.url, error)
            return None
