"""One WARC record as read: what kind, of which URL, when, and the HTTP message in it."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders

from fjsen_spider.archive.cdxj import REVISIT, Entry
from fjsen_spider.archive.content import BadContentError, decode
from fjsen_spider.archive.exchange import pointer, sha1
from fjsen_spider.archive.members import MOST, Member
from fjsen_spider.items import RawPage

CAPTURES: Final = ("response", "revisit", "resource")
"""Kinds of record that tell what a server had at a URL."""
NOT_MODIFIED: Final = "server-not-modified"
FILE: Final = "WARC-Refers-To-Filename"
OFFSET: Final = "WARC-Refers-To-File-Offset"
"""Where the body of a revisit is: not of the standard, but known from other crawlers; spares the search."""

_LOADER: Final = ArcWarcRecordLoader(verify_http=False)
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})\b")
_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True)
class Record:
    """A record of a WARC file."""

    member: Member
    headers: StatusAndHeaders
    """Of the record."""
    block: bytes
    """What the record holds: an HTTP message, or a resource."""

    def header(self, name: str) -> str | None:
        """Return a header of the record."""
        value: str | None = self.headers.get_header(name)
        return value

    @property
    def kind(self) -> str:
        """Its WARC-Type: response, request, revisit, resource, warcinfo or metadata."""
        return self.header("WARC-Type") or ""

    @property
    def url(self) -> str:
        """Of what it is about."""
        return self.header("WARC-Target-URI") or ""

    @property
    def date(self) -> str:
        """The WARC-Date, with whole seconds."""
        return re.sub(r"\.\d+", "", self.header("WARC-Date") or "")

    @property
    def is_capture(self) -> bool:
        """Tell whether it is what a server had at an http(s) URL."""
        return self.kind in CAPTURES and self.url.lower().startswith(("http://", "https://"))

    @property
    def is_not_modified(self) -> bool:
        """Tell whether the server only said that an earlier capture still holds."""
        return self.kind == "revisit" and NOT_MODIFIED in (self.header("WARC-Profile") or "")

    @cached_property
    def _split(self) -> tuple[bytes, bytes]:
        end = None if self.kind == "resource" else _END.search(self.block)
        if end is None:
            return (b"", self.block) if self.kind == "resource" else (self.block, b"")
        return self.block[: end.end()], self.block[end.end() :]

    @property
    def payload(self) -> bytes:
        """The body as archived."""
        return self._split[1]

    @property
    def digest(self) -> str:
        """Of the payload; that of the body that a revisit refers to."""
        return self.header("WARC-Payload-Digest") or sha1(self.payload)

    @property
    def status(self) -> int | None:
        """Of the HTTP response; null for a resource, and for a revisit that kept no headers."""
        found = _STATUS.match(self._split[0])
        return int(found[1]) if found else None

    @cached_property
    def http_headers(self) -> tuple[tuple[str, str], ...]:
        """Name and value of each header of the HTTP message, as sent."""
        lines = re.sub(r"\r?\n[ \t]+", " ", self._split[0].decode("latin-1")).splitlines()[1:]
        split = (line.partition(":") for line in lines)
        return tuple((name.strip(), value.strip()) for name, colon, value in split if colon)

    def http_header(self, name: str) -> str | None:
        """Return the first header of that name of the HTTP message; a resource has a Content-Type only."""
        if self.kind == "resource":
            return self.header("Content-Type") if name == "Content-Type" else None
        return next((value for known, value in self.http_headers if known.lower() == name.lower()), None)

    def page(self, body: Record | None = None) -> RawPage:
        """Return the page, its body out of another record where this one only refers to it.

        Raise BadArchiveError when the body is cut or damaged.
        """
        source = body or self
        encodings = [value for name, value in source.http_headers if name.lower() == "content-encoding"]
        chunked = "chunked" in (source.http_header("Transfer-Encoding") or "").lower()
        try:
            content = decode(source.payload, ",".join(encodings).split(","), chunked=chunked)
        except BadContentError as error:
            raise source.member.bad(f"{source.url}: {error}") from error
        return RawPage(
            url=self.url,
            body=content,
            status=self.status,
            content_type=self.http_header("Content-Type"),
            retrieved_at=retrieved_at(self.date),
            warc=pointer(self.member.file, self.member.offset, self.member.length),
        )

    def entry(self) -> Entry:
        """Return its line of the index."""
        return Entry(
            url=self.url,
            date=self.date,
            mime=REVISIT if self.kind == "revisit" else mime(self.http_header("Content-Type")),
            status=str(self.status) if self.status is not None else None,
            digest=self.digest,
            length=self.member.length,
            offset=self.member.offset,
            file=self.member.file,
        )


def read_record(member: Member) -> Record:
    """Read a record; raise BadArchiveError for what is none, or not whole."""
    stream = io.BytesIO(member.data)
    try:
        loaded = _LOADER.parse_record_stream(stream, known_format="warc", no_record_parse=True)
    except (ArchiveLoadFailed, EOFError, ValueError) as error:
        raise member.bad(f"no WARC record: {error}") from error
    block = loaded.raw_stream.read()
    if loaded.length is None or (len(block) < loaded.length and len(member.data) < MOST):
        raise member.bad("the record is shorter than it says")
    rest = member.data[stream.tell() :]
    if rest.strip(b"\r\n"):
        raise member.bad("several records in one gzip member: rewrite the file with `warcio recompress`")
    return Record(member, loaded.rec_headers, block)


def mime(content_type: str | None) -> str | None:
    """Return the media type of a Content-Type, without its parameters."""
    return re.split(r"[;\s]", content_type.strip(), maxsplit=1)[0] or None if content_type else None


def retrieved_at(date: str) -> str | None:
    """Return a WARC-Date as a record says it: ISO 8601 with offset, whole seconds; None for what is no date."""
    try:
        return datetime.fromisoformat(date).isoformat(timespec="seconds")
    except ValueError:
        return None
