"""The second run, and every one after it: what is new is asked for, and what was changed or taken down is told."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from test_crawl import EXPECTED, Run, crawl, crawl_by
from test_losses import ITEM, LISTING, PAGER, article

from fjsen_spider.crawling.ledger import FILE, Ledger
from fjsen_spider.extraction.listing import column_url
from fjsen_spider.urls import classify

COLUMN = "http://news.fjsen.com/china.htm"
NEWS = "http://news.fjsen.com/2018-03/05/content_{}.htm"
HOME = "http://www.fjsen.com/"
SOON = ["-s", "FJSEN_REVISITS=3s,9000d"]  # the articles are of 2018


def records(data: Path) -> list[dict]:
    return [
        json.loads(line) for file in sorted(data.glob("fjsen-*.jsonl")) for line in file.read_text("utf-8").splitlines()
    ]


def kinds(run: Run) -> Counter[str]:
    return Counter(str(known.kind) for url in run.requests if (known := classify(url)))


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """The data folder of a run over the whole portal."""
    data = tmp_path_factory.mktemp("incremental") / "data"
    assert crawl(data).status == 0
    return data


def test_second_run_on_an_unchanged_portal_asks_for_no_article(data):
    before = sorted(file.name for file in data.glob("fjsen-*"))
    run = crawl(data)
    assert run.status == 0, run.err
    assert kinds(run)["article"] == 0
    columns = Counter(column_url(url) for url in run.requests)
    assert max(columns.values()) == 1, "each column is known from its first page"
    assert sorted(file.name for file in data.glob("fjsen-*")) == before, "nothing new, no file"
    *_, last = sorted((data / "runs").iterdir())
    counts = json.loads(last.read_text("utf-8"))["articles"]
    assert counts["known"] == counts["listed"] > 0
    assert counts["fetched"] == counts["recorded"] == 0


def test_column_is_walked_to_its_end_now_and_then(data, tmp_path):
    copy = shutil.copytree(data, tmp_path / "data")
    run = crawl(copy, "-s", "FJSEN_DEEP_EVERY=1s")
    assert kinds(run)["article"] == 0
    assert kinds(run)["listing"] > len({column_url(url) for url in run.requests})


def test_lost_ledger_is_made_again_from_the_records(data, tmp_path):
    copy = shutil.copytree(data, tmp_path / "data")
    (copy / FILE).write_bytes(b"SQLite format 3\0" + b"\xff" * 9000)
    run = crawl(copy)
    assert run.status == 0, run.err
    assert "it is kept as ledger.sqlite.damaged-" in run.err
    assert len(list(copy.glob(f"{FILE}.damaged-*"))) == 1
    assert Counter(record["id"] for record in records(copy)) == Counter([*EXPECTED]), "nothing twice"
    asked = {f"fjsen:{known.content_id}" for url in run.requests if (known := classify(url)) and known.content_id}
    assert asked.isdisjoint(EXPECTED), "what is recorded is known"
    assert kinds(run)["listing"] > 11, "nothing is known of the columns"
    ledger = Ledger.read(copy / FILE)
    assert {f"fjsen:{row[0]}" for row in ledger.connection.execute("SELECT id FROM article WHERE revision")} == {
        *EXPECTED
    }


def test_records_of_a_killed_run_are_cut_to_what_was_committed(data, tmp_path):
    copy = shutil.copytree(data, tmp_path / "data")
    (file,) = copy.glob("fjsen-*.jsonl")
    whole = file.read_bytes()
    file.rename(file.with_name(file.name + ".part"))
    with file.with_name(file.name + ".part").open("ab") as part:
        part.write(b'{"id": "fjsen:1", "ti')
    ledger = Ledger.begin(copy / FILE, "x", 0)
    ledger.connection.execute("UPDATE file SET closed = 0, size = ?", (len(whole),))
    ledger.end(0, "x")
    assert crawl(copy, "-a", "channels=mil").status in (0, 69)
    assert file.read_bytes() == whole
    assert not list(copy.glob("*.part"))


def test_new_article_costs_itself_and_its_listing_page(tmp_path, portal):
    def list_articles(*pages: list[int]) -> None:
        for number, ids in enumerate(pages, start=1):
            url = COLUMN if number == 1 else COLUMN.replace(".htm", f"_{number}.htm")
            others = [f'<a href="china_{other}.htm">[{other}]</a>' for other in range(2, len(pages) + 1)]
            more = " ".join(
                [*others, f'<a href="china_{number + 1}.htm">下一页</a>'] if number < len(pages) else others
            )
            items = "".join(ITEM.format(NEWS.format(one)) for one in ids)
            portal.answers[url] = (
                200,
                {"Content-Type": "text/html"},
                LISTING.format(items, PAGER.format(more)).encode(),
            )
            for one in ids:
                portal.answers[NEWS.format(one)] = (200, {"Content-Type": "text/html"}, article(f"第{one}篇").encode())

    def run() -> list[str]:
        portal.asked.clear()
        told = crawl_by(portal, tmp_path / "data", "-a", f"urls={seeds}")
        assert told.status == 0, told.err
        return [url.rpartition("/")[2] for url, _ in portal.asked if not url.endswith("robots.txt")]

    seeds = tmp_path / "seeds.txt"
    seeds.write_text(COLUMN, "utf-8")
    list_articles([1, 2], [3, 4], [5, 6])
    assert len(run()) == 9
    list_articles([7, 1], [2, 3], [4, 5], [6])
    assert run() == ["china.htm", "china_2.htm", "content_7.htm"]
    assert run() == ["china.htm"]
    list_articles([9, 8], [7, 1], [2, 3], [4, 5], [6])
    portal.answers[COLUMN.replace(".htm", "_2.htm")] = (503, {}, b"")
    assert run() == [
        "china.htm",
        "china_2.htm",
        "china_3.htm",
        "china_4.htm",
        "china_5.htm",
        "content_9.htm",
        "content_8.htm",
    ], "a gap"
    assert sorted(one["id"] for one in records(tmp_path / "data")) == [f"fjsen:{number}" for number in range(1, 10)]


def test_what_was_changed_or_taken_down_is_told(tmp_path, portal):
    def page(title: str) -> tuple[int, dict[str, str], bytes]:
        return 200, {"Content-Type": "text/html"}, article(title).encode()

    def run() -> Run:
        portal.asked.clear()
        told = crawl_by(portal, data, "-a", f"urls={seeds}", *SOON)
        assert told.status == 0, told.err
        return told

    def told_by(name: str) -> dict:
        *_, file = sorted((data / "runs").iterdir())
        return json.loads(file.read_text("utf-8"))["articles"][name]

    data, seeds = tmp_path / "data", tmp_path / "seeds.txt"
    edited, same, gone, home, soft, down = range(1, 7)
    names = {number: f"第{number}篇" for number in range(1, 7)}
    seeds.write_text("\n".join(map(NEWS.format, names)), "utf-8")
    portal.answers |= {NEWS.format(number): page(title) for number, title in names.items()}
    portal.answers[HOME] = (200, {}, b"<p>\xe9\xa6\x96\xe9\xa1\xb5</p>")
    run()
    first = {record["id"]: record for record in records(data)}
    assert {record["revision"] for record in first.values()} == {1}
    assert all(record["first_seen"] == record["retrieved_at"] for record in first.values())

    portal.answers[NEWS.format(edited)] = page("第1篇（更新）")
    portal.answers[NEWS.format(gone)] = (404, {}, b"")
    portal.redirect(NEWS.format(home), HOME)
    lost = "<html><body><h1>您访问的页面不存在或已删除</h1></body></html>"
    portal.answers[NEWS.format(soft)] = (200, {"Content-Type": "text/html"}, lost.encode())
    portal.answers[NEWS.format(down)] = (503, {}, b"")
    time.sleep(3.1)
    run()
    assert told_by("unchanged") == 1
    new = {record["id"]: record for record in records(data)[6:]}
    assert {key: (one["kind"], one["revision"], one["status"]) for key, one in new.items()} == {
        f"fjsen:{edited}": ("article", 2, 200),
        f"fjsen:{gone}": ("tombstone", 1, 404),
        f"fjsen:{home}": ("tombstone", 1, 302),
        f"fjsen:{soft}": ("tombstone", 1, 200),
    }
    change = new[f"fjsen:{edited}"]
    assert change["changed_fields"] == ["title", "subsections", "text"]
    assert change["first_seen"] == first[f"fjsen:{edited}"]["first_seen"]
    stone = new[f"fjsen:{gone}"]
    assert (stone["url"], stone["title"], stone["provenance"]) == (NEWS.format(gone), None, {"kind": "404"})
    assert stone["content_sha256"] == first[f"fjsen:{gone}"]["content_sha256"]

    portal.answers[NEWS.format(gone)] = page(names[gone])
    time.sleep(3.1)
    run()
    last = records(data)[10:]
    assert [(one["id"], one["kind"], one["revision"]) for one in last] == [(f"fjsen:{gone}", "article", 2)], (
        "back again; no tombstone twice"
    )
    ledger = Ledger.read(data / FILE)
    assert {row["id"]: row["state"] for row in ledger.connection.execute("SELECT id, state FROM article")} == {
        edited: "done", same: "done", gone: "done", home: "gone", soft: "gone", down: "done",
    }  # fmt: skip
    assert ledger.articles.get(down).outcome == "503"


HOLD = """
import sys
from pathlib import Path
from fjsen_spider.crawling.lock import FolderLock
lock = FolderLock(Path(sys.argv[1]), "since noon")
print("held", flush=True)
sys.stdin.read()
"""


def test_second_run_is_refused_while_one_has_the_folder(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        run = crawl(tmp_path, "-a", "channels=xm")
        assert run.status == 75
        assert run.err == f"scrapy crawl: {tmp_path} is in use by process {other.pid}, since noon\n"
        other.kill()
    assert crawl(tmp_path, "-a", "channels=xm").status == 0, "whatever became of the holder"


OTHERWISE = """
from dataclasses import replace
from fjsen_spider.settings import ITEM_PIPELINES
from fjsen_spider.spiders.fjsen import FjsenSpider

