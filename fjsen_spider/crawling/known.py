"""Pages whose last capture is at hand: what a new request or capture of them can refer to."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from scrapy import Request

from fjsen_spider.archive.collection import FOLDER
from fjsen_spider.archive.members import OPEN
from fjsen_spider.crawling.ledger import KnownPage
from fjsen_spider.crawling.ledger.pages import page_key
from fjsen_spider.crawling.store import Store

ANYWAY: Final = "unconditional"
"""Set in the meta of a request that is made as if nothing were known of its page."""


def known_page(store: Store | None, request: Request) -> KnownPage | None:
    """Return what the ledger knows of a page; None also where the archive has not got its capture."""
    if store is None or store.archive is None or request.meta.get(ANYWAY):
        return None
    known = store.ledger.pages.get(page_key(request.url))
    return known if known and _is_there(store.folder / FOLDER / known.warc, known.offset + known.length) else None


def _is_there(file: Path, end: int) -> bool:
    """Tell whether a file, closed or still open, reaches as far as a capture."""
    for path in (file, file.with_name(file.name + OPEN)):
        with suppress(FileNotFoundError):
            return path.stat().st_size >= end
    return False
