"""Add-on: with SPIDERMON_ENABLED, Spidermon looks at each run when it is judged."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from scrapy.settings import BaseSettings

SETTING: Final = "SPIDERMON_ENABLED"
SUITES: Final = "SPIDERMON_SPIDER_CLOSE_MONITORS"


class Monitoring:
    """Puts Spidermon's extension behind the run report, and gives it the project's monitors where none are named."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Change the settings of a run that is to be monitored; `scrapy crawl` has refused it without Spidermon."""
        if not settings.getbool(SETTING) or find_spec("spidermon") is None:
            return
        settings["EXTENSIONS"]["spidermon.contrib.scrapy.extensions.Spidermon"] = 600
        settings.setdefault(SUITES, ["fjsen_spider.monitors.RunSuite"])
