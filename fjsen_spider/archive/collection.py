"""WARC files as one archive: pages by URL, by pointer, and all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fjsen_spider.archive.cdxj import Entry, timestamp
from fjsen_spider.archive.index import Index, Unreadable, refuse
from fjsen_spider.archive.members import GZIP, OPEN, PLAIN, BadArchiveError, final_name, member
from fjsen_spider.archive.record import FILE, OFFSET, Record, read_record
from fjsen_spider.items import RawPage

SUFFIXES: Final = (".warc", ".warc.gz", f".warc.gz{OPEN}")
FOLDER: Final = "warc"
"""Where the WARC files of a data folder are."""


def warc_files(path: Path) -> list[Path]:
    """Return the WARC file, or those of the folder, or of the data folder, by name; none for anything else."""
    if path.is_file():
        return [path] if is_warc(path) else []
    return next(filter(None, (_inside(path), _inside(path / FOLDER))), [])


def is_warc(path: Path) -> bool:
    """Tell whether a file is a WARC file by its name, or by its first bytes."""
    with path.open("rb") as file:
        start = file.read(len(PLAIN))
    return path.name.endswith(SUFFIXES) or start == PLAIN or (start.startswith(GZIP) and ".warc" in path.name)


def _inside(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(file for file in folder.iterdir() if file.name.endswith(SUFFIXES) and file.is_file())


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What a server had at a URL."""

    page: RawPage
    """Its `warc` is the record whose headers it has."""
    headers: tuple[tuple[str, str], ...]
    """As sent."""


def read_capture(folder: Path, file: str, offset: int, length: int) -> Capture:
    """Read a response record of a folder, also of a file that is written to; raise BadArchiveError or OSError."""
    path = folder / file
    record = read_record(member(path if path.exists() else path.with_name(file + OPEN), offset, length))
    return Capture(page=record.page(), headers=record.http_headers)


class Collection:
    """WARC files; a record that only refers to its body is given with the body, whichever file that is in."""

    def __init__(self, files: Iterable[Path], unreadable: Unreadable = refuse) -> None:
        self._files: dict[str, Path] = {}
        for file in files:
            known = self._files.setdefault(final_name(file), file)
            if known.parent != file.parent:
                raise BadArchiveError(str(file), 0, f"has the name of {known}: read them one after the other")
        self._unreadable = unreadable
        self._index: Index | None = None

    @property
    def index(self) -> Index:
        """The captures by URL; files without an index are read through at the first use."""
        if self._index is None:
            self._index = Index(self._files.values(), self._unreadable)
        return self._index

    def newest(self, url: str) -> Capture | None:
        """Return the newest capture of a URL; None when there is none."""
        found = self.index.find(url)
        return self.capture(self.record(found[-1].file, found[-1].offset, found[-1].length)) if found else None

    def record(self, file: str, offset: int, length: int | None = None) -> Record:
        """Read the record at a place; raise BadArchiveError when it is not there, OSError when its file is not."""
        if file not in self._files:
            raise BadArchiveError(file, offset, "there is no such file")
        path = self._files[file]
        if not path.exists():  # closed since, by the run that wrote it
            path = path.with_name(file)
        return read_record(member(path, offset, length))

    def capture(self, record: Record) -> Capture:
        """Return what a record captured, with its body; a server's word that nothing changed gives the earlier capture."""
        body = self._body_of(record)
        told = body if record.is_not_modified or record.status is None else record
        return Capture(page=told.page(body), headers=told.http_headers)

    def _body_of(self, record: Record) -> Record:
        if record.kind != "revisit":
            return record
        for file, offset in self._referred(record):
            found = self.record(file, offset)
            if found.kind != "revisit" and (record.is_not_modified or found.digest == record.digest):
                return found
        raise record.member.bad(f"{record.url}: the body that it refers to is not in the archive")

    def _referred(self, record: Record) -> Iterator[tuple[str, int]]:
        """Yield where the body may be: first the place that the record names, then the captures that it names."""
        file, offset = record.header(FILE), record.header(OFFSET)
        if file in self._files and offset and offset.isdigit():
            yield file, int(offset)
        url = record.header("WARC-Refers-To-Target-URI") or record.url
        moment = timestamp(record.header("WARC-Refers-To-Date") or record.date)
        earlier = [entry for entry in self.index.find(url) if timestamp(entry.date) <= moment]
        yield from ((entry.file, entry.offset) for entry in reversed(earlier))

    def entries(self) -> Iterator[Entry]:
        """Yield every capture, sorted by URL and time."""
        return iter(self.index)
