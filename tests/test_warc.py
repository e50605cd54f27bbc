"""The archive that a run writes: what another reader makes of it, and what is left of it after a crash."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from exchanges import PAGE, URL, earlier, exchange
from warcio.archiveiterator import ArchiveIterator

from fjsen_spider.archive.collection import Collection, warc_files
from fjsen_spider.archive.index import index_lines
from fjsen_spider.archive.warc import WarcWriter, repair

NAME = "fjsen-20261125T130000Z"


def written(folder: Path, *exchanges, roll: int = 10**9) -> list[dict[str, object]]:
    writer = WarcWriter(folder, NAME, roll)
    pointers = [writer.write(one) for one in exchanges]
    writer.close()
    return pointers


def read_by_warcio(path: Path) -> list[tuple[str, str, bytes]]:
    with path.open("rb") as file:
        return [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
            for record in ArchiveIterator(file, check_digests="raise")
        ]


def test_another_reader_finds_each_exchange_with_right_digests(tmp_path):
    zipped = exchange(
        URL + "?a", gzip.compress(PAGE), headers={"Content-Type": "text/html", "Content-Encoding": "gzip"}
    )
    written(tmp_path, exchange(), zipped)
    file = tmp_path / f"{NAME}-00000.warc.gz"
    kinds = [(kind, url, body) for kind, url, body in read_by_warcio(file) if kind != "warcinfo"]
    assert kinds == [
        ("response", URL, PAGE), ("request", URL, b""),
        ("response", URL + "?a", PAGE), ("request", URL + "?a", b""),
    ]  # fmt: skip
    told = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", file], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0
    assert told.stdout.count("digest pass") == 5


def test_request_and_response_are_linked(tmp_path):
    written(tmp_path, exchange())
    with (tmp_path / f"{NAME}-00000.warc.gz").open("rb") as file:
        told = {record.rec_type: record.rec_headers for record in ArchiveIterator(file)}
    identifier = told["response"].get_header("WARC-Record-ID")
    assert told["request"].get_header("WARC-Concurrent-To") == identifier
    assert told["warcinfo"].get_header("WARC-Filename") == f"{NAME}-00000.warc.gz"
    assert {one.protocol for one in told.values()} == {"WARC/1.1"}


def test_headers_are_archived_as_sent(tmp_path):
    odd = {"Content-Type": "text/html; charset=\xe9", "X-Empty": "", "ETag": 'W/"\xff"'}
    (where,) = written(tmp_path, exchange(headers=odd))
    found = Collection(warc_files(tmp_path))
    assert dict(found.newest(URL).headers) == odd
    assert found.capture(found.record(**where)).page.content_type == odd["Content-Type"]


def test_a_run_rolls_on_to_the_next_file(tmp_path):
    pointers = written(tmp_path, *(exchange(f"{URL}?{number}") for number in range(5)), roll=1500)
    assert len({one["file"] for one in pointers}) > 1
    assert [path.name for path in sorted(tmp_path.iterdir())] == sorted(
        name for one in {one["file"] for one in pointers} for name in (one, one.replace("warc.gz", "cdxj"))
    )
    found = Collection(warc_files(tmp_path))
    assert [found.capture(found.record(**one)).page.url for one in pointers] == [f"{URL}?{n}" for n in range(5)]


def test_the_index_says_what_the_file_holds(tmp_path):
    first = exchange()
    writer = WarcWriter(tmp_path, NAME)
    where = writer.write(first)
    writer.write(exchange("http://www.fjsen.com/B.htm", b"", status=302, headers={"Location": URL}))
    writer.write(exchange(date="2026-11-26T00:00:00Z", same_as=earlier(first, where)))
    writer.write(exchange(date="2026-11-27T00:00:00Z", body=b"", status=304, headers={}, same_as=earlier(first, where)))
    writer.close()
    lines = (tmp_path / f"{NAME}-00000.cdxj").read_bytes().splitlines(keepends=True)
    assert lines == sorted(lines)
    assert lines == index_lines(tmp_path / f"{NAME}-00000.warc.gz")
    keys = [line.decode().split(" ", 2) for line in lines]
    assert [(key, moment) for key, moment, _ in keys] == [
        ("com,fjsen)/b.htm", "20261125130000"),
        ("com,fjsen,xm)/2018-05/08/content_20980126.htm", "20261125130000"),
        ("com,fjsen,xm)/2018-05/08/content_20980126.htm", "20261126000000"),
        ("com,fjsen,xm)/2018-05/08/content_20980126.htm", "20261127000000"),
    ]  # fmt: skip
    told = [json.loads(one) for *_, one in keys]
    assert [(one.get("mime"), one["status"]) for one in told] == [
        (None, "302"), ("text/html", "200"), ("warc/revisit", "200"), ("warc/revisit", "304"),
    ]  # fmt: skip
    assert told[1] == {
        "url": URL, "mime": "text/html", "status": "200", "digest": first.digest,
        "length": str(where["length"]), "offset": str(where["offset"]), "filename": where["file"],
    }  # fmt: skip


def test_a_revisit_gives_the_body_that_it_refers_to_in_another_file(tmp_path):
    first = exchange(headers={"Content-Type": "text/html", "ETag": '"1"'})
    (where,) = written(tmp_path, first)
    later = WarcWriter(tmp_path, "fjsen-20261126T130000Z")
    same = later.write(exchange(date="2026-11-26T13:00:00Z", same_as=earlier(first, where)))
    later.close()
    page = Collection(warc_files(tmp_path)).newest(URL).page
    assert (page.body, page.retrieved_at, page.warc) == (PAGE, "2026-11-26T13:00:00+00:00", same)
    last = WarcWriter(tmp_path, "fjsen-20261127T130000Z")
    last.write(exchange(date="2026-11-27T13:00:00Z", body=b"", status=304, headers={}, same_as=earlier(first, where)))
    last.close()
    found = Collection(warc_files(tmp_path)).newest(URL)
    assert (found.page.body, found.page.status, found.page.warc) == (PAGE, 200, where)
    assert found.page.retrieved_at == "2026-11-25T13:00:00+00:00"
    assert ("ETag", '"1"') in found.headers


def left_open(folder: Path, count: int = 3) -> tuple[Path, list[int]]:
    """What a killed run leaves: the file, and its length after each exchange."""
    writer = WarcWriter(folder / "run", NAME)
    ends = []
    for number in range(count):
        writer.write(exchange(f"{URL}?{number}"))
        ends.append(writer.sync()[1])
    left = folder / f"{NAME}-00000.warc.gz.open"
    left.write_bytes((folder / "run" / left.name).read_bytes())
    writer.close()
    shutil.rmtree(folder / "run")
    return left, ends


@pytest.mark.parametrize("cut", [1, 50, 300])
def test_a_torn_tail_is_cut_to_the_last_whole_record(tmp_path, cut):
    path, ends = left_open(tmp_path)
    with path.open("r+b") as file:
        file.truncate(ends[2] - cut)
    repair(path)
    final = tmp_path / f"{NAME}-00000.warc.gz"
    assert not path.exists()
    responses = [url for kind, url, _ in read_by_warcio(final) if kind == "response"]
    assert responses == [f"{URL}?0", f"{URL}?1", f"{URL}?2"][: len(responses)]
    assert len(responses) >= 2
    assert [json.loads(line.split(b" ", 2)[2])["url"] for line in index_lines(final)] == responses
    assert (tmp_path / f"{NAME}-00000.cdxj").read_bytes() == b"".join(index_lines(final))


def test_what_was_not_committed_is_cut(tmp_path):
    path, ends = left_open(tmp_path)
    repair(path, ends[0])
    assert (tmp_path / f"{NAME}-00000.warc.gz").stat().st_size == ends[0]
    assert len(index_lines(tmp_path / f"{NAME}-00000.warc.gz")) == 1


@pytest.mark.parametrize("offset", [None, 0])
def test_a_file_without_a_capture_is_removed(tmp_path, offset):
    path, _ = left_open(tmp_path, count=1)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size if offset == 0 else 200)
    repair(path, offset)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_earlier_records_whole(tmp_path):
    script = f"""
import resource, signal, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from exchanges import exchange, URL
from fjsen_spider.archive.warc import WarcWriter
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
writer, done = WarcWriter(Path({str(tmp_path)!r}), {NAME!r}), 0
try:
    while True:
        writer.write(exchange(f"{{URL}}?{{done}}"))
        done += 1
except OSError:

    writer.close()
    print(done)
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    done = int(told.stdout)
    assert done > 1
    responses = [url for kind, url, _ in read_by_warcio(tmp_path / f"{NAME}-00000.warc.gz") if kind == "response"]
    assert responses == [f"{URL}?{number}" for number in range(done)]
