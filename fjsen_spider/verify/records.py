"""Every line of the records: in the ledger, and out of the archive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fjsen_spider.archive.members import BadArchiveError
from fjsen_spider.crawling.ledger import Ledger
from fjsen_spider.items import Article
from fjsen_spider.serialize import from_line
from fjsen_spider.urls import article_id, canonical
from fjsen_spider.verify.again import content_again
from fjsen_spider.verify.folder import PART, DataFolder


def record_files(path: Path) -> list[Path]:
    """Return the files of records of a data folder, open ones too."""
    return sorted([*path.glob("fjsen-*.jsonl"), *path.glob(f"fjsen-*.jsonl{PART}")])


def verify_records(data: DataFolder, ledger: Ledger | None) -> Iterator[str]:
    """Yield what is wrong in the lines of the records; without a ledger they are compared with the archive only."""
    for file in record_files(data.path):
        data.seen["files of records"] += 1
        name, is_open = file.name.removesuffix(PART), file.name.endswith(PART)
        if is_open and not data.running:
            yield f"{file.name}: left open by a run that was killed; the next crawl mends it"
        committed = ledger.files.size(name) if ledger and is_open else None
        for number, offset, line in _lines(file, committed):
            data.seen["records"] += 1
            yield from (f"{name} line {number}: {why}" for why in _wrong(data, ledger, name, offset, line))


def _lines(file: Path, size: int | None) -> Iterator[tuple[int, int, bytes]]:
    """Yield number, place and bytes of the lines; of a file that is open, those that are committed."""
    offset = 0
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if size is not None and offset + len(line) > size:
                return
            yield number, offset, line
            offset += len(line)


def _wrong(data: DataFolder, ledger: Ledger | None, name: str, offset: int, line: bytes) -> Iterator[str]:
    try:
        record = from_line(line)
    except (ValueError, TypeError) as error:
        yield f"no record: {error}"
        return
    if not line.endswith(b"\n"):
        yield f"{record.id}: the line is cut"
    if ledger:
        yield from _out_of_the_ledger(ledger, record, name, offset)
    yield from _out_of_the_archive(data, record)


def _out_of_the_ledger(ledger: Ledger, record: Article, name: str, offset: int) -> Iterator[str]:
    known = ledger.articles.get(int(record.id.removeprefix("fjsen:"))) if record.id else None
    if known is None:
        yield f"{record.id}: not in the ledger"
    elif record.kind == "article" and known.revision < record.revision:
        yield f"{record.id}: the ledger knows no revision {record.revision}"
    elif (
        record.kind == "article"
        and known.revision == record.revision
        and (known.records, known.offset) != (name, offset)
    ):
        yield f"{record.id}: the ledger has it in {known.records} at byte {known.offset}"


def _out_of_the_archive(data: DataFolder, record: Article) -> Iterator[str]:
    if record.warc is None:
        if record.retrieved_at:
            yield f"{record.id}: names no capture"
        return
    try:
        capture = data.record(record.warc)
        if not _is_of(capture.url, record):
            yield f"{record.id}: its capture is of {capture.url}"
        elif data.deep and record.kind == "article":
            data.seen["records read again"] += 1
            if content_again(data.collection, record, capture) != record.content_sha256:
                yield f"{record.id}: reads otherwise now"
    except BadArchiveError as error:
        yield f"{record.id}: {error}"


def _is_of(url: str, record: Article) -> bool:
    return article_id(url) == record.id if record.id and article_id(url) else canonical(url) == record.url
