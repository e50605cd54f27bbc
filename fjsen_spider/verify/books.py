"""Every place that the ledger names: lines of records, sizes of files, captures of pages."""

from __future__ import annotations

from collections.abc import Iterator

from fjsen_spider.archive.index import same
from fjsen_spider.archive.members import BadArchiveError
from fjsen_spider.crawling.ledger import Entry, Ledger
from fjsen_spider.crawling.ledger.files import WARC
from fjsen_spider.serialize import from_line
from fjsen_spider.verify.folder import DataFolder


def verify_files(data: DataFolder, ledger: Ledger) -> Iterator[str]:
    """Yield the files that are not there, or shorter than was committed."""
    for file in ledger.files.all():
        closed = data.path / file.name
        suffix = ".open" if file.kind == WARC else ".part"
        found = next((path for path in (closed, closed.with_name(closed.name + suffix)) if path.is_file()), None)
        if found is None:
            if file.size:
                yield f"{file.name}: not there, the ledger has {file.size} bytes of it"
        elif (size := found.stat().st_size) < file.size:
            yield f"{found.name}: has {size} bytes, the ledger has {file.size}"


def verify_articles(data: DataFolder, ledger: Ledger) -> Iterator[str]:
    """Yield the articles whose line is not where the ledger says."""
    for entry in ledger.articles.with_record():
        data.seen["articles of the ledger"] += 1
        if why := _wrong_line(data, entry):
            yield f"ledger: fjsen:{entry.id}: {why}"


def _wrong_line(data: DataFolder, entry: Entry) -> str | None:
    place = f"{entry.records} at byte {entry.offset}"
    try:
        with data.lines(entry.records or "").open("rb") as file:
            file.seek(entry.offset or 0)
            record = from_line(file.read(entry.length or 0))
    except OSError as error:
        return f"its line in {place} cannot be read: {error.strerror}"
    except (ValueError, TypeError):
        return f"there is no record in {place}"
    if (record.id, record.revision) != (f"fjsen:{entry.id}", entry.revision):
        return f"{record.id}, revision {record.revision}, is in {place}"
    if entry.content and record.content_sha256 != entry.content.hex():
        return f"other content is in {place}"
    return None


def verify_pages(data: DataFolder, ledger: Ledger) -> Iterator[str]:
    """Yield the pages whose capture is not where the ledger says."""
    for page in ledger.pages.all():
        data.seen["pages of the ledger"] += 1
        try:
            record = data.record({"file": page.warc, "offset": page.offset, "length": page.length})
        except BadArchiveError as error:
            yield f"ledger: {page.url}: {error}"
            continue
        if same(record.url) != same(page.url):
            yield f"ledger: {page.url}: {record.url} is in {page.warc} at byte {page.offset}"
        elif record.digest != page.digest:
            yield f"ledger: {page.url}: another body is in {page.warc} at byte {page.offset}"
