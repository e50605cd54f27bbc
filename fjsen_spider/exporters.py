"""JSON Lines through serialize: the run's own file, and the format of a user's feeds."""

from __future__ import annotations

import errno
import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.exporters import JsonLinesItemExporter
from scrapy.utils.defer import deferred_from_coro

from fjsen_spider.crawling.component import Component
from fjsen_spider.crawling.run import claim, data_folder
from fjsen_spider.items import Article
from fjsen_spider.serialize import to_dict, to_line

logger = logging.getLogger(__name__)

WRITE_FAILED = "write_failed"


class RecordLinesExporter(JsonLinesItemExporter):
    """Feed format `jsonl`: the same lines as the run's own file, unless the user picks fields or an encoding."""

    def export_item(self, item: Any) -> None:
        """Write one line."""
        if isinstance(item, Article) and self.fields_to_export is None and self.encoding == "utf-8":
            self.file.write(to_line(item).encode())
        else:
            super().export_item(to_dict(item) if isinstance(item, Article) else item)


class RecordWriter(Component):
    """Last pipeline: appends each record to `<data folder>/fjsen-<start>.jsonl`; ends the run when it cannot."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._start = datetime.now(UTC)
        self._folder = data_folder(crawler.settings)
        self._file: IO[bytes] | None = None
        self._failed = False

    def process_item(self, item: Any) -> Any:
        """Write a record; after a failure nothing more, so that what is in the file stays whole."""
        if not isinstance(item, Article):
            return item
        if not self._failed:
            try:
                self._append(to_line(item).encode())
            except OSError as error:
                self._fail(error)
        if self._failed:
            self._crawler.stats.inc_value("fjsen/dropped/not-written")
            raise DropItem("record not written")
        self._crawler.stats.inc_value("fjsen/records")
        return item

    def close_spider(self) -> None:
        """Close the file; a run without records has an empty one. `parse` and `shell`, which have no seeds, none."""
        try:
            if self._file is None and not self._failed and self._crawler.stats.get_value("fjsen/seeds"):
                self._file = self._open()
            if self._file is not None:
                os.fsync(self._file.fileno())
                self._file.close()
        except OSError as error:
            self._fail(error)

    def _open(self) -> IO[bytes]:
        file = claim(self._folder, "fjsen-", self._start, ".jsonl")
        self._crawler.stats.set_value("fjsen/records_file", str(Path(file.name)))
        return file

    def _append(self, line: bytes) -> None:
        self._file = self._file or self._open()
        end, written = self._file.tell(), 0
        try:
            written = self._file.write(line)
        finally:
            if written < len(line):
                self._file.truncate(end)
        if written < len(line):  # unbuffered: a full disk takes what still fits, without an error
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _fail(self, error: OSError) -> None:
        self._failed = True
        logger.error("Records cannot be written, the run ends: %s", error)
        self._crawler.stats.set_value("fjsen/write_failed", str(error))
        deferred_from_coro(self._crawler.engine.close_spider_async(reason=WRITE_FAILED))
