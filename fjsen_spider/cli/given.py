"""The saved pages that a command line names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from fjsen_spider.archive.saved import SavedArticle, SavedFile, gather, refuse, saved_files
from fjsen_spider.cli.failure import fail
from fjsen_spider.urls import absolute


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
