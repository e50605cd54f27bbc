"""A request and its response, as they went over the wire: what is archived."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The response record that already holds a body."""

    url: str
    date: str
    """Its WARC-Date."""
    digest: str
    """`sha1:` and base32, of the payload as sent."""
    file: str
    offset: int
    length: int


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A request and its response."""

    url: str
    date: str
    """WARC-Date: `2026-11-25T13:00:00Z`."""
    status: int
    request: bytes
    """Its first line and headers, with the blank line."""
    response: bytes
    """Its first line and headers, with the blank line."""
    body: bytes
    """The payload as sent: Content-Encoding kept, Transfer-Encoding undone."""
    content_type: str | None = None
    """As sent."""
    address: str | None = None
    """The server's IP address."""
    same_as: Earlier | None = None
    """The record that holds the same body, or the one that a 304 refers to."""

    @cached_property
    def digest(self) -> str:
        """Of the payload as sent."""
        return sha1(self.body)


def sha1(*parts: bytes) -> str:
    """Return a digest as WARC writes it: `sha1:` and base32."""
    digest = hashlib.sha1(usedforsecurity=False)
    for part in parts:
        digest.update(part)
    return "sha1:" + base64.b32encode(digest.digest()).decode()


def head(first: str, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return the first line and headers of a message, with the blank line."""
    lines = [first.encode("latin-1"), *(name + b": " + value for name, value in headers)]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def pointer(file: str, offset: int, length: int) -> dict[str, Any]:
    """Return where a record lies, as an article's `warc` says it."""
    return {"file": file, "offset": offset, "length": length}
