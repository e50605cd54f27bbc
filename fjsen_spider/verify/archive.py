"""Every WARC file to its end: records, digests, index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fjsen_spider.archive.cdxj import to_line
from fjsen_spider.archive.exchange import sha1
from fjsen_spider.archive.index import index_path
from fjsen_spider.archive.members import MOST, OPEN, BadArchiveError, members
from fjsen_spider.archive.record import Record, read_record
from fjsen_spider.verify.folder import DataFolder


def verify_archive(data: DataFolder) -> Iterator[str]:
    """Yield what is wrong in the WARC files."""
    for file in data.archive:
        data.seen["WARC files"] += 1
        is_open = file.name.endswith(OPEN)
        if is_open and not data.running:
            yield f"{file.name}: left open by a run that was killed; the next crawl mends it"
        lines: list[bytes] = []
        try:
            yield from _verify_records(data, file, lines)
        except BadArchiveError as error:
            if not (is_open and data.running):
                yield str(error)
        except OSError as error:
            yield f"{file.name}: {error.strerror}"
        if not is_open:
            yield from _verify_index(file, sorted(lines))


def _verify_records(data: DataFolder, file: Path, lines: list[bytes]) -> Iterator[str]:
    for member in members(file):
        try:
            record = read_record(member)
        except BadArchiveError as error:
            yield str(error)
            continue
        yield from (str(member.bad(why)) for why in _wrong(record))
        if record.is_capture:
            data.seen["captures"] += 1
            lines.append(to_line(record.entry()))


def _wrong(record: Record) -> Iterator[str]:
    if len(record.member.data) >= MOST:
        return
    block, payload = record.header("WARC-Block-Digest"), record.header("WARC-Payload-Digest")
    if block and block.startswith("sha1:") and block != sha1(record.block):
        yield f"{record.url or record.kind}: not what was archived, its digest differs"
    elif record.kind == "response" and payload and payload.startswith("sha1:") and payload != sha1(record.payload):
        yield f"{record.url}: the body is not what was archived, its digest differs"


def _verify_index(file: Path, lines: list[bytes]) -> Iterator[str]:
    index = index_path(file)
    if not index.is_file():
        yield f"{index.name}: there is no index of {file.name}"
        return
    with index.open("rb") as told:
        found = told.readlines()
    if found == lines:
        return
    missing, extra = set(lines) - set(found), set(found) - set(lines)
    order = "" if missing or extra else ", its order is wrong"
    yield f"{index.name}: does not agree with {file.name}: {len(missing)} lines missing, {len(extra)} too many{order}"
