"""Where a run writes: the data folder, and names that no other run has taken."""

from __future__ import annotations

import errno
import shutil
import tempfile
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from scrapy.settings import BaseSettings
from scrapy.utils.conf import closest_scrapy_cfg

REPORTS = "runs"


def data_folder(settings: BaseSettings) -> Path:
    """Return FJSEN_DATA, by default `output` of the project that one stands in."""
    if given := settings.get("FJSEN_DATA"):
        return Path(given).expanduser().absolute()
    return Path(closest_scrapy_cfg() or "scrapy.cfg").absolute().parent / "output"


def check_writable(folder: Path, free: int) -> None:
    """Make the data folder ready; raise OSError when nothing can be written to it, or less than `free` MB."""
    for place in (folder, folder / REPORTS):
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place):
            pass
    if (left := shutil.disk_usage(folder).free >> 20) < free:
        raise OSError(errno.ENOSPC, f"only {left} MB are free, FJSEN_MIN_FREE is {free}", str(folder))


def run_name(folder: Path, start: datetime) -> str:
    """Return what the files of a run are called by: its start, or the first second from there that no run has taken.

    So names sort as the runs came, unless the clock was set back between them.
    """
    for seconds in count():
        name = f"{start + timedelta(seconds=seconds):%Y%m%dT%H%M%SZ}"
        taken = any(folder.glob(f"fjsen-{name}.jsonl*")) or any(folder.glob(f"warc/fjsen-{name}-?????.*"))
        if not taken and not (folder / REPORTS / f"{name}.json").exists():
            return name
    raise AssertionError("unreachable")
