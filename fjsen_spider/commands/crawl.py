"""`scrapy crawl`: what cannot work is refused before the first request, and the exit status tells how it ended."""

from __future__ import annotations

import argparse
import sys
from typing import NoReturn

from scrapy import Spider
from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader

from fjsen_spider.crawling.arguments import BadArgumentError, read_scope
from fjsen_spider.crawling.configuration import BadSettingError
from fjsen_spider.crawling.configuration import check as check_settings
from fjsen_spider.crawling.exit_status import CONFIG, IO_ERROR, TRY_AGAIN, USAGE, exit_status, feeds_due
from fjsen_spider.crawling.lock import FolderLock, HeldError
from fjsen_spider.crawling.replay import SETTING as REPLAY
from fjsen_spider.crawling.replay import replayed
from fjsen_spider.crawling.run import check_writable, data_folder
from fjsen_spider.crawling.scope import Scope
from fjsen_spider.spiders.fjsen import FjsenSpider


class Command(CrawlCommand):
    """Scrapy's own command, strict about arguments and truthful at the end."""

    _run: Crawler | None = None

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the command line; end with one line where it asks for what cannot be done."""
        try:
            super().process_options(args, opts)
        except UsageError as error:
            fail(error, USAGE)
        if args and self.settings is not None:
            opts.spargs |= check(self.settings, args[0], opts.spargs)

    def _create_crawler(self, spidercls: type[Spider] | str) -> Crawler:
        self._run = super()._create_crawler(spidercls)
        return self._run

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, then turn the way it ended into the exit status."""
        super().run(args, opts)
        if self._run is not None and not self.exitcode:
            self.exitcode, why = exit_status(self._run.stats.get_stats(), feeds_due(self._run.settings))
            if why:
                say(why)


def check(settings: Settings, spider: str, arguments: dict[str, str]) -> dict[str, Scope]:
    """End with one line when a crawl cannot be done as asked; return the scope read from the spider's arguments.

    They are read once: a file of URLs may be a pipe.
    """
    loader = get_spider_loader(settings)
    if spider not in loader.list():
        fail(f"there is no spider {spider!r}, but {', '.join(loader.list())}", USAGE)
    if not issubclass(loader.load(spider), FjsenSpider):
        return {}
    try:
        scope = read_scope(**arguments)
    except BadArgumentError as error:
        fail(error, USAGE)
    try:
        if replay := settings.get(REPLAY):
            replayed(replay)
    except (ValueError, OSError, RuntimeError) as error:
        fail(f"{REPLAY}: {error}", USAGE)
    try:
        check_settings(settings)
    except BadSettingError as error:
        fail(error, CONFIG)
    check_folder(settings)
    return {"scope": scope}


def check_folder(settings: Settings) -> None:
    """End with one line when nothing can be written to the data folder, or another run has it."""
    folder = data_folder(settings)
    try:
        check_writable(folder, settings.getint("FJSEN_MIN_FREE"))
        FolderLock(folder, "looking").release()
    except HeldError as error:
        fail(error, TRY_AGAIN)
    except OSError as error:
        fail(f"FJSEN_DATA: cannot write to {error.filename or folder}: {error.strerror}", IO_ERROR)


def say(message: object) -> None:
    """Say in one line what is wrong."""
    print(f"scrapy crawl: {' '.join(str(message).split())}", file=sys.stderr)


def fail(message: object, status: int) -> NoReturn:
    """Say in one line what is wrong, and exit."""
    say(message)
    raise SystemExit(status)
