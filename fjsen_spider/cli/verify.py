"""`fjsen verify`: a data folder checked against itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fjsen_spider.cli.failure import fail
from fjsen_spider.verify import is_data_folder, verify


def verify_command(
    path: Annotated[Path, typer.Argument(metavar="DATA", help="The data folder of a crawl.")] = Path("output"),
    *,
    archive: Annotated[
        Path | None, typer.Option(help="Where its WARC files are, when they are not in its folder `warc`.")
    ] = None,
    deep: Annotated[bool, typer.Option("--deep", help="Extract every record again, and compare.")] = False,
) -> None:
    """Check archive, ledger and records of a data folder against each other; say what is missing where.

    Every WARC file is read to its end, digests and index included; every record leads to its capture and is in the
    ledger; every place that the ledger names holds what it says. What a running crawl has not committed is left out.
    Exit status: 1 when something is missing or wrong.
    """
    if not is_data_folder(path):
        fail(f"{path}: no data folder of a crawl")
    if archive is not None and not archive.exists():
        fail(f"cannot read {archive}: No such file or directory")
    data, findings = verify(path, archive=archive, deep=deep)
    wrong = 0
    for finding in findings:
        wrong += 1
        typer.echo(finding)
    seen = ", ".join(f"{count} {what}" for what, count in data.seen.items())
    typer.echo(f"{seen or 'nothing in it'}: {wrong or 'nothing'} missing or wrong")
    raise typer.Exit(1 if wrong else 0)
