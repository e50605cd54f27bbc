"""Monitors of a run for Spidermon, with `-s SPIDERMON_ENABLED=True`: what it says of a run goes where Spidermon sends it."""

from __future__ import annotations

from typing import Any

from spidermon import Monitor, MonitorSuite, monitors

from fjsen_spider.crawling.exit_status import exit_status


@monitors.name("Run")
class RunMonitor(Monitor):
    """How the run ended."""

    @monitors.name("is a success")
    def test_success(self) -> None:
        """Fail with what `scrapy crawl` says last."""
        status, why = exit_status(self.data.stats)
        self.assertEqual(status, 0, why)

    @monitors.name("lost no page to a defect")
    def test_defects(self) -> None:
        """Fail for pages that spider or pipelines failed on."""
        self._none_below("fjsen/error/")

    @monitors.name("has no gap in its columns")
    def test_columns(self) -> None:
        """Fail for listing pages that could not be had, but may be there."""
        self._none_below("fjsen/failed/listing/", but=("404", "410", "redirected"))

    def _none_below(self, prefix: str, but: tuple[str, ...] = ()) -> None:
        stats: dict[str, Any] = self.data.stats
        found = {key.removeprefix(prefix): count for key, count in stats.items() if key.startswith(prefix)}
        self.assertEqual({key: count for key, count in found.items() if key not in but}, {})


@monitors.name("Pages")
class PagesMonitor(Monitor):
    """How the pages read."""

    @monitors.name("read as they did")
    def test_drift(self) -> None:
        """Fail with the first field that is not filled as it was."""
        self.assertIsNone(self.data.stats.get("fjsen/unhealthy"))


class RunSuite(MonitorSuite):
    """Everything; a suite of one's own may take single monitors, and name its actions."""

    monitors = [RunMonitor, PagesMonitor]  # noqa: RUF012 - Spidermon's attribute
