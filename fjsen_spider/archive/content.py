"""Payload of an HTTP response → content: chunks joined, compression undone, whole or refused."""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Callable, Iterable
from typing import Final

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MOST: Final = 64 * 1024 * 1024
"""Bytes that a body may unpack to; pages are far smaller."""

_CHUNK = re.compile(rb"([0-9a-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n", re.IGNORECASE)


class BadContentError(ValueError):
    """A body that cannot be unpacked whole; its words say why."""


def decode(payload: bytes, encodings: Iterable[str], *, chunked: bool) -> bytes:
    """Undo Transfer-Encoding and Content-Encoding; raise BadContentError for a body that is cut or damaged.

    A label is not believed against the bytes: archives keep headers of bodies that they have already unpacked.
    """
    body = _joined(payload) if chunked and _CHUNK.match(payload) else payload
    for name in reversed([one.strip().lower() for one in encodings]):
        if name in _DECODERS and body:
            body = _unpack(body, name)
    return body


def _unpack(body: bytes, name: str) -> bytes:
    try:
        return _DECODERS[name](body)
    except (zlib.error, zstd.ZstdError, brotli.error, EOFError) as error:
        if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return body
        raise BadContentError(f"{name}: {error}") from error


def _joined(payload: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while found := _CHUNK.match(payload, at):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(parts)
        at = found.end() + size + 2
        parts.append(payload[found.end() : at - 2])
        if payload[at - 2 : at] != b"\r\n":
            break
    raise BadContentError("chunked: the body is cut or damaged")


def _gzip(body: bytes) -> bytes:
    """Unpack every member; a body that is none is not packed, whatever its label."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    parts = []
    while body.startswith(b"\x1f\x8b"):
        plain, body = _inflate(body, 31)
        parts.append(plain)
    return b"".join(parts)


def _deflate(body: bytes) -> bytes:
    """Unpack zlib's format, or the bare one that many servers send in its place."""
    try:
        return _inflate(body, 15)[0]
    except zlib.error:
        return _inflate(body, -15)[0]


def _inflate(body: bytes, wbits: int) -> tuple[bytes, bytes]:
    unpack = zlib.decompressobj(wbits)
    plain = unpack.decompress(body, MOST)
    _check_size(plain)
    if not unpack.eof:
        raise EOFError("the body is cut")
    return plain, unpack.unused_data


def _brotli(body: bytes) -> bytes:
    unpack = brotli.Decompressor()
    plain = unpack.process(body, output_buffer_limit=MOST)
    _check_size(plain)
    if not unpack.is_finished():
        raise EOFError("the body is cut")
    return bytes(plain)


def _zstd(body: bytes) -> bytes:
    unpack = zstd.ZstdDecompressor()
    plain = unpack.decompress(body, MOST)
    _check_size(plain)
    if not unpack.eof:
        raise EOFError("the body is cut")
    return plain


def _check_size(plain: bytes) -> None:
    if len(plain) >= MOST:
        raise EOFError(f"the body unpacks to more than {MOST} bytes")


_DECODERS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
