"""The saved pages that a command line names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from fjsen_spider.archive.articles import ArchivedArticle, articles
from fjsen_spider.archive.collection import Collection, warc_files
from fjsen_spider.archive.index import Unreadable
from fjsen_spider.archive.members import BadArchiveError
from fjsen_spider.archive.saved import SavedArticle, SavedFile, gather, refuse, saved_files
from fjsen_spider.cli.failure import fail
from fjsen_spider.urls import absolute


def given_pages(paths: list[Path], url: str | None, unreadable: Unreadable) -> Iterator[SavedArticle | ArchivedArticle]:
    """Yield the articles of HTML files and mirror trees, then those of WARC files and folders with them.

    Fail in one line when an argument cannot be read; what cannot be read inside of one is handed to `unreadable`.
    """
    warcs = {path: found for path in paths if (found := _warc_files(path))}
    if url is not None and warcs:
        fail("--url names one page: give it with one HTML file")
    pages = [path for path in paths if path not in warcs]
    saved = given_articles(pages, url, unreadable) if pages else []
    files = dict.fromkeys(chain.from_iterable(warcs.values()))
    try:
        archived = articles(Collection(files, unreadable)) if files else iter(())
    except BadArchiveError as error:
        fail(str(error))
    return chain(saved, archived)


def _warc_files(path: Path) -> list[Path]:
    try:
        return warc_files(path)
    except OSError as error:
        fail(f"cannot read {error.filename or path}: {error.strerror}")


def given_articles(
    paths: list[Path], url: str | None, unreadable: Callable[[OSError], object] = refuse
) -> list[SavedArticle]:
    """Put the files of all arguments together to articles; fail in one line when an argument cannot be read.

    What cannot be read inside a folder is handed to `unreadable`; without it, that fails too.
    """
    if url is not None and (len(paths) > 1 or paths[0].is_dir()):
        fail("--url names one page: give it with one file")
    if url is not None and not (url.lower().startswith(("http://", "https://")) and absolute(None, url)):
        fail(f"--url {url}: not an http(s) URL")
    files: list[SavedFile] = []
    for path in paths:
        try:
            files += saved_files(path, unreadable)
        except OSError as error:
            fail(f"cannot read {error.filename or path}: {error.strerror}")
    return gather(files if url is None else [replace(files[0], url=url)])
