"""The cases that need a crawl, or several, of their own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from cases import ROOT
from faultportal.cases import CASES, names_of, table
from faultportal.crawls import KILLER, SOAK, address, begun, below, crawl_through, page, stats
from faultportal.server import http, serving
from faultportal.tally import records_of, tally
from test_crawl import EXPECTED, Run, crawl, files_up_to
from test_losses import ITEM, LISTING
from validating import Validating, validating
from validating import crawl_through as crawl_portal

from fjsen_spider.archive.mirror import Mirror
from fjsen_spider.crawling.ledger import FILE
from fjsen_spider.urls import classify

CAN_MOUNT = os.geteuid() == 0 and shutil.which("mount") is not None
NEWS = "http://news.fjsen.com/2018-03/05/content_{}.htm"


def test_every_case_has_a_test():
    assert [case.number for case in CASES] == [*range(1, 41)]
    assert [case.number for case in CASES if not names_of(case.number)] == []


def test_the_table_of_the_cases_is_as_they_are():
    told = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert table() in told, f"docs/operations.md should have:\n{table()}"


def articles_asked(server: Validating, since: int = 0) -> list[str]:
    known = [classify(one.url) for one in server.asked[since:]]
    return [f"fjsen:{one.content_id}" for one in known if one and one.content_id]


def in_ledger(data: Path, statement: str) -> list[tuple]:
    with closing(sqlite3.connect(data / FILE)) as ledger:
        return ledger.execute(statement).fetchall()


def test_02_503_for_ever_ends_the_run(faults, tmp_path):
    urls = [address(host, number) for number in range(1, 5) for host in ("one", "two")]
    faults.scripts = {url: [http(status=503)] for url in urls}
    run = crawl_through(faults, tmp_path, urls, FJSEN_BREAKER_FAILURES=5, FJSEN_BACKOFF=0.01)
    assert (run.status, run.report["finish_reason"], run.records) == (69, "blocked", [])
    assert len(faults.asked) <= 2 + 8, "two robots.txt, five failures, and what was on its way"
    states = in_ledger(tmp_path, "SELECT state, due FROM article")
    assert len(states) == len(urls)
    assert {state for state, _ in states} <= {"owed", "failed"}
    assert all(due is not None for _, due in states), "each is asked for again some day"


def test_23_firewall(faults, tmp_path):
    script = http("<html><script>setCookie('acw_sc__v2', x); location.reload()</script></html>")
    answers = [script, http(status=412), http(status=521)]
    urls = [address(f"wall{number % 3}", number) for number in range(1, 10)]
    faults.scripts = {url: [answers[number % 3]] for number, url in enumerate(urls)}
    run = crawl_through(faults, tmp_path, urls, FJSEN_BREAKER_FAILURES=6, FJSEN_BACKOFF=0.01)
    assert (run.status, run.report["finish_reason"], run.records) == (69, "blocked", [])
    assert sum(below(run, "fjsen/challenge/").values()) >= 6
    assert [one.headers.get("cookie") for one in faults.asked] == [None] * len(faults.asked), "it is never solved"
    assert max(len(faults.times(url)) for url in urls) == 1, "nor asked again in the same run"


EVERYWHERE = """
import scrapy

class Everywhere(scrapy.Spider):
    name = "everywhere"

    def __init__(self, urls):
        super().__init__()
        self.start_urls = urls.split(",")

    def parse(self, response):
        self.crawler.stats.inc_value("fjsen/reached")
