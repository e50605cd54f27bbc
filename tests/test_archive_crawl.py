"""The archive of real crawls: complete, replayed to the same lines, and what is unchanged is not sent again."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import threading
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from cases import FIXTURES
from faultportal.server import Answer, Asked, FaultPortal, http
from test_crawl import PORTAL, Run, crawl, files_up_to
from test_warc import read_by_warcio

from fjsen_spider.archive.collection import Collection, warc_files
from fjsen_spider.archive.mirror import Mirror
from fjsen_spider.urls import classify

OLD = "2018-05/08/content_20980126.htm"
FAST = ["-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "FJSEN_BACKOFF=0.01"]


class Validating(FaultPortal):
    """The portal of the fixtures as a server that packs pages and answers 304 to who has them."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = PORTAL
        self.edited: dict[str, bytes] = {}
        self.sent: Counter[int] = Counter()
        self.padding = 0

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        page = Mirror(self.tree).get(asked.url)
        body = self.edited.get(asked.url, page.body if page else None)
        if body is None:
            return http(b"<html>not here</html>", 404)
        etag = f'"{hashlib.sha256(body).hexdigest()}"'
        unchanged = asked.headers.get("if-none-match") == etag
        self.sent[304 if unchanged else 200] += 1
        if unchanged:
            return http(b"", 304, ETag=etag)
        packed = gzip.compress(body + b"<!--" + os.urandom(self.padding).hex().encode() + b"-->", mtime=0)
        return http(packed, ETag=etag, Content_Encoding="gzip", Last_Modified="Tue, 08 May 2018 01:02:03 GMT")


def serving():
    server = Validating()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return server


def crawl_through(server: Validating, data: Path, *arguments: object, **options: object) -> Run:
    return crawl(data, *FAST, *arguments, replay=None, env={"http_proxy": server.url}, **options)


def lines(data: Path) -> list[str]:
    return sorted(line for file in data.glob("fjsen-*.jsonl") for line in file.read_text("utf-8").splitlines())


def captures(data: Path) -> list[tuple[str, str | None, str | None]]:
    return [(entry.url, entry.status, entry.mime) for entry in Collection(warc_files(data)).entries()]


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """The data folder of a crawl of the whole portal over real connections."""
    folder = tmp_path_factory.mktemp("archive") / "data"
    with serving() as server:
        run = crawl_through(server, folder)
        server.shutdown()
    assert run.status == 0, run.err
    asked = {one.url for one in server.asked if not one.url.endswith("/robots.txt")}
    assert {url for url, *_ in captures(folder)} == asked, "every page that was asked for, and no robots.txt"
    return folder


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
    with serving() as server:
        run = crawl_through(server, copy, "-s", "FJSEN_DEEP_EVERY=1s")
        server.shutdown()
    assert run.status == 0, run.err
    assert server.sent[304] > 90
    assert server.sent[200] == 0
    assert lines(copy) == records, "no new record"
    added = Counter(captures(copy)) - Counter(before)
    assert {(status, mime) for _, status, mime in added} == {("304", "warc/revisit"), ("404", "text/html")}
    assert sum(number for (_, status, _), number in added.items() if status == "304") == server.sent[304]


def test_an_edited_page_is_a_new_record_and_a_moved_one_is_followed(copy):
    article = json.loads(next(line for line in lines(copy) if "//xm." in line and '"revision": 1' in line))
    body = Mirror(PORTAL).get(article["url"]).body
    with serving() as server:
        server.edited[article["url"]] = body.replace(
            article["title"].encode(), (article["title"] + "（更新）").encode()
        )
        run = crawl_through(server, copy, "-a", "channels=xm")
        server.shutdown()
    assert run.status == 0, run.err
    new = [json.loads(line) for line in lines(copy) if '"revision": 2' in line]
    assert [(one["id"], one["title"]) for one in new] == [(article["id"], article["title"] + "（更新）")]
    assert "title" in new[0]["changed_fields"]
    assert new[0]["warc"]["file"] != article["warc"]["file"]
    assert server.sent[200] == 1


def test_a_capture_that_cannot_be_read_is_asked_for_again_and_archived_again(copy):
    (file,) = (copy / "warc").glob("*.warc.gz")
    with file.open("r+b") as broken:
        broken.seek(600)
        broken.write(b"\0" * (file.stat().st_size - 600))
    file.with_name(file.name.replace(".warc.gz", ".cdxj")).unlink()
    with serving() as server:
        run = crawl_through(server, copy, "-a", "channels=xm")
        server.shutdown()
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
        with FaultPortal() as server:
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
            server.scripts = {url: [http(page)]}
            assert crawl_through(server, tmp_path, "-a", "channels=xm").status == 0
            server.shutdown()
    kept = [entry for entry in Collection(warc_files(tmp_path)).entries() if entry.url == url]
    assert [entry.mime for entry in kept] == ["text/html", "warc/revisit"]
    assert kept[1].length < 500
    found = Collection(warc_files(tmp_path)).newest(url).page
    assert (found.body, found.warc["file"]) == (page, kept[1].file)


def test_redirects_are_archived_and_replayed(tmp_path):
    column, old, new = (f"http://xm.fjsen.com/{path}" for path in ("node_163616.htm", OLD, OLD.replace("2018", "2019")))
    listing = f'<ul class="list_page"><li><span>2018-05-08</span><a href="/{OLD}">一</a></li></ul>'
    with FaultPortal() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        page = (FIXTURES / "text" / "20961089" / "page.html").read_bytes()
        server.scripts = {column: [http(listing)], old: [http(status=301, Location=new)], new: [http(page)]}
        run = crawl_through(server, tmp_path / "1", "-a", "urls=/dev/stdin", input=column)
        server.shutdown()
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
    with serving() as server:
        server.padding = 100_000
        run = crawl_through(server, tmp_path, "-a", "channels=xm", preexec_fn=files_up_to(600_000))
        server.shutdown()
    assert run.status == 74, run.err
    assert run.report["finish_reason"] == "archive_failed"
    left = [path.name for path in (tmp_path / "warc").iterdir()]
    assert len([name for name in left if ".warc.gz" in name]) == 1
    (file,) = (tmp_path / "warc").glob("*.warc.gz*")
    assert 3 <= len(captures(tmp_path)) <= 5
    assert len(read_by_warcio(file)) == 2 * len(captures(tmp_path)) + 1
