"""Archive, ledger and JSON Lines of a data folder against each other: what is missing or wrong, and where."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fjsen_spider.archive.collection import FOLDER, warc_files
from fjsen_spider.crawling.ledger import FILE, Ledger, LedgerError
from fjsen_spider.crawling.lock import is_held
from fjsen_spider.verify.archive import verify_archive
from fjsen_spider.verify.books import verify_articles, verify_files, verify_pages
from fjsen_spider.verify.folder import DataFolder
from fjsen_spider.verify.records import record_files, verify_records

__all__ = ["DataFolder", "is_data_folder", "verify"]


def is_data_folder(path: Path) -> bool:
    """Tell whether a crawl has written to a folder."""
    return path.is_dir() and bool((path / FILE).is_file() or warc_files(path) or record_files(path))


def verify(path: Path, *, archive: Path | None = None, deep: bool = False) -> tuple[DataFolder, Iterator[str]]:
    """Return what is counted while the findings are read, and the findings: one line each, none when all is well.

    With `deep`, every record is extracted again out of the archive.
    """
    data = DataFolder(path, warc_files(archive or path / FOLDER), running=is_held(path), deep=deep)
    return data, _findings(data)


def _findings(data: DataFolder) -> Iterator[str]:
    yield from verify_archive(data)
    try:
        ledger = Ledger.read(data.path / FILE)
    except LedgerError as error:
        yield f"{FILE}: {error}"
        yield from verify_records(data, None)
        return
    try:
        yield from verify_files(data, ledger)
        yield from verify_records(data, ledger)
        yield from verify_articles(data, ledger)
        yield from verify_pages(data, ledger)
    finally:
        ledger.close()
