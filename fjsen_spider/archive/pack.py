"""An exchange → its WARC records, each a gzip member of its own."""

from __future__ import annotations

import uuid
import zlib
from collections.abc import Iterable
from typing import Final

from warcio.statusandheaders import StatusAndHeaders

from fjsen_spider import __version__
from fjsen_spider.archive.cdxj import REVISIT, Entry
from fjsen_spider.archive.exchange import Earlier, Exchange, sha1
from fjsen_spider.archive.record import FILE, NOT_MODIFIED, OFFSET, mime

_LEVEL: Final = 1  # pages come compressed; more takes twice the time and saves a fifth of the others
_PROFILE: Final = "http://netpreserve.org/warc/1.1/revisit/"
_ABOUT: Final = (
    f"software: fjsen-spider/{__version__}\r\n"
    "format: WARC File Format 1.1\r\n"
    "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
)

_NOTHING: Final = sha1(b"")

Headers = Iterable[tuple[str, str]]


def about(file: str, date: str) -> bytes:
    """Return the record that opens a file."""
    named = [("WARC-Date", date), ("WARC-Filename", file)]
    return _packed("warcinfo", _identifier(), "application/warc-fields", (_ABOUT.encode(),), named)


def pack(exchange: Exchange) -> tuple[bytes, bytes]:
    """Return the members of the response (or revisit) and of the request."""
    name = _identifier()
    common = [("WARC-Target-URI", exchange.url), ("WARC-Date", exchange.date)]
    address = [("WARC-IP-Address", exchange.address)] if exchange.address else []
    if exchange.same_as:
        kind, body, own = "revisit", b"", _referring(exchange.same_as, exchange.status)
    else:
        kind, body, own = "response", exchange.body, [("WARC-Payload-Digest", exchange.digest)]
    block, told = (exchange.response, body), [*common, *address, *own]
    response = _packed(kind, name, "application/http; msgtype=response", block, told)
    linked = [*common, ("WARC-Concurrent-To", name), ("WARC-Payload-Digest", _NOTHING)]
    return response, _packed("request", _identifier(), "application/http; msgtype=request", (exchange.request,), linked)


def entry(exchange: Exchange, file: str, offset: int, length: int) -> Entry:
    """Return the index entry of an exchange's response record."""
    return Entry(
        url=exchange.url,
        date=exchange.date,
        mime=REVISIT if exchange.same_as else mime(exchange.content_type),
        status=str(exchange.status),
        digest=exchange.same_as.digest if exchange.same_as else exchange.digest,
        length=length,
        offset=offset,
        file=file,
    )


def _referring(earlier: Earlier, status: int) -> list[tuple[str, str]]:
    return [
        ("WARC-Profile", _PROFILE + (NOT_MODIFIED if status == 304 else "identical-payload-digest")),
        ("WARC-Refers-To-Target-URI", earlier.url),
        ("WARC-Refers-To-Date", earlier.date),
        (FILE, earlier.file),
        (OFFSET, str(earlier.offset)),
        ("WARC-Payload-Digest", earlier.digest),
    ]


def _packed(kind: str, name: str, content_type: str, block: tuple[bytes, ...], headers: Headers) -> bytes:
    """Put a record together, the parts of its block uncopied: a body may be large."""
    own = [("WARC-Type", kind), ("WARC-Record-ID", name), *headers, ("WARC-Block-Digest", sha1(*block))]
    own += [("Content-Type", content_type), ("Content-Length", str(sum(map(len, block))))]
    told = StatusAndHeaders("", own, protocol="WARC/1.1").to_bytes(encoding="utf-8")
    member = zlib.compressobj(_LEVEL, wbits=31)
    return b"".join([*map(member.compress, (told, *block, b"\r\n\r\n")), member.flush()])


def _identifier() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"
