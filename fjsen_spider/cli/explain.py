"""`fjsen explain`: where each value of one article comes from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fjsen_spider.cli.failure import fail
from fjsen_spider.cli.given import given_articles
from fjsen_spider.cli.screen import screen
from fjsen_spider.explain import Explanation, explain
from fjsen_spider.explain.page import page
from fjsen_spider.explain.terminal import show
from fjsen_spider.extraction import NotAnArticle
from fjsen_spider.fixtures.folder import META, read_pages
from fjsen_spider.items import RawArticle
from fjsen_spider.whole_file import whole_file


def explain_command(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", help="The HTML files of one article, their folder, or a fixture.")
    ],
    *,
    url: Annotated[
        str | None, typer.Option(help="Where the one file comes from, when neither it nor its place says.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write a page with the source beside the record instead.")
    ] = None,
) -> None:
    """Show one article with the rule, the raw words and the place in the source of every value."""
    try:
        explanation = explain(_raw(paths, url))
    except NotAnArticle as other:
        fail(f"{paths[0]}: not an article ({other.reason})")
    except OSError as error:
        fail(f"cannot read {error.filename or paths[0]}: {error.strerror}")
    if html is None:
        show(explanation, screen())
    else:
        _write(explanation, html)


def _raw(paths: list[Path], url: str | None) -> RawArticle:
    first = paths[0]
    if url is None and len(paths) == 1 and (first / META).is_file() and (first / "page.html").is_file():
        return read_pages(first)
    articles = given_articles(paths, url)
    if len(articles) != 1:
        fail(f"{first}{' …' if len(paths) > 1 else ''}: {len(articles)} articles, not one: give the pages of one")
    return articles[0].read()


def _write(explanation: Explanation, target: Path) -> None:
    try:
        with whole_file(target) as sink:
            sink.write(page(explanation).encode("utf-8", "replace"))
    except OSError as error:
        fail(f"cannot write {target}: {error.strerror}")
    lost = sum(fact.lost for fact in explanation.facts)
    typer.echo(f"{target}: {len(explanation.facts)} values, {lost} without their place in the source", err=True)
