"""What a run writes, and what of it is sure: records, archive and ledger grow in one step."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import IO, Final, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call

from fjsen_spider.archive.collection import FOLDER
from fjsen_spider.archive.warc import WarcWriter
from fjsen_spider.crawling.clock import RunClock, put_right
from fjsen_spider.crawling.component import Component
from fjsen_spider.crawling.ending import end
from fjsen_spider.crawling.ledger import Entry, Ledger, LedgerError
from fjsen_spider.crawling.ledger.articles import Written
from fjsen_spider.crawling.ledger.files import RECORDS, WARC
from fjsen_spider.crawling.lock import FolderLock, HeldError
from fjsen_spider.crawling.recovery import PART, open_ledger, settle_records
from fjsen_spider.crawling.run import data_folder, run_name
from fjsen_spider.crawling.schedule import Schedule, seconds

MOST: Final = 200
"""Records between two commits, where they come faster than one commit a second."""


class Store(Component):
    """Extension: the data folder of a run.

    `commit` is the one moment at which something becomes sure: the files are on the disk, then one transaction of the
    ledger says so. What a crash leaves behind the committed size of a file is cut by the next start, and asked for
    again. Only a crawl opens it; `shell`, `parse` and `check` write nothing.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.folder = data_folder(crawler.settings)
        self._clock = RunClock()
        self.schedule = Schedule.read(crawler.settings.getlist("FJSEN_REVISITS"))
        self.deep_every = seconds(crawler.settings["FJSEN_DEEP_EVERY"])
        self.opened = False
        self.failed = False
        self._unsure = False
        self._damaged = False
        self.ledger: Ledger
        self.name = ""
        self.start = datetime.now(UTC)
        self.archive: WarcWriter | None = None
        """None in a replay, which archives nothing."""
        self._archived = ("", 0)
        self._records: IO[bytes] | None = None
        self._uncommitted = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy does."""
        store = super().from_crawler(crawler)
        crawler.signals.connect(store.finish, signals.spider_closed)
        crawler.signals.connect(store.close, signals.engine_stopped)
        return store

    def open(self) -> bool:
        """Take the folder, mend what a crash left in it, and begin; where that cannot be, say why and end the run."""
        try:
            self._open()
        except HeldError as error:
            self._refuse(error, "locked")
        except LedgerError as error:
            self._refuse(error, "bad_ledger")
        except OSError as error:
            self._refuse(error, "write_failed")
        return self.opened

    def _open(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = FolderLock(self.folder, f"since {self.start.isoformat(timespec='seconds')}")
        self.name = run_name(self.folder, self.start)
        self.ledger = open_ledger(self.folder, self.name, self.schedule, self._crawler.stats)
        if not self._crawler.settings.get("FJSEN_REPLAY"):
            self.archive = WarcWriter(self.folder / FOLDER, f"fjsen-{self.name}")
        self.opened = True
        self._tick = create_looping_call(self.commit)
        self._tick.start(1, now=False)

    def _refuse(self, error: Exception, reason: str) -> None:
        self._crawler.stats.set_value("fjsen/refused", str(error))
        end(self._crawler, reason, str(error))

    def append(self, line: bytes) -> Written:
        """Write a line of the records, whole or not at all; raise OSError."""
        file = self._records = self._records or self._begin()
        start, written = file.tell(), 0
        try:
            written = file.write(line)
        finally:
            if written < len(line):
                file.truncate(start)
        if written < len(line):  # unbuffered: a full disk takes what still fits, without an error
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._uncommitted += 1
        return Written(records=self.records_name, offset=start, length=len(line))

    def line(self, entry: Entry) -> bytes:
        """Read the last record of an article; raise OSError when its file is not there, ValueError for another line."""
        path = self.folder / (entry.records or "")
        if self._records and entry.records == self.records_name:
            path = path.with_name(path.name + PART)
        with path.open("rb") as file:
            file.seek(entry.offset or 0)
            line = file.read(entry.length)
        if f"fjsen:{entry.id}".encode() not in line or not line.endswith(b"\n"):
            raise ValueError(f"{path.name} does not have it at byte {entry.offset}")
        return line

    @property
    def records_name(self) -> str:
        """The name of the records file, once it is closed."""
        return f"fjsen-{self.name}.jsonl"

    def commit_some(self) -> None:
        """Commit when much has come together."""
        if self._uncommitted >= MOST:
            self.commit()

    def commit(self) -> None:
        """Make sure of all that was written and noted; end the run when that cannot be, or the disk is nearly full."""
        if self.failed:
            return
        try:
            self._sync()
        except (OSError, sqlite3.Error) as error:
            self.fail(error)
            return
        free = shutil.disk_usage(self.folder).free >> 20
        if free < self._crawler.settings.getint("FJSEN_MIN_FREE"):
            self.fail(OSError(errno.ENOSPC, f"only {free} MB are free"), "disk_full")

    def fail(self, error: Exception, reason: str = "write_failed") -> None:
        """End the run: nothing more is written, so that what is there stays whole."""
        self._damaged |= isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
        if self.failed:
            return
        self.failed = True
        self._crawler.stats.set_value("fjsen/write_failed", str(error))
        end(self._crawler, reason, f"nothing more can be written: {error}")

    def finish(self) -> None:
        """Close the files of the run, after a failure as far as that is possible: the next start does the rest."""
        if not self.opened:
            return
        self._tick.stop()
        if self._unsure:  # a disk that failed once does not say again what it has lost
            return
        try:
            self._sync()
            if self._records:
                self._records.close()
                settle_records(self.folder, self.ledger, self.records_name)
            if self.archive:
                self.archive.close()
                self.ledger.files.close_all(WARC)
            self.ledger.commit()
        except (OSError, sqlite3.Error) as error:
            self._unsure = True
            self.fail(error)

    def close(self) -> None:
        """Close the ledger, last, and let the folder go."""
        if not self.opened:
            return
        self.opened = False
        with suppress(sqlite3.Error):
            if self._damaged:
                self.ledger.close()  # as if it had been killed, so that the next start looks for the damage
            else:
                if self._unsure:
                    self.ledger.undo()
                put_right(self.ledger, self._clock, self.schedule)
                self.ledger.end(int(time.time()), self._crawler.stats.get_value("finish_reason", ""))
        self._lock.release()

    def _begin(self) -> IO[bytes]:
        self.ledger.files.begin(self.records_name, RECORDS)
        self._sync()  # pages are noted too, and must not be sure before their archive is
        self._crawler.stats.set_value("fjsen/records_file", str(self.folder / self.records_name))
        return (self.folder / (self.records_name + PART)).open("xb", buffering=0)

    def _sync(self) -> None:
        self._unsure = True  # until it is done, whoever asks for it
        if self._records and self._uncommitted:
            os.fsync(self._records.fileno())
            self.ledger.files.grown(self.records_name, self._records.tell())
        if self.archive and (archived := self.archive.sync()) != self._archived and archived[1]:
            self._archived = archived
            name = f"{FOLDER}/{archived[0]}"
            self.ledger.files.begin(name, WARC)
            self.ledger.files.grown(name, archived[1])
        self.ledger.commit()
        self._uncommitted, self._unsure = 0, False


def store_of(crawler: Crawler) -> Store | None:
    """Return the store of a crawl that has one open."""
    try:
        store = crawler.get_extension(Store)
    except RuntimeError:  # a pipeline that is run without an engine
        return None
    return store if store and store.opened else None
