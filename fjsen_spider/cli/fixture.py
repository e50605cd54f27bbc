"""`fjsen fixture`: pages as test cases."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fjsen_spider.archive.saved import SavedFile, gather, locate
from fjsen_spider.cli.failure import fail
from fjsen_spider.fixtures.add import AddedFixture, RefusedFixtureError, add_fixture, find_fixtures
from fjsen_spider.fixtures.fetch import FetchError, fetch
from fjsen_spider.fixtures.folder import META, read_pages
from fjsen_spider.items import RawArticle
from fjsen_spider.urls import article_id

fixture_app = typer.Typer(help="Keep pages as test cases.", no_args_is_help=True, rich_markup_mode=None)


@fixture_app.callback()
def _group() -> None:
    """Keep pages as test cases."""


@fixture_app.command("add")
def add_command(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE|FOLDER|URL",
            help="A saved page, a folder of a crawl's quarantine, or a page of the portal to fetch.",
        ),
    ],
    *,
    why: Annotated[str, typer.Option(help="The one thing that this page covers and no other does.")],
    rewrite: Annotated[
        bool, typer.Option("--rewrite", help="Replace the running text by filler: the page can be shared.")
    ] = False,
) -> None:
    """Make a fixture of a page, with a draft of its record for you to read and accept."""
    try:
        fixtures = find_fixtures(Path.cwd())
        added = add_fixture(_raw(source), why, fixtures, rewritten=rewrite)
    except (RefusedFixtureError, FetchError) as refusal:
        fail(str(refusal))
    except OSError as error:
        fail(f"{error.filename or source}: {error.strerror}")
    _say_what_next(added, rewritten=rewrite)


def _raw(source: str) -> RawArticle:
    if source.lower().startswith(("http://", "https://")):
        from fjsen_spider.settings import USER_AGENT  # noqa: PLC0415 - scrapy is slow to import and needed for this only

        return RawArticle(pages=(fetch(source, USER_AGENT),))
    if (Path(source) / META).is_file():
        return read_pages(Path(source))
    return gather(_siblings(Path(source)))[0].read()


def _siblings(path: Path) -> list[SavedFile]:
    """Return a saved page and the continuation pages that lie beside it."""
    first = locate(path)
    known = article_id(first.url)
    beside = (locate(file) for file in sorted(path.parent.glob("*.htm*")) if file.name.startswith(path.stem + "_"))
    return [first, *(file for file in beside if known and article_id(file.url) == known)]


def _say_what_next(added: AddedFixture, *, rewritten: bool) -> None:
    typer.echo(f"{added.folder}: {', '.join(sorted(file.name for file in added.folder.iterdir()))}")
    if added.changed:
        typer.echo(f"The filler reads otherwise than the page in: {', '.join(added.changed)}. Repair it by hand.")
    if not rewritten:
        typer.echo("It holds its publisher's words: do not share it without --rewrite.")
    if added.is_article:
        typer.echo(
            "Next: read expected.draft.json against the page, correct it, rename it expected.json, run `make test`."
        )
    else:
        typer.echo(
            "It reads as no article. If it is one, move the folder to fixtures/<layout>/ and write its expected.json."
        )
