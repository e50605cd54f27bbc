"""The captures of many WARC files by URL, found by binary search: no list of them in memory."""

from __future__ import annotations

import heapq
import mmap
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, NoReturn

from fjsen_spider.archive.cdxj import Entry, from_line, surt, to_line
from fjsen_spider.archive.members import OPEN, BadArchiveError, Member, final_name, members
from fjsen_spider.archive.record import read_record

Text = mmap.mmap | bytes
_LINE = re.compile(rb"\S+ \d{14} \{.*\}\n")
_AT_ONCE: Final = 64
"""Files that are open at a time."""

Unreadable = Callable[[OSError | BadArchiveError], object]


def refuse(error: OSError | BadArchiveError) -> NoReturn:
    """Let nothing pass that cannot be read."""
    raise error


class Index:
    """The index files of WARC files as one sorted list; what has none is read through once."""

    def __init__(self, files: Iterable[Path], unreadable: Unreadable) -> None:
        self._unreadable = unreadable
        one_by_one = iter(files)
        maps = []
        while group := list(islice(one_by_one, _AT_ONCE)):
            maps.append(_merged([_map(_index_of(file, unreadable)) for file in group]))
        self._lines = _merged(maps)

    def __iter__(self) -> Iterator[Entry]:
        """Yield every capture, in the order of `surt` and time."""
        for line in _lines(self._lines):
            yield from self._entry(line)

    def find(self, url: str) -> list[Entry]:
        """Return the captures of a URL, oldest first; http and https are one."""
        key = surt(url).encode() + b" "
        found: list[Entry] = []
        for line in _lines(self._lines, self._first(key)):
            if not line.startswith(key):
                break
            found += [entry for entry in self._entry(line) if same(entry.url) == same(url)]
        return found

    def _entry(self, line: bytes) -> list[Entry]:
        try:
            return [from_line(line)]
        except ValueError as error:
            self._unreadable(BadArchiveError("index", 0, str(error)))
            return []

    def _first(self, key: bytes) -> int:
        """Return where the first line is that is not before the key."""
        low, high = 0, len(self._lines)
        while low < high:
            middle = (low + high) // 2
            start = self._lines.rfind(b"\n", 0, middle) + 1
            end = self._lines.find(b"\n", start) + 1 or len(self._lines)
            if self._lines[start:end] < key:
                low = end
            else:
                high = start
        return low


def same(url: str) -> str:
    """Return the form of a URL in which two captures of it are equal."""
    bare = url.partition("#")[0].partition("://")[2]
    host, slash, rest = bare.partition("/")
    return host.lower().removesuffix(":80").removesuffix(":443") + "/" + rest if slash else host.lower() + "/"


def index_lines(file: Path, unreadable: Unreadable = refuse) -> list[bytes]:
    """Return the sorted index lines of a WARC file; what cannot be read is handed on, and the rest is not lost."""
    lines: list[bytes] = []
    try:
        for member in members(file):
            lines += line_of(member, unreadable)
    except (OSError, BadArchiveError) as error:
        unreadable(error)
    return sorted(lines)


def line_of(member: Member, unreadable: Unreadable = refuse) -> list[bytes]:
    """Return the index line of a record; none for one that is no capture."""
    try:
        record = read_record(member)
    except BadArchiveError as error:
        unreadable(error)
        return []
    return [to_line(record.entry())] if record.is_capture else []


def index_path(file: Path) -> Path:
    """Return where the index of a WARC file is."""
    return file.with_name(final_name(file).removesuffix(".gz").removesuffix(".warc") + ".cdxj")


def _index_of(file: Path, unreadable: Unreadable) -> BinaryIO:
    """Open the index of a WARC file; where there is none, or none that can be searched, it is made for now."""
    if not file.name.endswith(OPEN) and index_path(file).is_file():
        index = index_path(file).open("rb")
        if _is_sorted(index):
            return index
        index.close()
    lines = index_lines(file, unreadable)
    sink = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it is mapped
    sink.writelines(lines)
    return sink


def _is_sorted(index: BinaryIO) -> bool:
    before = b""
    for line in index:
        if line < before or not _LINE.fullmatch(line):
            return False
        before = line
    return True


def _merged(maps: list[Text]) -> Text:
    if len(maps) == 1:
        return maps[0]
    sink = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it is mapped
    sink.writelines(heapq.merge(*map(_lines, maps)))
    for one in maps:
        if isinstance(one, mmap.mmap):
            one.close()
    return _map(sink)


def _map(file: BinaryIO) -> Text:
    with file:
        size = file.seek(0, 2)
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""


def _lines(text: Text, at: int = 0) -> Iterator[bytes]:
    while at < len(text):
        end = text.find(b"\n", at) + 1 or len(text)
        yield text[at:end]
        at = end
