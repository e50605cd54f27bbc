"""JSON Lines through serialize: the run's own file, and the format of a user's feeds."""

from __future__ import annotations

import sqlite3
from typing import Any

from scrapy.exporters import JsonLinesItemExporter

from fjsen_spider.crawling.component import Component
from fjsen_spider.crawling.frontier import number_of
from fjsen_spider.crawling.outcomes import NoRecord
from fjsen_spider.crawling.store import Store, store_of
from fjsen_spider.items import Article
from fjsen_spider.serialize import to_dict, to_line


class RecordLinesExporter(JsonLinesItemExporter):
    """Feed format `jsonl`: the same lines as the run's own file, unless the user picks fields or an encoding."""

    def export_item(self, item: Any) -> None:
        """Write one line."""
        if isinstance(item, Article) and self.fields_to_export is None and self.encoding == "utf-8":
            self.file.write(to_line(item).encode())
        else:
            super().export_item(to_dict(item) if isinstance(item, Article) else item)


class RecordWriter(Component):
    """Last pipeline: appends each record to the run's file, and notes in the ledger where."""

    def process_item(self, item: Any) -> Any:
        """Write a record; after a failure nothing more, so that what is in the file stays whole."""
        store = store_of(self._crawler)
        if not isinstance(item, Article) or store is None:
            return item
        if not store.failed:
            try:
                self._write(store, item)
            except (OSError, sqlite3.Error) as error:
                store.fail(error)
        if store.failed:
            self._crawler.stats.inc_value("fjsen/dropped/not-written")
            raise NoRecord("record not written", None)
        self._crawler.stats.inc_value("fjsen/tombstones" if item.kind == "tombstone" else "fjsen/records")
        return item

    def _write(self, store: Store, item: Article) -> None:
        line = store.append(to_line(item).encode())
        if item.kind == "article" and item.id:
            store.ledger.articles.recorded(number_of(item.id), line, item)
        store.commit_some()
