"""CDXJ: the index of WARC files by URL, one sorted line a capture."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from posixpath import normpath
from typing import Final
from urllib.parse import quote, unquote_to_bytes, urlsplit

REVISIT: Final = "warc/revisit"

_SERVER = re.compile(r"www\d*\.")
_PLAIN: Final = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One capture as the index has it."""

    url: str
    date: str
    """The WARC-Date."""
    mime: str | None
    """`warc/revisit` when the body is in another record."""
    status: str | None
    digest: str | None
    length: int
    offset: int
    file: str


def to_line(entry: Entry) -> bytes:
    """Return the line of a capture, with its newline."""
    fields = {
        "url": entry.url,
        "mime": entry.mime,
        "status": entry.status,
        "digest": entry.digest,
        "length": str(entry.length),
        "offset": str(entry.offset),
        "filename": entry.file,
    }
    given = {name: value for name, value in fields.items() if value is not None}
    return f"{surt(entry.url)} {timestamp(entry.date)} {json.dumps(given)}\n".encode()


def from_line(line: bytes) -> Entry:
    """Read a line; raise ValueError when it is none."""
    try:
        _, moment, fields = line.decode().split(" ", 2)
        given = json.loads(fields)
        return Entry(
            url=given["url"],
            date=warc_date(moment),
            mime=given.get("mime"),
            status=given.get("status"),
            digest=given.get("digest"),
            length=int(given["length"]),
            offset=int(given["offset"]),
            file=given["filename"],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"no CDXJ line: {line[:100]!r}") from error


def timestamp(date: str) -> str:
    """Return a WARC-Date as 14 digits."""
    return re.sub(r"\D", "", date)[:14].ljust(14, "0")


def warc_date(moment: str) -> str:
    """Return the WARC-Date of 14 digits."""
    return "{}-{}-{}T{}:{}:{}Z".format(moment[:4], *(moment[at : at + 2] for at in range(4, 14, 2)))


def surt(url: str) -> str:
    """Return the sort key of a URL, as the Internet Archive's `surt` does for the portal's kind of URL.

    Host reversed, without `www`; lower case; query sorted: `com,fjsen,xm)/2018-05/08/content_1.htm`.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return quote(url, safe=_PLAIN)
    host = _SERVER.sub("", host, count=1) if _SERVER.match(host) else host
    name = ",".join(reversed(host.split(".")))
    where = f":{port}" if port and port != {"http": 80, "https": 443}.get(parts.scheme) else ""
    path = _normal(parts.path)
    if "//" in path or "/." in path:
        path = "/" + normpath(path).lstrip("/")
    query = "&".join(sorted(_normal(parts.query).split("&"))) if parts.query else ""
    return f"{name}{where}){path.rstrip('/') or '/'}{'?' + query if query else ''}"


def _normal(part: str) -> str:
    return quote(unquote_to_bytes(part), safe=_PLAIN).lower()
