"""Exchanges to archive, and WARC records written by hand as other crawlers write them."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

from fjsen_spider.archive.exchange import Earlier, Exchange, head

PAGE = b"<html><head><title>x</title></head><body><p>\xe6\x96\x87</p></body></html>\n"
URL = "http://xm.fjsen.com/2018-05/08/content_20980126.htm"


def exchange(
    url: str = URL,
    body: bytes = PAGE,
    *,
    date: str = "2026-11-25T13:00:00Z",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    same_as: Earlier | None = None,
) -> Exchange:
    given = {"Content-Type": "text/html"} if headers is None else headers
    pairs = [(name.encode(), value.encode("latin-1")) for name, value in given.items()]
    return Exchange(
        url=url,
        date=date,
        status=status,
        request=head(f"GET {url.split('.com', 1)[1]} HTTP/1.1", [(b"Host", url.split("/")[2].encode())]),
        response=head(f"HTTP/1.1 {status} X", pairs),
        body=body,
        content_type=given.get("Content-Type"),
        same_as=same_as,
    )


def earlier(one: Exchange, where: Mapping[str, object]) -> Earlier:
    return Earlier(url=one.url, date=one.date, digest=one.digest, **where)


def record(kind: str, headers: Mapping[str, str], block: bytes, *, version: str = "1.0") -> bytes:
    """A record as plain bytes, headers as given."""
    lines = [f"WARC/{version}", f"WARC-Type: {kind}", *(f"{name}: {value}" for name, value in headers.items())]
    lines.append(f"Content-Length: {len(block)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def response(url: str, http: str, body: bytes, *, date: str = "2018-05-09T01:02:03Z") -> bytes:
    """A response record of another crawler: the HTTP head as given, its lines without CR."""
    block = http.strip().replace("\n", "\r\n").encode("latin-1") + b"\r\n\r\n" + body
    told = {
        "WARC-Date": date,
        "WARC-Record-ID": "<urn:uuid:1fdc8a4c-2c6b-4f0a-9c2b-0d3c3e1f7a55>",
        "Content-Type": "application/http; msgtype=response",
        "WARC-Target-URI": url,
    }
    return record("response", told, block)


def save(path: Path, *records: bytes) -> Path:
    """Write a WARC file, each record a gzip member unless the name says otherwise."""
    zipped = [gzip.compress(one) if path.name.endswith(".gz") else one for one in records]
    path.write_bytes(b"".join(zipped))
    return path
