"""Packed bodies: what they are packed with, and whether they are whole."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Final

GZIP: Final = "gzip"
DEFLATE: Final = "deflate"
_MAGIC: Final = b"\x1f\x8b"
_GZIP, _ZLIB, _BARE = 31, 15, -15  # zlib's numbers for a gzip frame, its own, and none
_CHUNK: Final = 64 * 1024


class CutError(ValueError):
    """A packed body ends early, or is not what was packed."""


class TooLargeError(ValueError):
    """A packed body is larger than allowed, once it is unpacked."""


def packing(body: bytes, labels: Iterable[str]) -> str | None:
    """Return what a body is packed with: its bytes count, not what they are said to be; None for plain ones."""
    if body.startswith(_MAGIC):
        return GZIP
    return DEFLATE if DEFLATE in labels and not body.lstrip().startswith(b"<") else None


def measure(body: bytes, packed: str, most: float) -> int:
    """Unpack a body to its end without keeping it, and return its length; raise CutError or TooLargeError."""
    try:
        return _gzip(body, most) if packed == GZIP else _deflate(body, most)
    except zlib.error as error:
        raise CutError(str(error)) from error


def _gzip(body: bytes, most: float) -> int:
    """Measure all members; zlib compares checksum and length in each one's trailer."""
    length = 0
    while body.startswith(_MAGIC):
        size, body = _stream(body, _GZIP, most - length)
        length += size
    return length


def _deflate(body: bytes, most: float) -> int:
    try:
        return _stream(body, _ZLIB, most)[0]
    except zlib.error:  # many servers leave zlib's frame away
        return _stream(body, _BARE, most)[0]


def _stream(body: bytes, kind: int, most: float) -> tuple[int, bytes]:
    """Return how long a stream is when unpacked, and what stands behind its end."""
    stream, length = zlib.decompressobj(kind), 0
    while not stream.eof:
        some = stream.decompress(body, _CHUNK)
        length += len(some)
        if length > most:
            raise TooLargeError(f"more than {most:.0f} bytes")
        body = stream.unconsumed_tail
        if not some and not body and not stream.eof:
            raise CutError("the end is missing")
    return length, stream.unused_data
