"""The run report: at close a table on the terminal and `<data folder>/runs/<start>.json`."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from fjsen_spider.crawling.logformat import page_of
from fjsen_spider.crawling.run import REPORTS, claim, data_folder
from fjsen_spider.crawling.story import tell
from fjsen_spider.crawling.table import render

logger = logging.getLogger(__name__)


class RunReport:
    """Extension: notes what became of each page, and tells it at the end of a run that had seeds."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._start = datetime.now(UTC)
        self._unrecorded: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy does."""
        report = cls(crawler)
        crawler.signals.connect(report.item_dropped, signals.item_dropped)
        crawler.signals.connect(report.item_error, signals.item_error)
        crawler.signals.connect(report.spider_closed, signals.spider_closed)
        return report

    def item_dropped(self, item: Any, exception: BaseException) -> None:
        """Note why a page gave no record."""
        self._unrecorded[page_of(item)] = str(exception)

    def item_error(self, item: Any, failure: Failure) -> None:
        """Count a page that a pipeline failed on."""
        kind = type(failure.value).__name__
        self._crawler.stats.inc_value(f"fjsen/error/{kind}")
        self._unrecorded[page_of(item)] = f"error: {kind}"

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Tell the run."""
        stats = self._crawler.stats.get_stats()
        if "fjsen/seeds" not in stats:
            return
        story = {
            "spider": spider.name,
            "arguments": getattr(spider, "arguments", {}),
            "start": self._start.isoformat(timespec="seconds"),
            "end": datetime.now(UTC).isoformat(timespec="seconds"),
            **tell(stats, getattr(spider, "sightings", ()), self._unrecorded, reason),
        }
        file: Path | None = None
        try:
            file = self._save(story)
        except OSError as error:
            self._crawler.stats.set_value("fjsen/report_failed", str(error))
            logger.error("Run report not written: %s", error)  # noqa: TRY400 - the cause is in the line
        if self._crawler.settings.getbool("LOG_ENABLED"):
            head = f"\n{spider.name}: {reason}\nrecords: {story['records_file']}\nreport: {file}\n\n"
            sys.stderr.write(head + render(story))

    def _save(self, story: dict[str, Any]) -> Path:
        """Write the report under the name of the run's records, or under its own start when there are none."""
        folder = data_folder(self._crawler.settings) / REPORTS
        text = (json.dumps(story, ensure_ascii=False, indent=1, default=str) + "\n").encode()
        if story["records_file"]:
            file = folder / (Path(story["records_file"]).stem.removeprefix("fjsen-") + ".json")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text)
            return file
        with claim(folder, "", self._start, ".json") as raw:
            raw.write(text)
            return Path(raw.name)
