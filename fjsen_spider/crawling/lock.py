"""One run at a time: the lock of a data folder."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from typing import IO, Final

FILE: Final = ".lock"


class HeldError(Exception):
    """Another run has the folder; its words are for the user."""


class FolderLock:
    """Held until it is released or the process is gone, however it goes: the kernel keeps it, not the file."""

    def __init__(self, folder: Path, holder: str) -> None:
        """Take the folder; raise HeldError, which says who has it, or OSError."""
        self._file: IO[str] = (folder / FILE).open("a+", encoding="utf-8")
        try:
            _take(self._file)
        except BlockingIOError as error:
            self._file.seek(0)
            told = self._file.read().strip() or "somebody who does not say who"
            self._file.close()
            raise HeldError(f"{folder} is in use by {told}") from error
        self._file.truncate(0)
        self._file.write(f"process {os.getpid()}, {holder}\n")
        self._file.flush()

    def release(self) -> None:
        """Let the folder go."""
        self._file.close()


def _take(file: IO[str]) -> None:
    """Take it; who only looks whether it is held has it for a moment."""
    for wait in (0.05, 0.1, 0.2):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(wait)
        else:
            return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def holder(folder: Path) -> str | None:
    """Return who has the folder, None when nobody has."""
    if not is_held(folder):
        return None
    return (folder / FILE).read_text("utf-8").strip() or "somebody who does not say who"


def is_held(folder: Path) -> bool:
    """Tell whether a run has the folder, without taking it."""
    try:
        with (folder / FILE).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
