"""A mirror tree of saved pages, `<host>/<path>`: by URL for a replay, article by article for extraction."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote_to_bytes, urlsplit

from fjsen_spider.archive.saved import gather, is_host, saved_files
from fjsen_spider.items import RawArticle, RawPage

INDEX: Final = ("index.htm", "index.html")


class Mirror:
    """The saved pages below one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @staticmethod
    def is_one(root: Path) -> bool:
        """Tell whether a folder is a mirror tree: it has a folder named like a host."""
        return root.is_dir() and any(is_host(one.name) and one.is_dir() for one in root.iterdir())

    def get(self, url: str) -> RawPage | None:
        """Return the page saved for a URL, its query ignored; None when the tree does not have it."""
        file = self._file(url)
        return RawPage(url=url, body=file.read_bytes()) if file else None

    def articles(self) -> Iterator[RawArticle]:
        """Yield every page of the tree, continuation pages merged by article id, always in the same order."""
        return (article.read() for article in gather(saved_files(self.root)))

    def _file(self, url: str) -> Path | None:
        try:
            parts = urlsplit(url)
            place = self.root / (parts.hostname or "") / os.fsdecode(unquote_to_bytes(parts.path)).lstrip("/")
            names = INDEX if parts.path in ("", "/") or parts.path.endswith("/") else ("",)
            found = next((place / name for name in names if (place / name).is_file()), None)
        except (OSError, ValueError):  # a name that no file system takes, an address that is none
            return None
        inside = found is not None and found.resolve().is_relative_to(self.root.resolve())
        return found if inside else None
