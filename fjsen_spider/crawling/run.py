"""Where a run writes: the data folder, and names that no other run has taken."""

from __future__ import annotations

import tempfile
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import IO

from scrapy.settings import BaseSettings
from scrapy.utils.conf import closest_scrapy_cfg

REPORTS = "runs"


def data_folder(settings: BaseSettings) -> Path:
    """Return FJSEN_DATA, by default `output` of the project that one stands in."""
    if given := settings.get("FJSEN_DATA"):
        return Path(given).expanduser().absolute()
    return Path(closest_scrapy_cfg() or "scrapy.cfg").absolute().parent / "output"


def check_writable(folder: Path) -> None:
    """Make the data folder ready; raise OSError when nothing can be written to it."""
    for place in (folder, folder / REPORTS):
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place):
            pass


def claim(folder: Path, prefix: str, start: datetime, suffix: str) -> IO[bytes]:
    """Create the file named by the start of a run and open it; a run of the same second counts on (`-2`, `-3`, …)."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in count(1):
        name = f"{start:%Y%m%dT%H%M%SZ}" + (f"-{number}" if number > 1 else "")
        try:
            return (folder / f"{prefix}{name}{suffix}").open("xb", buffering=0)
        except FileExistsError:
            continue
    raise AssertionError("unreachable")
