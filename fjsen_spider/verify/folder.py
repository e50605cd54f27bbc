"""The data folder that is verified."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from fjsen_spider.archive.collection import Collection
from fjsen_spider.archive.members import BadArchiveError
from fjsen_spider.archive.record import Record

PART: Final = ".part"
"""What a records file is called besides until it is closed."""


class DataFolder:
    """A data folder, its archive, and how much of it has been seen."""

    def __init__(self, path: Path, archive: Iterable[Path], *, running: bool, deep: bool) -> None:
        self.path = path
        self.archive = list(archive)
        self.running = running
        """A crawl writes to it: files that are open are as they should be."""
        self.deep = deep
        self.seen: Counter[str] = Counter()
        self.collection = Collection(self.archive, lambda _: None)  # told when the archive is read through

    def record(self, where: Mapping[str, Any]) -> Record:
        """Read the record at a pointer; raise BadArchiveError when it is not there."""
        try:
            return self.collection.record(where["file"], where["offset"], where["length"])
        except KeyError as error:
            raise BadArchiveError(str(dict(where)), 0, f"is no place in an archive: it has no {error}") from error
        except OSError as error:
            raise BadArchiveError(where["file"], where["offset"], error.strerror or str(error)) from error

    def lines(self, name: str) -> Path:
        """Return where a records file is, open or closed."""
        closed = self.path / name
        return closed if closed.exists() else closed.with_name(name + PART)
