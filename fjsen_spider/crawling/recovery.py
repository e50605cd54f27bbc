"""What a start mends: files that a killed run left open, and a ledger that is damaged or not there."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from scrapy.statscollectors import StatsCollector

from fjsen_spider.archive.collection import FOLDER, warc_files
from fjsen_spider.archive.members import OPEN
from fjsen_spider.archive.warc import repair
from fjsen_spider.crawling.clock import check_clock
from fjsen_spider.crawling.ledger import FILE, DamagedLedgerError, Ledger
from fjsen_spider.crawling.ledger.files import RECORDS, WARC
from fjsen_spider.crawling.rebuild import rebuild, rebuild_pages
from fjsen_spider.crawling.schedule import Schedule

logger = logging.getLogger(__name__)

PART: Final = ".part"
"""What a records file is called besides until it is closed."""


def open_ledger(folder: Path, name: str, schedule: Schedule, stats: StatsCollector) -> Ledger:
    """Begin a run in the folder's ledger; raise LedgerError or OSError.

    A damaged ledger is set aside. Where it knows nothing, but there are records or an archive, it is made again from them.
    """
    path, now = folder / FILE, int(time.time())
    try:
        ledger = Ledger.begin(path, name, now)
    except DamagedLedgerError as error:
        aside = set_aside(path, name)
        logger.warning("%s; it is kept as %s, and made again from records and archive", error, aside.name)
        ledger = Ledger.begin(path, name, now)
    for file in ledger.files.open():
        if file.kind == RECORDS:
            for records in (folder / (file.name + PART), folder / file.name):  # a power cut may undo the last commits
                cut_records(records, file.size)
            settle_records(folder, ledger, file.name)
            stats.inc_value("fjsen/recovered_files")
    mend_archive(folder, {Path(file.name).name: file.size for file in ledger.files.open()}, stats)
    ledger.files.close_all(WARC)
    if ledger.is_empty and (left := [*_records(folder), *warc_files(folder / FOLDER)]):
        logger.warning("%s: made again from %d files of records and archive", path, len(left))
        stats.set_value("fjsen/ledger_rebuilt", rebuild(ledger, _records(folder), schedule))
        rebuild_pages(ledger, folder)
    check_clock(ledger, now, schedule, stats)
    ledger.commit()
    return ledger


def set_aside(path: Path, name: str) -> Path:
    """Rename a ledger, its log included; return where it is now."""
    aside = path.with_name(f"{path.name}.damaged-{name}")
    for suffix in ("-wal", "-shm", ""):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    return aside


def cut_records(part: Path, size: int) -> None:
    """Cut an open file of records to what is sure."""
    if part.exists():
        with part.open("r+b") as file:
            file.truncate(min(size, part.stat().st_size))


def last_line_end(path: Path) -> int:
    """Return where the last whole line of a file ends."""
    with path.open("rb") as file:
        return sum(len(line) for line in file if line.endswith(b"\n"))


def mend_archive(folder: Path, committed: Mapping[str, int], stats: StatsCollector) -> None:
    """Close the WARC files that were left open, cut to what is committed; what no ledger knows keeps its whole records."""
    for path in sorted((folder / FOLDER).glob(f"*.warc.gz{OPEN}")):
        if unread := repair(path, committed.get(path.name.removesuffix(OPEN))):
            logger.error("%s: damaged, its last %d bytes cannot be read and are not in its index", path, unread)
            stats.inc_value("fjsen/archive_unreadable")
        for draft in path.parent.glob(f".*{PART}"):  # of an index
            draft.unlink()
        stats.inc_value("fjsen/recovered_files")


def settle_records(folder: Path, ledger: Ledger, name: str) -> None:
    """Give a file of records its final name; one without any record goes."""
    part = folder / (name + PART)
    if part.exists() and not part.stat().st_size:
        part.unlink()
        ledger.files.forget(name)
        return
    if part.exists():
        part.rename(folder / name)
    ledger.files.close(name)


def _records(folder: Path) -> Iterator[Path]:
    """Yield the files of records, those that no ledger knows any more cut to their last whole line and closed."""
    for part in sorted(folder.glob(f"fjsen-*.jsonl{PART}")):
        cut_records(part, last_line_end(part))
        part.rename(part.with_suffix(""))
    yield from sorted(folder.glob("fjsen-*.jsonl"))