"""
LOOPBACK = (
    "127.0.0.2",
    "127.2",
    "2130706434",
    "0x7f000002",
    "0x7f.0.0.2",
    "017700000002",
    "[::ffff:127.0.0.2]",
    "localhost",
)
PRIVATE = (
    "10.0.0.7", "192.168.0.7", "169.254.169.254", "2852039166", "0xa9fea9fe", "[::ffff:169.254.169.254]", "[fd00::7]",
)  # fmt: skip
RESOLVE = """
import socket
names, real = {"inside.fjsen.com": "169.254.169.254", "loop.fjsen.com": "127.0.0.2"}, socket.gethostbyname
socket.gethostbyname = lambda name: names.get(name) or real(name)
"""


def everywhere(folder: Path, urls: list[str], *settings: str) -> Run:
    """Crawl addresses without a proxy and without a spider that would stay on the portal; DNS leads inside."""
    (folder / "everywhere.py").write_text(EVERYWHERE, "utf-8")
    (folder / "sitecustomize.py").write_text(RESOLVE, "utf-8")
    options = [
        "SPIDER_MODULES=everywhere",
        "ROBOTSTXT_OBEY=False",
        "AUTOTHROTTLE_ENABLED=False",
        "DOWNLOAD_DELAY=0",
        "RETRY_TIMES=0",
        "STATS_DUMP=True",
    ]
    chosen = [
        part for one in (*options, "DOWNLOAD_TIMEOUT=5", f"FJSEN_DATA={folder}", *settings) for part in ("-s", one)
    ]
    told = crawl.__globals__["scrapy"](
        "crawl", "everywhere", "-a", f"urls={','.join(urls)}", *chosen, env={"PYTHONPATH": str(folder)}
    )
    return Run(told.returncode, told.stdout, told.stderr, folder)


@contextmanager
def at_port_80(host: str) -> Iterator[list[str]]:
    """A server at the port that pages have; what was asked of it."""
    try:
        with serving(host, 80) as server:
            yield server.asked
    except PermissionError:
        pytest.skip("nothing can be served at port 80")


def test_19_addresses_of_this_machine(tmp_path):
    urls = [f"http://{host}/latest/" for host in (*LOOPBACK, "loop.fjsen.com")]
    with at_port_80("127.0.0.2") as asked:
        run = everywhere(tmp_path, urls)
        assert asked == []
    assert below(run, "fjsen/refused/") == {"address": len(urls)}


def test_19_redirects_to_addresses_of_a_network(faults, tmp_path):
    targets = [f"http://{host}/latest/" for host in (*PRIVATE, "inside.fjsen.com")]
    starts = [f"{faults.url}/{number}" for number in range(len(targets))]
    faults.scripts = {url: [http(status=302, Location=to)] for url, to in zip(starts, targets, strict=True)}
    faults.scripts[f"{faults.url}/here"] = [http("<p>here</p>")]
    run = everywhere(tmp_path, [*starts, f"{faults.url}/here"], "FJSEN_ALLOW_LOOPBACK=True")
    assert {one.url for one in faults.asked} == {*starts, f"{faults.url}/here"}
    assert stats(run)["fjsen/reached"] == 1
    assert below(run, "fjsen/refused/") == {"address": len(targets)}


@contextmanager
def small_disk(place: Path, *options: str) -> Iterator[None]:
    if not CAN_MOUNT:
        pytest.skip("no file system can be mounted")
    place.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted")
    try:
        yield
    finally:
        subprocess.run(["umount", place], check=True)


def whole(data: Path) -> None:
    """Check that every line of the records can be read, and that the ledger is no worse for what happened."""
    assert len(records_of(data)) == sum(file.read_bytes().count(b"\n") for file in data.glob("fjsen-*.jsonl"))
    assert in_ledger(data, "PRAGMA integrity_check") == [("ok",)]


def test_32_full_disk_under_the_archive(archived, tmp_path):
    data, disk = tmp_path / "data", tmp_path / "disk"
    data.mkdir()
    (data / "warc").symlink_to(disk)
    with validating() as server:
        with small_disk(disk, "size=300k"):
            full = crawl_portal(server, data)
            assert (full.status, full.report["finish_reason"]) == (74, "archive_failed"), full.err
            whole(data)
            kept = shutil.copytree(disk, tmp_path / "kept")
        (data / "warc").unlink()
        shutil.move(kept, data / "warc")
        assert crawl_portal(server, data).status == 0
    found = tally(data, records_of(archived[0]))
    assert found.is_clean, found


def test_32_full_disk_under_the_records(tmp_path):
    full = crawl(tmp_path, preexec_fn=files_up_to(120_000))
    assert (full.status, full.report["finish_reason"]) == (74, "write_failed"), full.err
    whole(tmp_path)
    assert 0 < len(records_of(tmp_path)) < len(EXPECTED)
    again = crawl(tmp_path)
    assert again.status == 0, again.err
    assert again.ids == sorted(EXPECTED), "nothing lost, nothing twice"


def test_32_full_disk_under_the_ledger(tmp_path, faults):
    column, data = "http://news.fjsen.com/china.htm", tmp_path / "data"
    faults.scripts[column] = [http(LISTING.format("".join(ITEM.format(NEWS.format(n)) for n in range(1, 6001)), ""))]
    faults.scripts |= {NEWS.format(n): [page(f"第{n}篇")] for n in range(1, 4)}
    with small_disk(data, "size=900k"):
        run = crawl_through(faults, data, [column], FJSEN_MAX_LISTED=9999, FJSEN_MIN_FREE=0)
        assert run.status == 74, run.err
        assert in_ledger(data, "PRAGMA integrity_check") == [("ok",)]
        subprocess.run(["mount", "-o", "remount,size=50m", data], check=True)
        faults.scripts[column] = [http(LISTING.format("".join(ITEM.format(NEWS.format(n)) for n in range(1, 4)), ""))]
        again = crawl_through(faults, data, [column], FJSEN_MIN_FREE=0)
        assert again.status == 0, again.err
        assert {"fjsen:1", "fjsen:2", "fjsen:3"} <= records_of(data).keys()


def test_33_folder_that_cannot_be_written(faults, tmp_path):
    (tmp_path / "seeds.txt").write_text(address("xm"), "utf-8")
    chosen = ["-a", f"urls={tmp_path / 'seeds.txt'}"]
    with small_disk(tmp_path / "data", "ro"):
        run = crawl(tmp_path / "data", *chosen, replay=None, env={"http_proxy": faults.url})
    assert run.status == 74
    assert run.err.startswith(f"scrapy crawl: FJSEN_DATA: cannot write to {tmp_path}/data/")
    assert run.err.endswith(": Read-only file system\n")
    assert run.err.count("\n") == 1
    assert faults.asked == []


def test_35_lock_of_a_killed_run_holds_nobody_up(archived, tmp_path):
    data = shutil.copytree(archived[0], tmp_path / "data")
    (data / ".lock").write_text("process 1, since 2026-01-01T00:00:00+00:00\n", "utf-8")
    with validating() as server:
        assert crawl_portal(server, data, "-a", "channels=xm").status == 0


@pytest.fixture
def data(archived, tmp_path) -> Path:
    return shutil.copytree(archived[0], tmp_path / "data")


@pytest.mark.parametrize("table", ["article", "listed", "page", "column"] if SOAK else ["page"])
def test_36_ledger_that_is_damaged_in_the_middle(data, archived, table):
    damage(data / FILE, table)
    with validating() as server:
        first, second = crawl_portal(server, data), crawl_portal(server, data)
        asked = Counter(articles_asked(server))
    assert first.status in (1, 74), "it is told"
    assert second.status in (0, 65), second.err  # the pages that the damage spoilt are told as drift
    assert len(list(data.glob(f"{FILE}.damaged-*"))) == 1
    found = tally(data, records_of(archived[0]))
    assert found.is_clean, found
    assert asked.keys().isdisjoint(records_of(data)), "what is recorded is known"


def damage(ledger: Path, table: str) -> None:
    """Overwrite what a table holds, as a bad disk would: the file can still be opened, and begins as it should."""
    with closing(sqlite3.connect(ledger)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = opened.execute("PRAGMA page_size").fetchone()[0]
        query = "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'"
        pages = opened.execute(query, (table,)).fetchall()
    with ledger.open("r+b") as file:
        for (number,) in pages:
            file.seek((number - 1) * size)
            file.write(b"\xa5" * size)


def test_36_killed_while_a_ledger_is_made_again(data, archived):
    (data / FILE).write_bytes(b"SQLite format 3\0" + b"\xff" * 9000)
    with validating() as server:
        for step in ("commit:2:after", "commit:3:before"):  # the first is that of a ledger in memory
            with begun(server, data, env={"PYTHONPATH": KILLER, "FJSEN_KILL": step}) as run:
                assert run.wait(60) == -signal.SIGKILL
        again = crawl_portal(server, data)
        asked = articles_asked(server)
    assert again.status == 0, again.err
    found = tally(data, records_of(archived[0]))
    assert found.is_clean, found
    assert {*asked}.isdisjoint(records_of(data)), "what is recorded is known"


def test_36_ledger_of_a_newer_version_is_not_touched(data):
    version = in_ledger(data, "PRAGMA user_version")[0][0]
    with closing(sqlite3.connect(data / FILE)) as ledger:
        ledger.execute(f"PRAGMA user_version = {version + 1}")
    before = in_ledger(data, "SELECT count(*) FROM run")
    with validating() as server:
        run = crawl_portal(server, data)
        assert {one.url for one in server.asked} == set()
    assert run.status == 78
    assert f"made by a newer fjsen-spider (version {version + 1}, this one knows {version})" in run.err
    assert in_ledger(data, "SELECT count(*) FROM run") == before


NEXT_VERSION = """
import sys
if "scrapy" in " ".join(sys.orig_argv):
    from fjsen_spider.crawling.ledger import ledger, schema
    schema.MIGRATIONS = (*schema.MIGRATIONS, "CREATE TABLE extra (a TEXT)")
    schema.VERSION = ledger.VERSION = len(schema.MIGRATIONS)
