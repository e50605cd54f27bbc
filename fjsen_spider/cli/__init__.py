"""The `fjsen` command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fjsen_spider import __version__
from fjsen_spider.cli.compare import compare_command
from fjsen_spider.cli.explain import explain_command
from fjsen_spider.cli.extract import extract_command
from fjsen_spider.cli.failure import fail
from fjsen_spider.cli.fixture import fixture_app
from fjsen_spider.cli.history import history_command
from fjsen_spider.cli.status import status_command
from fjsen_spider.cli.verify import verify_command
from fjsen_spider.fixtures.add import RefusedFixtureError, find_fixtures

app = typer.Typer(
    help="Saved pages of the portal 东南网 (fjsen.com), and what its crawls left. The crawl itself is `scrapy crawl fjsen`.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help and errors: they are read in logs too
    pretty_exceptions_enable=False,
)
app.command("extract")(extract_command)
app.command("explain")(explain_command)
app.command("compare")(compare_command)
app.command("status")(status_command)
app.command("history")(history_command)
app.command("verify")(verify_command)
app.add_typer(fixture_app, name="fixture")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"fjsen-spider {__version__}")
        raise typer.Exit


@app.callback()
def common(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Do what all commands share: nothing but --version."""


@app.command("docs", hidden=True)
def docs_command(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder of the generated pages, `docs` of the project by default.")
    ] = None,
    *,
    check: Annotated[bool, typer.Option(help="Write nothing; fail when a page is not current.")] = False,
) -> None:
    """Generate the pages that describe the record (`article.schema.json`, `data-format.md`)."""
    from fjsen_spider.schema import pages  # noqa: PLC0415 - only the project's own developers need it

    try:
        docs = folder or find_fixtures(Path.cwd()).parent / "docs"
    except RefusedFixtureError as refusal:
        fail(str(refusal))
    for name, content in pages().items():
        page = docs / name
        if check and not (page.is_file() and page.read_text("utf-8") == content):
            fail(f"{page} is not what the items say: run `make docs`", status=1)
        if not check:
            page.write_text(content, "utf-8")


def main() -> None:
    """Run the command line."""
    app()
