"""JSON Lines through serialize, for the run's own file and a user's feeds; CSV for feeds."""

from __future__ import annotations

import json
import sqlite3
from typing import Any, Final

from itemadapter import ItemAdapter
from scrapy.exporters import CsvItemExporter, JsonLinesItemExporter

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


RUN: Final = tuple("=+-@\t\r＝＋－＠")
"""What a cell begins with that a spreadsheet would run as a formula."""


class RecordCellsExporter(CsvItemExporter):
    """Feed format `csv`: a row a record, lists and parts as JSON; `'` before a cell that a spreadsheet would run."""

    def export_item(self, item: Any) -> None:
        """Write one row."""
        record = to_dict(item) if isinstance(item, Article) else ItemAdapter(item).asdict()
        super().export_item({name: cell(value) for name, value in record.items()})


def cell(value: Any) -> Any:
    """Return a field as the text of a cell that no spreadsheet runs."""
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return f"'{value}" if isinstance(value, str) and value.startswith(RUN) else value


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
