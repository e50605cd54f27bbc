"""`fjsen compare`: what two versions of the rules changed over one archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fjsen_spider.cli.failure import fail
from fjsen_spider.cli.screen import screen
from fjsen_spider.compare import BadLineError, compare
from fjsen_spider.compare.terminal import show


def compare_command(
    old: Annotated[Path, typer.Argument(metavar="OLD.jsonl", help="Records of the rules as they were.")],
    new: Annotated[
        Path, typer.Argument(metavar="NEW.jsonl", help="Records of the rules as they are, of the same pages.")
    ],
    *,
    fields: Annotated[
        list[str] | None,
        typer.Option("--field", help="Only this field or part of one (images.caption); may be repeated."),
    ] = None,
    examples: Annotated[int, typer.Option(min=0, help="Examples of each field.")] = 3,
) -> None:
    """Show what was gained, lost and altered between two files of records, by field, with examples.

    The order of lines does not matter. Exit status: 1 when a record or a value was lost.
    """
    try:
        found = compare(old, new, fields=fields or (), examples=examples)
    except BadLineError as error:
        fail(str(error))
    except OSError as error:
        fail(f"cannot read {error.filename or old}: {error.strerror}")
    known = {*found.old.names, *found.new.names}
    for name in fields or ():
        if known and name.partition(".")[0] not in known:
            fail(f"--field {name}: no record has this field")
    show(found, screen(), examples)
    raise typer.Exit(1 if found.lost else 0)
