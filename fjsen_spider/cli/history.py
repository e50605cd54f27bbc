"""`fjsen history`: what became of one article."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from fjsen_spider.cli.data import default_folder
from fjsen_spider.cli.failure import fail
from fjsen_spider.cli.screen import screen
from fjsen_spider.history import find_records, id_of, record_files
from fjsen_spider.history.terminal import show


def history_command(
    article: Annotated[str, typer.Argument(metavar="ID", help="fjsen:20955367, 20955367, or the article's address.")],
    path: Annotated[
        Path | None,
        typer.Argument(metavar="DATA", help="The data folder of a crawl; by default that of `scrapy crawl`."),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Write the records themselves, as JSON Lines.")] = False,
) -> None:
    """Show the revisions of an article and when it was taken down: field by field, its text as what went and what came.

    Every records file is searched: about a second for a gigabyte that is in memory. Exit status: 1 when there is no
    record of the article.
    """
    folder, name = path or default_folder(), id_of(article)
    if name is None:
        fail(f"{article}: neither an id nor the address of an article")
    if not record_files(folder):
        fail(f"{folder}: no records of a crawl")
    try:
        records = list(find_records(folder, name))
    except OSError as error:
        fail(f"cannot read {error.filename or folder}: {error.strerror}")
    if not records:
        fail(f"{name}: no record in {folder}", status=1)
    if as_json:
        for found in records:
            typer.echo(json.dumps(found.record, ensure_ascii=False))
        return
    typer.echo(f"{name}: {len(records)} record{'s' if len(records) > 1 else ''}")
    show(records, screen())
