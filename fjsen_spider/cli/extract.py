"""`fjsen extract`: saved pages → records as JSON Lines."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from fjsen_spider.archive.articles import ArchivedArticle
from fjsen_spider.archive.members import BadArchiveError
from fjsen_spider.archive.saved import SavedArticle
from fjsen_spider.cli.failure import fail
from fjsen_spider.cli.given import given_pages
from fjsen_spider.cli.output import standard_output
from fjsen_spider.extraction import NotAnArticle, extract
from fjsen_spider.personal import masked
from fjsen_spider.serialize import to_line
from fjsen_spider.whole_file import whole_file


def extract_command(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", help="HTML files, mirror trees (<host>/<path>), WARC files, folders with them."),
    ],
    *,
    url: Annotated[
        str | None, typer.Option(help="Where the one file comes from, when neither it nor its place says.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here, whole or not at all.")] = None,
    mask: Annotated[
        bool, typer.Option("--mask", help="Put * for mobile numbers, identity numbers and mail addresses.")
    ] = False,
) -> None:
    """Write the articles of saved pages as JSON Lines, continuation pages merged.

    Pages that are no articles are counted on stderr by reason. What cannot be read inside a folder is named there, the
    rest is written, and the exit status is 1.
    """
    tally = Tally(mask)
    articles = given_pages(paths, url, tally.unreadable)
    try:
        with whole_file(output) if output else standard_output() as sink:
            for article in track(articles, "Extracting", console=Console(stderr=True), disable=not _bar_wanted(output)):
                if line := tally.read(article):
                    sink.write(line.encode())
    except BrokenPipeError:
        raise
    except OSError as error:
        fail(f"cannot write {output or 'the records'}: {error.strerror}")
    typer.echo(tally, err=True)
    raise typer.Exit(1 if tally.failed else 0)


@dataclass(slots=True)
class Tally:
    """What became of the articles."""

    mask: bool = False
    """Records are written without what is personal in them."""
    records: int = 0
    no_articles: Counter[str] = field(default_factory=Counter)
    failed: int = 0

    def read(self, article: SavedArticle | ArchivedArticle) -> str | None:
        """Return the record of an article as a line, None when there is none."""
        try:
            raw = article.read()
            record = extract(*raw.pages, aliases=raw.aliases)
            line = to_line(masked(record) if self.mask else record)
        except NotAnArticle as other:
            self.no_articles[other.reason] += 1
            return None
        except BadArchiveError as error:
            self.unreadable(error)
            return None
        except Exception as error:  # noqa: BLE001 - one broken page must not lose the rest; it is named and fails the run
            self.fail(article.name, f"{type(error).__name__}: {error}")
            return None
        self.records += 1
        return line

    def unreadable(self, error: OSError | BadArchiveError) -> None:
        """Name and count a file, or a place in one, that cannot be read."""
        if isinstance(error, BadArchiveError):
            self.fail(f"{error.file} at byte {error.offset}", error.why)
        else:
            self.fail(error.filename, error.strerror)

    def fail(self, path: object, why: object) -> None:
        """Name and count what could not be read; the rest goes on."""
        self.failed += 1
        typer.echo(f"fjsen: {path}: {why}", err=True)

    def __str__(self) -> str:
        reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(self.no_articles.items()))
        told = f"{self.records} records, {self.no_articles.total()} not articles{f' ({reasons})' if reasons else ''}"
        return f"{told}, {self.failed} failed" if self.failed else told


def _bar_wanted(output: Path | None) -> bool:
    """A bar for people only, and not between the records of the same terminal."""
    return sys.stderr.isatty() and (output is not None or not sys.stdout.isatty())
