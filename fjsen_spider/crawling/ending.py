"""A run that a component ends, with its reason."""

from __future__ import annotations

import logging

from scrapy.crawler import Crawler
from scrapy.utils.defer import deferred_from_coro

logger = logging.getLogger(__name__)


def end(crawler: Crawler, reason: str, why: str) -> None:
    """End the run, once what is on its way is in; the first reason given is that of the run."""
    if not is_ending(crawler):
        logger.error("The run ends, %s: %s", reason, why)
        deferred_from_coro(crawler.engine.close_spider_async(reason=reason))


def is_ending(crawler: Crawler) -> bool:
    """Tell whether the run is being closed; Scrapy has no signal for the beginning of that."""
    slot = crawler.engine._slot
    return slot is None or slot.closing is not None
