"""Saved HTML files as raw pages: where each comes from, and which belong to one article."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Final, NoReturn
from urllib.parse import quote

from fjsen_spider.items import RawArticle, RawPage
from fjsen_spider.urls import FULL_TEXT, absolute, article_id, canonical, classify

SUFFIXES: Final = (".htm", ".html")

# A folder is a host only by a well-known ending: `john.doe` and `notes.old` are no hosts, and a wrong URL is worse than none.
_HOST = re.compile(
    r"(?:(?:[a-z0-9-]+\.)+(?:com|net|org|edu|gov|info|example|test|[a-z]{2})|\d+(?:\.\d+){3})(?::\d+)?",
    re.IGNORECASE | re.ASCII,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_OWN_NAMES = (
    (re.compile(r"<link\b[^>]*\brel\s*=\s*[\"']?canonical\b[^>]*>", re.IGNORECASE), "href"),
    (re.compile(r"<meta\b[^>]*\bproperty\s*=\s*[\"']?og:url\b[^>]*>", re.IGNORECASE), "content"),
    (re.compile(r"\bpcURL\s*=\s*(?:\"[^\"]*\"|'[^']*')"), "pcURL"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFile:
    """A file and the URL that it was saved from."""

    path: Path
    url: str | None
    tree: Path
    """The folder that holds the host folders, or else the file's own folder: files of different trees are never merged."""

    @property
    def page(self) -> int:
        """The article page that the URL names: 1 for what has no pages."""
        known = classify(self.url) if self.url else None
        return known.page if known else 1

    def read(self) -> RawPage:
        """Read the bytes; raise OSError when they cannot be read."""
        return RawPage(url=self.url, body=self.path.read_bytes())


@dataclass(frozen=True, slots=True)
class SavedArticle:
    """The files of one article, in the order in which they were met."""

    files: tuple[SavedFile, ...]

    @property
    def name(self) -> str:
        """What to call it when it cannot be read."""
        return str(self.files[0].path)

    def read(self) -> RawArticle:
        """Read its pages, first page first, each once; the PC copy of a page goes before its mobile twin."""
        pages: dict[int, SavedFile] = {}
        for file in sorted(self.files, key=lambda file: "/wap/" in (file.url or "")):
            pages.setdefault(file.page, file)
        ordered = sorted(pages.values(), key=lambda file: (file.page == FULL_TEXT, file.page))
        known = dict.fromkeys(canonical(file.url) for file in (*ordered, *self.files) if file.url)
        return RawArticle(pages=tuple(file.read() for file in ordered), aliases=tuple(known)[1:])


def refuse(error: OSError) -> NoReturn:
    """Let nothing pass that cannot be read."""
    raise error


def saved_files(path: Path, unreadable: Callable[[OSError], object] = refuse) -> Iterator[SavedFile]:
    """Yield the file, or every HTML file below the folder: by name, files before folders.

    What cannot be read is handed to `unreadable`, and the rest goes on; only the path itself must be readable.
    """
    if not path.is_dir():
        yield locate(path)
        return
    os.scandir(path).close()
    for folder, folders, names in os.walk(path, onerror=unreadable):
        folders.sort()
        for file in (Path(folder, name) for name in sorted(names) if name.lower().endswith(SUFFIXES)):
            try:
                yield locate(file)
            except OSError as error:
                unreadable(OSError(error.errno, error.strerror, str(file)))


def locate(path: Path) -> SavedFile:
    """Tell where a saved file comes from: its place in a mirror tree, or else its own words.

    Raise OSError when it cannot be read, or is no regular file: a pipe may never end.
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    with path.open("rb") as file:
        full = Path(os.path.normpath(path.absolute()))
        for host in full.parents:
            if is_host(host.name):
                below = quote(os.fsencode(full.relative_to(host)), safe="/%~!$&'()*+,;=:@")
                return SavedFile(path=path, url=f"http://{host.name}/{below}", tree=host.parent)
        return SavedFile(path=path, url=own_url(file.read()), tree=full.parent)


def is_host(name: str) -> bool:
    """Tell whether a folder's name is that of a host."""
    return _HOST.fullmatch(name) is not None


def own_url(body: bytes) -> str | None:
    """Return the http(s) URL that a page gives for itself: link rel=canonical, og:url or the `pcURL` page variable."""
    html = body.decode("latin-1")  # what is searched for is ASCII in every encoding of the portal
    shown = _COMMENT.sub("", html)
    for tag, attribute in _OWN_NAMES:
        for match in tag.finditer(html if attribute == "pcURL" else shown):  # old scripts stand in a comment
            value = re.search(rf"\b{attribute}\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", match[0], re.IGNORECASE)
            href = unescape(next(filter(None, value.groups()), "")).strip() if value else ""
            if href.lower().startswith(("http://", "https://")) and (url := absolute(None, href)):
                return url
    return None


def gather(files: Iterable[SavedFile]) -> list[SavedArticle]:
    """Put the files of one article together, by its id and tree; every other file stands alone."""
    groups: dict[tuple[Path, str], dict[Path, SavedFile]] = {}
    for file in files:
        key = (file.tree, article_id(file.url) or str(file.path))
        groups.setdefault(key, {})[file.path] = file
    return [SavedArticle(tuple(group.values())) for group in groups.values()]
