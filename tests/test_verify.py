"""`fjsen verify`: a data folder that is whole, and each way in which it is not."""

from __future__ import annotations

import fcntl
import gzip
import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from test_cli import fjsen, one_line

from fjsen_spider.verify import verify


@pytest.fixture
def data(archived, tmp_path) -> Path:
    return shutil.copytree(archived[0], tmp_path / "data")


def found(data: Path, **options: object) -> list[str]:
    return list(verify(data, **options)[1])


def only(data: Path, pattern: str) -> Path:
    (path,) = data.glob(pattern)
    return path


def in_ledger(data: Path, statement: str) -> None:
    with closing(sqlite3.connect(data / "ledger.sqlite", isolation_level=None)) as ledger:
        assert ledger.execute(statement).rowcount


def rewritten(data: Path, number: int, old: str, new: str) -> None:
    """Change a line of the records, its length kept."""
    file = only(data, "fjsen-*.jsonl")
    lines = file.read_text("utf-8").splitlines(keepends=True)
    assert old in lines[number]
    assert len(old.encode()) == len(new.encode())
    lines[number] = lines[number].replace(old, new)
    file.write_text("".join(lines), "utf-8")


def test_a_whole_folder(archived):
    told = fjsen("verify", archived[0], "--deep")
    assert told.returncode == 0, told.stdout
    assert told.stdout.endswith(": nothing missing or wrong\n")
    assert "87 records, 87 records read again, 87 articles of the ledger" in told.stdout


def test_a_torn_warc_file(data):
    warc = only(data, "warc/*.warc.gz")
    size = warc.stat().st_size
    with warc.open("r+b") as file:
        file.truncate(size // 2)
    told = fjsen("verify", data)
    assert told.returncode == 1
    lines = told.stdout.splitlines()
    assert re.fullmatch(rf"{warc.name} at byte \d+: torn: the file ends within this record", lines[0])
    assert re.fullmatch(r"\S+\.cdxj: does not agree with \S+: 0 lines missing, \d+ too many", lines[1])
    assert lines[2] == f"{warc.name}: has {size // 2} bytes, the ledger has {size}"
    places = [json.loads(line)["warc"] for line in only(data, "fjsen-*.jsonl").read_text("utf-8").splitlines()]
    lost = [place for place in places if place["offset"] + place["length"] > size // 2]
    assert sum(".jsonl line " in line for line in lines) == len(lost) > 20
    assert sum(line.startswith("ledger: http") for line in lines) >= len(lost)
    assert lines[-1].endswith(f": {len(lines) - 1} missing or wrong")


def test_a_warc_file_that_is_not_there(data):
    only(data, "warc/*.warc.gz").unlink()
    told = found(data)
    assert told[0].startswith("warc/fjsen-")
    assert ": not there, the ledger has " in told[0]
    assert sum("there is no such file" in line for line in told) == len(told) - 1 > 87


def test_a_body_that_was_changed(data):
    """By somebody who packs it again: nothing but the digest tells."""
    warc = only(data, "warc/*.warc.gz")
    line = json.loads(only(data, "fjsen-*.jsonl").read_text("utf-8").splitlines()[0])
    at, size = line["warc"]["offset"], line["warc"]["length"]
    content = warc.read_bytes()
    plain = bytearray(gzip.decompress(content[at : at + size]))
    plain[-30] ^= 1
    changed = next(packed for level in range(10) if len(packed := gzip.compress(plain, level)) <= size)
    extra = size - len(changed)
    if extra:  # a comment in the header of the member fills the gap
        changed = changed[:3] + bytes([changed[3] | 16]) + changed[4:10] + b"x" * (extra - 1) + b"\0" + changed[10:]
    warc.write_bytes(content[:at] + changed + content[at + size :])
    (told,) = found(data)
    assert told == f"{warc.name} at byte {at}: {line['url']}: not what was archived, its digest differs"


def test_an_index_that_is_wrong_or_not_there(data):
    index = only(data, "warc/*.cdxj")
    lines = index.read_bytes().splitlines(keepends=True)
    index.write_bytes(b"".join(lines[1:]))
    assert [line.partition(": ")[2].partition(": ")[2] for line in found(data)] == ["1 lines missing, 0 too many"]
    index.write_bytes(b"".join(reversed(lines)))
    assert [line.rpartition(", ")[2] for line in found(data)] == ["its order is wrong"]
    index.unlink()
    assert [line.partition(": ")[2] for line in found(data)] == [f"there is no index of {index.stem}.warc.gz"]


def test_lines_that_are_not_there(data):
    file = only(data, "fjsen-*.jsonl")
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:-1]) + lines[-1][:-200])
    told = found(data)
    last = json.loads(lines[-1])["id"]
    assert [line.partition(": ")[0] for line in told] == [file.name, f"{file.name} line {len(lines)}", "ledger"]
    assert "no record" in told[1]
    assert told[2].startswith(f"ledger: {last}: there is no record in {file.name} at byte ")


