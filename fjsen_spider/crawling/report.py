"""The run report: at close a table on the terminal and `<data folder>/runs/<start>.json`."""

from __future__ import annotations

import json
import logging
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from fjsen_spider.crawling.component import Component
from fjsen_spider.crawling.exit_status import exit_status, feeds_due
from fjsen_spider.crawling.health import Limits, fill, findings, quarantined, stories_before
from fjsen_spider.crawling.ledger.account import Account
from fjsen_spider.crawling.prometheus import FILE as PROMETHEUS
from fjsen_spider.crawling.prometheus import read_metrics, write_metrics
from fjsen_spider.crawling.run import REPORTS
from fjsen_spider.crawling.store import store_of
from fjsen_spider.crawling.story import tell
from fjsen_spider.crawling.table import render
from fjsen_spider.whole_file import whole_file

logger = logging.getLogger(__name__)


class RunReport(Component):
    """Extension: counts what spider and pipelines failed on, and tells the run at the end, where it has a store."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._findings: list[str] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy does."""
        report = super().from_crawler(crawler)
        for name in ("item_error", "spider_error", "spider_closed", "engine_stopped"):
            crawler.signals.connect(getattr(report, name), getattr(signals, name))
        return report

    def item_error(self, failure: Failure) -> None:
        """Count a page that a pipeline failed on."""
        self._crawler.stats.inc_value(f"fjsen/error/{type(failure.value).__name__}")

    def spider_error(self, failure: Failure) -> None:
        """Count a page, or a failed request, that the spider failed on."""
        self._crawler.stats.inc_value(f"fjsen/error/{type(failure.value).__name__}")

    def spider_closed(self, spider: Spider) -> None:
        """Judge the records of the run by those of the runs before."""
        store, stats = store_of(self._crawler), self._crawler.stats
        if store is None:
            return
        run = {"fill": fill(stats.get_stats()), "quarantined": quarantined(stats.get_stats())}
        before = list(stories_before(store.folder / REPORTS, getattr(spider, "arguments", {})))
        self._findings = list(findings(run, before, Limits.of(self._crawler.settings)))
        for finding in self._findings:
            logger.warning("Drift: %s", finding)
        if self._findings:
            more = f", and {len(self._findings) - 1} more" if self._findings[1:] else ""
            stats.set_value("fjsen/unhealthy", f"pages do not read as they did: {self._findings[0]}{more}")

    def engine_stopped(self) -> None:
        """Tell the run, when its files are closed and the user's feeds are stored, but not the ledger yet."""
        store, spider, stats = store_of(self._crawler), self._crawler.spider, self._crawler.stats.get_stats()
        if store is None or spider is None:
            return
        status, why = exit_status(stats, feeds_due(self._crawler.settings))
        story = {
            "spider": spider.name,
            "arguments": getattr(spider, "arguments", {}),
            "start": store.start.isoformat(timespec="seconds"),
            "end": datetime.now(UTC).isoformat(timespec="seconds"),
            "peak_memory_mb": peak_memory(),
            "exit_status": status,
            "why": why,
            **tell(stats, Account(store.ledger.connection), self._findings),
        }
        if drift := story["layout_drift"]:
            logger.warning("Layout drift: %d pages match no layout, see warnings of their records", drift)
        file = store.folder / REPORTS / f"{store.name}.json"
        try:
            save(json.dumps(story, ensure_ascii=False, indent=1, default=str) + "\n", file)
            metrics = store.folder / PROMETHEUS
            save(write_metrics(story, read_metrics(metrics)), metrics)
        except OSError as error:
            self._crawler.stats.set_value("fjsen/report_failed", str(error))
            logger.error("Run report not written: %s", error)  # noqa: TRY400 - the cause is in the line
        if self._crawler.settings.getbool("LOG_ENABLED"):
            head = f"\n{spider.name}: {story['finish_reason']}\nrecords: {story['records_file']}\nreport: {file if file.exists() else 'not written'}\n\n"
            sys.stderr.write(head + render(story))


def save(text: str, file: Path) -> None:
    """Write a report, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(file) as sink:
        sink.write(text.encode())


def peak_memory() -> int:
    """Return the largest resident set of this process, in MB; the system's own count begins with the parent's."""
    try:
        told = Path("/proc/self/status").read_text("ascii")
        return int(told.partition("VmHWM:")[2].split()[0]) >> 10
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
