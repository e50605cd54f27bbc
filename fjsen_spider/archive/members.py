"""A WARC file piece by piece: its gzip members, or its records where it is not compressed."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

OPEN: Final = ".open"
"""What a WARC file is called besides until it is closed."""
GZIP: Final = b"\x1f\x8b"
PLAIN: Final = b"WARC/"
MOST: Final = 64 * 1024 * 1024
"""Bytes of one record that are kept; pages are smaller, and what is larger is no page."""

_BLOCK: Final = 64 * 1024
_LENGTH = re.compile(rb"^content-length:\s*(\d+)\s*$", re.IGNORECASE | re.MULTILINE)


class BadArchiveError(ValueError):
    """A WARC file that cannot be read from some place on: which, where, why."""

    def __init__(self, file: str, offset: int, why: str) -> None:
        super().__init__(f"{file} at byte {offset}: {why}")
        self.file, self.offset, self.why = file, offset, why


@dataclass(frozen=True, slots=True)
class Member:
    """One record as it lies in the file, unpacked."""

    file: str
    """Name, its final one."""
    offset: int
    length: int
    data: bytes
    """Cut at MOST."""

    def bad(self, why: str) -> BadArchiveError:
        """Return the error that says where this record is and what is wrong with it."""
        return BadArchiveError(self.file, self.offset, why)


def final_name(path: Path) -> str:
    """Return the name that a WARC file has once it is closed."""
    return path.name.removesuffix(OPEN)


def members(path: Path, at: int = 0) -> Iterator[Member]:
    """Yield the records of a file in order, from a place on; raise BadArchiveError where it is torn, or no WARC."""
    with path.open("rb") as file:
        file.seek(at)
        start = file.read(len(PLAIN))
        file.seek(at)
        if start.startswith(GZIP):
            yield from _zipped(file, final_name(path), at)
        elif start == PLAIN:
            yield from _plain(file, final_name(path), at)
        elif start:
            raise BadArchiveError(final_name(path), at, "no WARC record")


def member(path: Path, offset: int, length: int | None = None) -> Member:
    """Read the record at a place; raise BadArchiveError when it is not there, OSError when the file is not."""
    found = next(members(path, offset), None)
    if found is None:
        raise BadArchiveError(final_name(path), offset, "the file ends before")
    if length not in (None, found.length):
        raise found.bad(f"the record has {found.length} bytes, not {length}")
    return found


def _zipped(file: BinaryIO, name: str, offset: int) -> Iterator[Member]:
    rest = b""
    while rest := rest or file.read(_BLOCK):
        inflate, kept, taken = zlib.decompressobj(31), bytearray(), 0
        while not inflate.eof:
            if not (block := rest or file.read(_BLOCK)):
                raise BadArchiveError(name, offset, "torn: the file ends within this record")
            try:
                plain = inflate.decompress(block)
            except zlib.error as error:
                raise BadArchiveError(name, offset, f"damaged: {error}") from error
            kept += plain[: MOST - len(kept)]
            rest = inflate.unused_data
            taken += len(block) - len(rest)
        yield Member(name, offset, taken, bytes(kept))
        offset += taken


def _plain(file: BinaryIO, name: str, offset: int) -> Iterator[Member]:
    while head := _head(file):
        length = _LENGTH.search(head)
        if not head.endswith(b"\n\r\n") or length is None:
            raise BadArchiveError(name, offset, "torn, or no WARC record")
        size = int(length[1]) + 4
        block = file.read(min(size, MOST))
        taken = len(head) + len(block) + _skip(file, size - len(block))
        if taken < len(head) + size or (size <= MOST and not block.endswith(b"\r\n\r\n")):
            raise BadArchiveError(name, offset, "torn: the file ends within this record")
        yield Member(name, offset, taken, (head + block)[:MOST])
        offset += taken


def _head(file: BinaryIO) -> bytes:
    lines = []
    while line := file.readline(_BLOCK):
        lines.append(line)
        if not line.strip():
            break
    return b"".join(lines)


def _skip(file: BinaryIO, size: int) -> int:
    skipped = 0
    while skipped < size and (block := file.read(min(_BLOCK, size - skipped))):
        skipped += len(block)
    return skipped
