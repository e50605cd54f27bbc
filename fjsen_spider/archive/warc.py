"""The WARC files of a run: written record by record, closed whole, repaired after a crash."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, BinaryIO, Final

from fjsen_spider.archive.cdxj import to_line
from fjsen_spider.archive.exchange import Exchange, pointer
from fjsen_spider.archive.index import index_lines, index_path, line_of
from fjsen_spider.archive.members import OPEN, BadArchiveError, members
from fjsen_spider.archive.pack import about, entry, pack
from fjsen_spider.whole_file import whole_file

ROLL: Final = 1_000_000_000
"""Bytes after which a run goes on in a new file."""


class WarcWriter:
    """Writes `<name>-00000.warc.gz` and what follows; `.open` until closed, then with its index beside.

    OSError from `write` leaves the file as it was before; records written earlier are whole.
    """

    def __init__(self, folder: Path, name: str, roll: int = ROLL) -> None:
        self._folder, self._name, self._roll = folder, name, roll
        self._number = 0
        self._file: IO[bytes] | None = None
        self._end = 0
        self._safe = 0
        self._index: BinaryIO | None = None

    @property
    def file(self) -> str:
        """The name that the file written to will have."""
        return f"{self._name}-{self._number:05}.warc.gz"

    def write(self, exchange: Exchange) -> dict[str, Any]:
        """Append an exchange, response and request as one; return where the response is."""
        if self._end >= self._roll:
            self.close()
            self._number += 1
        file = self._file or self._open(exchange.date)
        response, request = pack(exchange)
        offset = self._end
        self._append(file, response + request)
        self._note(to_line(entry(exchange, self.file, offset, len(response))))
        return pointer(self.file, offset, len(response))

    def sync(self) -> tuple[str, int]:
        """Make what was written safe; return the file's final name and its length."""
        if self._file is not None and self._safe < self._end:
            os.fsync(self._file.fileno())
            self._safe = self._end
        return self.file, self._end

    def close(self) -> None:
        """Close the file under its final name, index beside."""
        if self._file is None:
            return
        file, self._file = self._file, None
        os.fsync(file.fileno())
        file.close()
        _settle(Path(file.name), self._noted() or index_lines(Path(file.name)))

    def _open(self, date: str) -> IO[bytes]:
        self._folder.mkdir(parents=True, exist_ok=True)
        file = (self._folder / (self.file + OPEN)).open("xb", buffering=0)
        self._end = self._safe = 0
        try:
            self._append(file, about(self.file, date))
        except OSError:
            file.close()
            Path(file.name).unlink()
            raise
        self._index = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed with the file
        self._file = file
        return file

    def _note(self, line: bytes) -> None:
        """Keep an index line for the end, on disk; without, the file is read again."""
        try:
            if self._index is not None:
                self._index.write(line)
        except OSError:
            self._index = None

    def _noted(self) -> list[bytes]:
        index, self._index = self._index, None
        try:
            if index is None:
                return []
            index.seek(0)
            with index:
                return sorted(index)
        except OSError:
            return []

    def _append(self, file: IO[bytes], data: bytes) -> None:
        written = 0
        try:
            written = file.write(data)
        finally:
            if written < len(data):
                file.truncate(self._end)
                file.seek(self._end)
        if written < len(data):  # unbuffered: a full disk takes what still fits, without an error
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), file.name)
        self._end += written


def repair(path: Path, offset: int | None = None) -> int:
    """Cut a `.open` file that a run left to what is safe, and close it: final name, index beside.

    Without an offset, to its last whole record. A file with no capture in it is removed. Return how many bytes before the
    offset cannot be read, because of damage: they are kept, for who can.
    """
    end, lines, unread = 0, [], 0
    try:
        for member in members(path):
            if offset is not None and member.offset + member.length > offset:
                break
            end = member.offset + member.length
            lines += line_of(member)
    except BadArchiveError:  # the torn tail, or else damage
        sure = min(offset or 0, path.stat().st_size)
        unread, end = max(sure - end, 0), max(sure, end)
    with path.open("r+b") as file:
        file.truncate(end)
        os.fsync(file.fileno())
    _settle(path, sorted(lines), keep=bool(unread))
    return unread


def _settle(path: Path, lines: Sequence[bytes], *, keep: bool = False) -> None:
    """Give a file its final name and its index, or remove it when there is nothing in it."""
    if not lines and not keep:
        path.unlink()
        return
    final = path.with_name(path.name.removesuffix(OPEN))
    with whole_file(index_path(final)) as sink:
        sink.writelines(lines)
    path.replace(final)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
