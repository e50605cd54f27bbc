"""The data folder that a command looks at when none is named."""

from __future__ import annotations

from pathlib import Path


def default_folder() -> Path:
    """Return where `scrapy crawl` would write, started from here."""
    from scrapy.utils.project import get_project_settings  # noqa: PLC0415 - slow to import

    from fjsen_spider.crawling.run import data_folder  # noqa: PLC0415

    return data_folder(get_project_settings())
