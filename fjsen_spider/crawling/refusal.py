"""A request that is not made, or an answer that is not taken, and the rule that says so."""

from __future__ import annotations

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest


class RefusedError(IgnoreRequest):
    """What the errback of a refused request is told; where `owed`, the page may be asked for in a later run."""

    def __init__(self, rule: str, message: str, *, owed: bool = False) -> None:
        super().__init__(message)
        self.rule = rule
        self.owed = owed


def refusal(crawler: Crawler, rule: str, message: str, *, owed: bool = False) -> RefusedError:
    """Count a refusal under its rule, as `fjsen/refused/<rule>`; return it, to be raised."""
    crawler.stats.inc_value(f"fjsen/refused/{rule}")
    return RefusedError(rule, message, owed=owed)
