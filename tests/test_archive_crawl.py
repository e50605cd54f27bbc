"""The archive of real crawls: complete, replayed to the same lines, and what is unchanged is not sent again."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from cases import FIXTURES
from faultportal.server import http, serving
from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector
from test_cli import fjsen
from test_crawl import PORTAL, crawl, files_up_to
from test_warc import read_by_warcio
from validating import crawl_through, validating

from fjsen_spider.archive.collection import Collection, warc_files
from fjsen_spider.archive.mirror import Mirror
from fjsen_spider.crawling.recovery import open_ledger
from fjsen_spider.crawling.schedule import Schedule
from fjsen_spider.spiders.fjsen import FjsenSpider
from fjsen_spider.urls import classify

OLD = "2018-05/08/content_20980126.htm"


def lines(data: Path) -> list[str]:
    return sorted(line for file in data.glob("fjsen-*.jsonl") for line in file.read_text("utf-8").splitlines())


def captures(data: Path) -> list[tuple[str, str | None, str | None]]:
    return [(entry.url, entry.status, entry.mime) for entry in Collection(warc_files(data)).entries()]


@pytest.fixture
def data(archived) -> Path:
    return archived[0]


def test_every_page_that_was_asked_for_is_archived_and_no_robots_txt(archived):
    folder, asked = archived
    assert {url for url, *_ in captures(folder)} == {url for url in asked if not url.endswith("/robots.txt")}


def test_the_archive_has_each_answer_as_it_was_sent(data):
    (file,) = (data / "warc").glob("*.warc.gz")
    kinds = Counter(kind for kind, *_ in read_by_warcio(file))
    assert kinds["response"] == kinds["request"] == len(captures(data))
    raw = gzip.decompress(file.read_bytes())
    assert b"Content-Encoding: gzip" in raw
    assert b"proxy" not in raw.lower().replace(b"proxy-connection", b"")
    assert Counter(status for _, status, _ in captures(data)).keys() == {"200", "404"}


def test_each_record_names_its_capture(data):
    archive = Collection(warc_files(data))
    for line in lines(data):
        record = json.loads(line)
        page = archive.capture(archive.record(**record["warc"])).page
        assert classify(page.url).url == record["url"]
        assert page.retrieved_at == record["retrieved_at"]


def test_a_crawl_replayed_from_its_own_archive_gives_the_same_lines(data, tmp_path):
    run = crawl(tmp_path, replay=data)
    assert run.status == 0, run.err
    assert lines(tmp_path) == lines(data) != []
    assert not (tmp_path / "warc").exists(), "a replay archives nothing"


@pytest.fixture
def copy(data, tmp_path) -> Path:
    """The data folder at a time when every article is to be looked at again."""
    copy = shutil.copytree(data, tmp_path / "data")
    with closing(sqlite3.connect(copy / "ledger.sqlite", isolation_level=None)) as ledger:
        ledger.execute("UPDATE article SET due = 1 WHERE state = 'done'")
    return copy


def test_what_is_unchanged_is_not_sent_again(copy):
    before, records = captures(copy), lines(copy)
    with validating() as server:
        run = crawl_through(server, copy, "-s", "FJSEN_DEEP_EVERY=1s")
    assert run.status == 0, run.err
    assert server.sent[304] > 90
    assert server.sent[200] == 0
    assert lines(copy) == records, "no new record"
    added = Counter(captures(copy)) - Counter(before)
    assert {(status, mime) for _, status, mime in added} == {("304", "warc/revisit"), ("404", "text/html")}
    assert sum(number for (_, status, _), number in added.items() if status == "304") == server.sent[304]


def test_what_was_edited_taken_down_or_moved_leads_to_its_capture(copy):
    edited, gone, home = [one for one in map(json.loads, lines(copy)) if "//xm." in one["url"]][:3]
    body = Mirror(PORTAL).get(edited["url"]).body
    with validating() as server:
        server.edited[edited["url"]] = body.replace(edited["title"].encode(), (edited["title"] + "（更新）").encode())
        server.scripts = {
            gone["url"]: [http(status=404)],
            home["url"]: [http(status=302, Location="http://www.fjsen.com/")],
        }
        run = crawl_through(server, copy, "-a", "channels=xm,www")
    assert run.status == 0, run.err
    assert server.sent[200] == 1
    new = {
        one["id"]: one for line in lines(copy) if (one := json.loads(line))["warc"]["file"] != edited["warc"]["file"]
    }
    assert {key: (one["kind"], one["revision"], one["status"]) for key, one in new.items()} == {
        edited["id"]: ("article", 2, 200), gone["id"]: ("tombstone", 1, 404), home["id"]: ("tombstone", 1, 302),
    }  # fmt: skip
    archive = Collection(warc_files(copy))
    assert {key: archive.record(**one["warc"]).status for key, one in new.items()} == {
        edited["id"]: 200, gone["id"]: 404, home["id"]: 302,
    }  # fmt: skip
    told = fjsen("verify", copy, "--deep")
    assert told.returncode == 0, told.stdout


def test_a_capture_that_cannot_be_read_is_asked_for_again_and_archived_again(copy):
    (file,) = (copy / "warc").glob("*.warc.gz")
    with file.open("r+b") as broken:
        broken.seek(600)
        broken.write(b"\0" * (file.stat().st_size - 600))
    file.with_name(file.name.replace(".warc.gz", ".cdxj")).unlink()
    with validating() as server:
        run = crawl_through(server, copy, "-a", "channels=xm")
    assert run.status == 0, run.err
    assert server.sent[304] == server.sent[200] > 5
    assert "its capture cannot be read" in run.err
    newest = max((copy / "warc").glob("*.warc.gz"))
    full = [entry for entry in Collection([newest]).entries() if entry.status == "200"]
    assert {entry.mime for entry in full} == {"text/html"}, "no reference to what is lost"


def test_a_same_body_without_validators_is_a_revisit_and_archived_once(tmp_path):
    url = "http://xm.fjsen.com/node_163616.htm"
    page = Mirror(PORTAL).get(url).body
    for _ in range(2):
        with serving() as server:
            server.scripts = {url: [http(page)]}
            assert crawl_through(server, tmp_path, "-a", "channels=xm").status == 0
        kept = [entry for entry in Collection(warc_files(tmp_path)).entries() if entry.url == url]
    assert [entry.mime for entry in kept] == ["text/html", "warc/revisit"]
    assert kept[1].length < 500
    found = Collection(warc_files(tmp_path)).newest(url).page
    assert (found.body, found.warc["file"]) == (page, kept[1].file)


def test_a_same_body_whose_capture_the_archive_has_lost_is_archived_again(tmp_path):
    url = "http://xm.fjsen.com/node_163616.htm"
    page = Mirror(PORTAL).get(url).body
    with serving() as server:
        server.scripts = {url: [http(page)] * 2}
        assert crawl_through(server, tmp_path, "-a", "channels=xm").status == 0
        (file,) = (tmp_path / "warc").glob("*.warc.gz")
        os.truncate(file, 300)
        assert crawl_through(server, tmp_path, "-a", "channels=xm").status == 0
    kept = [entry for entry in Collection(warc_files(tmp_path)).entries() if entry.url == url]
    assert "warc/revisit" not in {entry.mime for entry in kept if entry.file != file.name}
    assert Collection([max((tmp_path / "warc").glob("*.warc.gz"))]).newest(url).page.body == page


def test_a_lost_ledger_knows_the_archive_again(data, tmp_path):
    copy = shutil.copytree(data, tmp_path / "data")
    (copy / "ledger.sqlite").unlink()
    with validating() as server:
        run = crawl_through(server, copy, "-a", "channels=xm")
    assert run.status == 0, run.err
    assert set(server.sent) == {200}, "validators are lost"
    newest = max((copy / "warc").glob("*.warc.gz"))
    assert {entry.mime for entry in Collection([newest]).entries()} == {"warc/revisit"}
    told = fjsen("verify", copy)
    assert told.returncode == 0, told.stdout


def test_an_archive_without_ledger_and_records_is_not_forgotten(data, tmp_path):
    folder = shutil.copytree(data, tmp_path / "data")
    known = {json.loads(line)["id"] for line in lines(folder)}
    for file in (folder / "ledger.sqlite", *folder.glob("fjsen-*.jsonl")):
        file.unlink()
    ledger = open_ledger(folder, "20261125T090000Z", Schedule(()), StatsCollector(Crawler(FjsenSpider)))
    owed = {
        f"fjsen:{entry.id}" for host in ledger.articles.hosts(1) for entry in ledger.articles.due(host, 1, most=999)
    }
    assert owed >= known
    ledger.close()
    again = open_ledger(folder, "20261125T100000Z", Schedule(()), StatsCollector(Crawler(FjsenSpider)))
    assert not again.is_empty, "what was made again is kept"
    again.close()


def test_redirects_are_archived_and_replayed(tmp_path):
    column, old, new = (f"http://xm.fjsen.com/{path}" for path in ("node_163616.htm", OLD, OLD.replace("2018", "2019")))
    listing = f'<ul class="list_page"><li><span>2018-05-08</span><a href="/{OLD}">一</a></li></ul>'
    with serving() as server:
        page = (FIXTURES / "text" / "20961089" / "page.html").read_bytes()
        server.scripts = {column: [http(listing)], old: [http(status=301, Location=new)], new: [http(page)]}
        run = crawl_through(server, tmp_path / "1", "-a", "urls=/dev/stdin", input=column)
    again = crawl(tmp_path / "2", "-a", "urls=/dev/stdin", replay=tmp_path / "1" / "warc", input=column)
    assert (run.status, again.status) == (0, 0), run.err + again.err
    assert {(url, status) for url, status, _ in captures(tmp_path / "1")} == {
        (column, "200"),
        (old, "301"),
        (new, "200"),
    }
    assert lines(tmp_path / "1") == lines(tmp_path / "2")
    assert len(lines(tmp_path / "1")) == 1


def test_a_full_disk_ends_the_run_and_leaves_the_archive_whole(tmp_path):
    with validating() as server:
        server.padding = 100_000
        run = crawl_through(server, tmp_path, "-a", "channels=xm", preexec_fn=files_up_to(600_000))
    assert run.status == 74, run.err
    assert run.report["finish_reason"] == "archive_failed"
    assert "scrapy crawl: the archive could not be written: " in run.err
    left = [path.name for path in (tmp_path / "warc").iterdir()]
    assert len([name for name in left if ".warc.gz" in name]) == 1
    (file,) = (tmp_path / "warc").glob("*.warc.gz*")
    assert 3 <= len(captures(tmp_path)) <= 5
    assert len(read_by_warcio(file)) == 2 * len(captures(tmp_path)) + 1