"""


def test_36_ledger_of_an_older_version_is_brought_up_to_date(data, tmp_path):
    version = in_ledger(data, "PRAGMA user_version")[0][0]
    (tmp_path / "sitecustomize.py").write_text(NEXT_VERSION, "utf-8")
    with validating() as server:
        with begun(server, data, env={"PYTHONPATH": str(tmp_path)}) as run:
            assert run.wait(60) == 0
        assert articles_asked(server) == [], "all that was known is known"
    assert in_ledger(data, "PRAGMA user_version") == [(version + 1,)]
    assert in_ledger(data, "SELECT * FROM extra") == []


def test_38_unchanged_edited_taken_down_moved(data, archived):
    """At a time when every article is to be looked at again; the second page of one cannot be had."""
    before = records_of(data)
    ordinary = [one for one in before.values() if "//xm." in one["url"] and one["pages"]["total"] == 1]
    edited, gone, moved, *unchanged = ordinary
    (of_three,) = [one for one in before.values() if "//xm." in one["url"] and one["pages"]["total"] == 3]
    target = moved["url"].replace("//xm.fjsen.com/", "//www.fjsen.com/r/")
    with closing(sqlite3.connect(data / FILE, isolation_level=None)) as ledger:
        ledger.execute("UPDATE article SET due = 1 WHERE state = 'done'")
    with validating() as server:
        for one in (edited, moved, of_three):
            body = Mirror(server.tree).get(one["url"]).body
            server.edited[one["url"]] = body.replace(one["title"].encode(), f"{one['title']}（更新）".encode())
        server.edited[target] = server.edited[moved["url"]]
        server.scripts = {
            gone["url"]: [http(status=410)],
            moved["url"]: [http(status=301, Location=target)],
            of_three["url"].replace(".htm", "_2.htm"): [http(status=503)],
        }
        run = crawl_portal(server, data, "-a", "channels=xm")
    assert run.status == 0, run.err
    records = [json.loads(line) for file in data.glob("fjsen-*.jsonl") for line in file.read_text("utf-8").splitlines()]
    new = {
        one["id"]: one
        for one in records
        if one["retrieved_at"] > before[one["id"]]["retrieved_at"] or one["kind"] != "article"
    }
    assert {key: (one["kind"], one["revision"]) for key, one in new.items()} == {
        edited["id"]: ("article", 2), gone["id"]: ("tombstone", 1), moved["id"]: ("article", 2),
    }  # fmt: skip
    assert set(new[edited["id"]]["changed_fields"]) >= {"title"}
    assert (new[moved["id"]]["url"], new[moved["id"]]["aliases"]) == (target, [moved["url"]])
    assert server.sent[304] >= len(unchanged) > 3
    entry = in_ledger(
        data, f"SELECT state, outcome, due FROM article WHERE id = {of_three['id'].removeprefix('fjsen:')}"
    )
    assert entry[0][:2] == ("done", "record dropped: a page could not be had that was there before")
    assert entry[0][2] is not None, "it is asked for again"
