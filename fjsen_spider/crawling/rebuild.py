"""A ledger made again from records and archive."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from pathlib import Path

from fjsen_spider.archive.cdxj import REVISIT
from fjsen_spider.archive.collection import Collection, warc_files
from fjsen_spider.crawling.frontier import number_of
from fjsen_spider.crawling.ledger import KnownPage, Ledger, State
from fjsen_spider.crawling.ledger.articles import Outcome, Written
from fjsen_spider.crawling.ledger.files import RECORDS
from fjsen_spider.crawling.ledger.pages import page_key
from fjsen_spider.crawling.schedule import Schedule, day_of, moment_of
from fjsen_spider.serialize import from_line
from fjsen_spider.urls import classify

logger = logging.getLogger(__name__)


def rebuild(ledger: Ledger, files: Iterable[Path], schedule: Schedule) -> int:
    """Note every record of the files; return how many there are. Lines that are none are told in the log."""
    column, found = ledger.columns.get("records").id, 0
    for file in files:
        ledger.files.begin(file.name, RECORDS)
        offset = 0
        with file.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    _note(ledger, line, Written(records=file.name, offset=offset, length=len(line)), column, schedule)
                    found += 1
                except (ValueError, TypeError) as error:
                    logger.warning("%s, line %d is no record: %r", file, number, error)
                offset += len(line)
        ledger.files.grown(file.name, offset)
        ledger.files.close(file.name)
    return found


def rebuild_pages(ledger: Ledger, folder: Path) -> None:
    """Note the newest capture of every page in the archive, out of its index; an article without a record is owed.

    Validators are only in the captures: they come with the next one, which refers to a body that is the same.
    """
    column = ledger.columns.get("archive").id
    archive = Collection(warc_files(folder), lambda error: logger.warning("Not read: %s", error))
    for entry in archive.entries():
        known = classify(entry.url)
        if known and known.content_id and known.page == 1:
            ledger.articles.add(int(known.content_id), entry.url, column, 0, known.day)
        if entry.status == "200" and entry.mime != REVISIT and entry.digest:
            ledger.pages.keep(
                KnownPage(
                    url=page_key(entry.url),
                    etag=None,
                    last_modified=None,
                    digest=entry.digest,
                    warc=entry.file,
                    offset=entry.offset,
                    length=entry.length,
                    date=entry.date,
                )
            )


def _note(ledger: Ledger, line: bytes, place: Written, column: int, schedule: Schedule) -> None:
    record, now = from_line(line), int(time.time())
    article, known = number_of(record.id or ""), classify(record.url or "")
    for url in (record.url or "", *record.aliases):
        ledger.articles.add(article, url, column, 0, known.day if known else None)
    last = ledger.articles.get(article)
    if last and (last.revision, last.state == State.GONE) > (record.revision, record.kind == "tombstone"):
        return  # names of files tell the order in which they were written only as well as the clock did
    if record.kind == "tombstone":
        due = schedule.retry(1, now)
        ledger.articles.settle(article, Outcome(state=State.GONE, outcome="rebuilt", due=due, attempts=1))
        return
    ledger.articles.recorded(article, place, record)
    due = schedule.revisit(moment_of(record.first_seen, now), day_of(record.date), now)
    ledger.articles.settle(article, Outcome(state=State.DONE, outcome="rebuilt", due=due))