class Otherwise:
    def process_item(self, item):
        return replace(item, fields={**item.fields, "title": "另一种读法"})

class Other(FjsenSpider):
    custom_settings = {"ITEM_PIPELINES": {**ITEM_PIPELINES, "other.Otherwise": 650}}
"""


def test_page_that_is_as_it_was_is_no_revision_when_newer_rules_read_it_otherwise(tmp_path, portal):
    """Nor does it need a server that tells what has changed: the body says so."""
    (tmp_path / "other.py").write_text(OTHERWISE, "utf-8")
    (tmp_path / "seeds.txt").write_text(NEWS.format(1), "utf-8")
    portal.answers[NEWS.format(1)] = (200, {"Content-Type": "text/html"}, article("如常").encode())
    seeds = ["-a", f"urls={tmp_path / 'seeds.txt'}", *SOON]
    assert crawl_by(portal, tmp_path / "data", *seeds).status == 0
    time.sleep(3.1)
    fast = ["-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "SPIDER_MODULES=other"]
    env = {"http_proxy": portal.url, "PYTHONPATH": str(tmp_path)}
    run = crawl(tmp_path / "data", *fast, *seeds, replay=None, env=env)
    assert run.status == 0, run.err
    assert [url for url, _ in portal.asked].count(NEWS.format(1)) == 2
    assert [record["title"] for record in records(tmp_path / "data")] == ["如常"]
    told = subprocess.run(
        [sys.executable, "-m", "fjsen_spider.cli", "verify", tmp_path / "data", "--deep"], check=False
    )
    assert told.returncode == 0
