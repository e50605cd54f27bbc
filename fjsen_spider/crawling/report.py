"""The run report: at close a table on the terminal and `<data folder>/runs/<start>.json`."""

from __future__ import annotations

import json
import logging
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from fjsen_spider.crawling.component import Component
from fjsen_spider.crawling.logformat import page_of
from fjsen_spider.crawling.run import REPORTS, data_folder
from fjsen_spider.crawling.story import tell
from fjsen_spider.crawling.table import render
from fjsen_spider.items import Article
from fjsen_spider.whole_file import whole_file

logger = logging.getLogger(__name__)


class RunReport(Component):
    """Extension: notes what became of each page, and tells it at the end of a run that had seeds."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._start = datetime.now(UTC)
        self._recorded: set[str | None] = set()
        self._unrecorded: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy does."""
        report = super().from_crawler(crawler)
        for name in ("item_scraped", "item_dropped", "item_error", "spider_error", "spider_closed"):
            crawler.signals.connect(getattr(report, name), getattr(signals, name))
        return report

    def item_scraped(self, item: Any) -> None:
        """Note which articles have a record."""
        if isinstance(item, Article):
            self._recorded.add(item.id)

    def item_dropped(self, item: Any, exception: BaseException) -> None:
        """Note why a page gave no record."""
        self._unrecorded[page_of(item)] = str(exception)

    def item_error(self, item: Any, failure: Failure) -> None:
        """Count a page that a pipeline failed on."""
        self._error(page_of(item), failure)

    def spider_error(self, failure: Failure, response: Response | Failure | None) -> None:
        """Count a page, or a failed request, that the spider failed on."""
        request = getattr(response, "request", None)
        self._error(request.url if request else "start of the run", failure)

    def _error(self, url: str, failure: Failure) -> None:
        kind = type(failure.value).__name__
        self._crawler.stats.inc_value(f"fjsen/error/{kind}")
        self._unrecorded[url] = f"error: {kind}"

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
            **tell(stats, getattr(spider, "sightings", ()), self._recorded, self._unrecorded, reason),
        }
        if drift := story["layout_drift"]:
            logger.warning("Layout drift: %d pages match no layout, see warnings of their records", drift)
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
        own = f"{self._start:%Y%m%dT%H%M%SZ}-{os.getpid()}"
        name = Path(story["records_file"]).stem.removeprefix("fjsen-") if story["records_file"] else own
        file = data_folder(self._crawler.settings) / REPORTS / f"{name}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(file) as sink:
            sink.write((json.dumps(story, ensure_ascii=False, indent=1, default=str) + "\n").encode())
        return file
