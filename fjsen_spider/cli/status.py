"""`fjsen status`: how the crawls of a data folder are doing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from fjsen_spider.cli.data import default_folder
from fjsen_spider.cli.failure import fail
from fjsen_spider.cli.screen import screen
from fjsen_spider.crawling.schedule import seconds
from fjsen_spider.status import is_crawled, is_well, status
from fjsen_spider.status.terminal import show


def status_command(
    path: Annotated[
        Path | None,
        typer.Argument(metavar="DATA", help="The data folder of a crawl; by default that of `scrapy crawl`."),
    ] = None,
    *,
    runs: Annotated[int, typer.Option(min=1, help="How many of the last runs.")] = 10,
    max_age: Annotated[
        str | None, typer.Option(help="How long ago the last run may have ended, like 90m or 2d; older is no success.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write it as JSON.")] = False,
) -> None:
    """Show the last runs, what is owed, what failed and why, what is gone, and how far columns are known.

    A run may be writing meanwhile. Exit status: 1 when the last run that ended was no success; 2 when there is no data
    folder.
    """
    folder = path or default_folder()
    try:
        oldest = seconds(max_age) if max_age else None
    except ValueError as error:
        fail(f"--max-age {error}")
    if not is_crawled(folder):
        fail(f"{folder}: no data folder of a crawl")
    told = status(folder, runs)
    if as_json:
        typer.echo(json.dumps({**told, "well": is_well(told, oldest)}, ensure_ascii=False, indent=1))
    else:
        show(told, screen())
    raise typer.Exit(0 if is_well(told, oldest) else 1)