def test_a_line_that_is_there_twice(data):
    file = only(data, "fjsen-*.jsonl")
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([*lines, lines[0]]))
    (told,) = found(data)
    name = json.loads(lines[0])["id"]
    assert told == f"{file.name} line {len(lines) + 1}: {name}: the ledger has it in {file.name} at byte 0"


def test_a_line_with_another_content_or_capture(data):
    first, second = map(json.loads, only(data, "fjsen-*.jsonl").read_text("utf-8").splitlines()[:2])
    rewritten(data, 0, first["content_sha256"], "0" * 64)
    rewritten(data, 1, f'"offset": {second["warc"]["offset"]}', f'"offset": {first["warc"]["offset"]}')
    told = found(data, deep=True)
    assert len(told) == 3
    assert told[0].endswith(f"line 1: {first['id']}: reads otherwise now")
    assert f"line 2: {second['id']}: " in told[1]
    assert told[2].startswith(f"ledger: {first['id']}: other content is in ")


def test_a_ledger_that_does_not_know_or_knows_otherwise(data):
    records = [json.loads(line) for line in only(data, "fjsen-*.jsonl").read_text("utf-8").splitlines()]
    numbers = [record["id"].removeprefix("fjsen:") for record in records]
    in_ledger(data, f"DELETE FROM article WHERE id = {numbers[0]}")
    in_ledger(data, f"UPDATE article SET revision = 0 WHERE id = {numbers[1]}")
    in_ledger(data, f'UPDATE article SET "offset" = "offset" + 1 WHERE id = {numbers[2]}')
    in_ledger(data, f"UPDATE page SET digest = 'sha1:X' WHERE url = '{records[3]['url']}'")
    in_ledger(data, f"UPDATE page SET url = url || '?x' WHERE url = '{records[4]['url']}'")
    told = [re.sub(r"^\S+jsonl", "", line) for line in found(data)]
    assert told[0] == f" line 1: {records[0]['id']}: not in the ledger"
    assert told[1] == f" line 2: {records[1]['id']}: the ledger knows no revision 1"
    assert told[2].startswith(f" line 3: {records[2]['id']}: the ledger has it in ")
    rest = "\n".join(told[3:])
    assert f"ledger: {records[1]['id']}: " in rest
    assert f"ledger: {records[2]['id']}: there is no record in " in rest
    assert f"ledger: {records[3]['url']}: another body is in " in rest
    assert f"ledger: {records[4]['url']}?x: {records[4]['url']} is in " in rest
    assert len(told) == 7


def test_a_ledger_that_is_not_there(data):
    (data / "ledger.sqlite").unlink()
    (told,) = found(data)
    assert "there is no ledger" in told


def test_open_files_are_as_they_should_be_while_a_crawl_runs_and_not_else(data):
    for file in [*data.glob("fjsen-*.jsonl"), *data.glob("warc/*.warc.gz")]:
        part = file.with_name(file.name + (".part" if file.suffix == ".jsonl" else ".open"))
        file.rename(part)
        with part.open("ab") as more:  # what the run has not committed yet
            more.write(gzip.compress(b"not yet whole")[:-5])
    only(data, "warc/*.cdxj").unlink()
    with (data / ".lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert found(data) == []
    told = found(data)
    assert sum("left open by a run that was killed" in line for line in told) == 2
    assert any("torn" in line for line in told)


def test_what_is_no_data_folder(tmp_path, data):
    assert "no data folder" in one_line(fjsen("verify", tmp_path / "nowhere"))
    (tmp_path / "empty").mkdir()
    assert "no data folder" in one_line(fjsen("verify", tmp_path / "empty"))
    assert "cannot read nowhere" in one_line(fjsen("verify", data, "--archive", "nowhere"))
