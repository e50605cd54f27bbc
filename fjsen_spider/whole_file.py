"""A file that is whole or not there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file that appears only when everything has been written; a device or pipe is written as it is."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        with target.open("wb") as sink:
            yield sink
        return
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with draft.open("xb") as sink:
            yield sink
            sink.flush()
            os.fsync(sink.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
