"""Odd turns of a long life: what comes back, fails once, is read otherwise, or stands in the wrong place."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from test_crawl import PORTAL, Run, crawl, crawl_by
from test_incremental import COLUMN, NEWS, records
from test_losses import ITEM, LISTING, PAGER, article
from test_warc import read_by_warcio

from fjsen_spider.archive.warc import repair
from fjsen_spider.crawling.exit_status import exit_status
from fjsen_spider.crawling.ledger import FILE, DamagedLedgerError, Ledger, State
from fjsen_spider.crawling.recovery import open_ledger
from fjsen_spider.crawling.schedule import Schedule

HTML = {"Content-Type": "text/html"}


def due_now(data: Path) -> None:
    """Make every article due."""
    with sqlite3.connect(data / FILE) as ledger:
        ledger.execute("UPDATE article SET due = 1")
    ledger.close()


@pytest.fixture
def life(portal, tmp_path):
    """One article that is asked for again and again: answers in, kinds and revisions of its records out."""
    data, seeds = tmp_path / "data", tmp_path / "seeds.txt"
    seeds.write_text(NEWS.format(1), "utf-8")

    def live(*answers: tuple[int, dict[str, str], bytes]) -> list[tuple[str, int]]:
        for answer in answers:
            portal.answers[NEWS.format(1)] = answer
            if (data / FILE).exists():
                due_now(data)
            crawl_by(portal, data, "-a", f"urls={seeds}")
        return [(one["kind"], one["revision"]) for one in records(data)]

    return live


HERE, TAGGED = (200, HTML, article("桥头").encode()), (200, HTML | {"ETag": '"a"'}, article("桥头").encode())
GONE, DOWN, SAME = (404, {}, b""), (500, {}, b""), (304, {"ETag": '"a"'}, b"")


def test_what_comes_back_is_told_even_if_it_has_not_changed(life):
    assert life(TAGGED, GONE, SAME) == [("article", 1), ("tombstone", 1), ("article", 2)]


def test_what_is_gone_stays_so_while_nobody_answers(life):
    assert life(HERE, GONE, DOWN, GONE, DOWN, HERE) == [("article", 1), ("tombstone", 1), ("article", 2)]


def test_what_is_known_need_not_be_asked_for(portal, tmp_path):
    seeds = tmp_path / "seeds.txt"
    seeds.write_text(NEWS.format(1), "utf-8")
    portal.answers[NEWS.format(1)] = HERE
    for _ in range(2):
        run = crawl_by(portal, tmp_path / "data", "-a", f"urls={seeds}")
        assert run.status == 0, run.err
    assert len([url for url, _ in portal.asked if url == NEWS.format(1)]) == 1


def test_moved_article_is_known_by_its_old_address_too(portal, tmp_path):
    (tmp_path / "seeds.txt").write_text(NEWS.format(1), "utf-8")
    portal.redirect(NEWS.format(1), NEWS.format(2))
    portal.answers[NEWS.format(2)] = HERE
    run = crawl_by(portal, tmp_path / "data", "-a", f"urls={tmp_path / 'seeds.txt'}")
    (record,) = run.records
    assert (record["url"], record["aliases"]) == (NEWS.format(2), [NEWS.format(1)])


MAINTENANCE = (200, HTML, "<html><body><p>系统维护中</p></body></html>".encode())


def test_page_of_something_else_is_a_gap_in_a_column(portal, tmp_path):
    def list_articles(*pages: list[int] | None) -> None:
        others = " ".join(f'<a href="china_{other}.htm">[{other}]</a>' for other in range(2, len(pages) + 1))
        for number, ids in enumerate(pages, start=1):
            url = COLUMN if number == 1 else COLUMN.replace(".htm", f"_{number}.htm")
            more = f'{others} <a href="china_{number + 1}.htm">下一页</a>' if number < len(pages) else others
            items = "".join(ITEM.format(NEWS.format(one)) for one in ids or ())
            portal.answers[url] = (
                (200, HTML, LISTING.format(items, PAGER.format(more)).encode()) if ids else MAINTENANCE
            )
            portal.answers |= {NEWS.format(one): (200, HTML, article(f"第{one}篇").encode()) for one in ids or ()}

    def run() -> Run:
        return crawl_by(portal, tmp_path / "data", "-a", f"urls={tmp_path / 'seeds.txt'}")

    (tmp_path / "seeds.txt").write_text(COLUMN, "utf-8")
    list_articles([1, 2], [3, 4])
    assert run().status == 0
    list_articles([6, 5], None, [1, 2], [3, 4])
    assert run().status == 0
    list_articles([6, 5], [8, 7], [1, 2], [3, 4])
    run()
    assert sorted(one["id"] for one in records(tmp_path / "data")) == [f"fjsen:{number}" for number in range(1, 9)]


def test_site_that_shows_no_column_has_not_answered(portal, tmp_path):
    portal.answers[COLUMN] = MAINTENANCE
    (tmp_path / "seeds.txt").write_text(COLUMN, "utf-8")
    run = crawl_by(portal, tmp_path / "data", "-a", f"urls={tmp_path / 'seeds.txt'}")
    assert run.status == 69
    assert run.err.endswith("\nscrapy crawl: no column gave a list of articles: 1 no-listing\n")


def test_archive_that_does_not_have_an_article_does_not_bury_it(portal, tmp_path):
    (tmp_path / "seeds.txt").write_text(NEWS.format(1), "utf-8")
    portal.answers[NEWS.format(1)] = HERE
    crawl_by(portal, tmp_path / "data", "-a", f"urls={tmp_path / 'seeds.txt'}")
    due_now(tmp_path / "data")
    crawl(tmp_path / "data", "-a", f"urls={tmp_path / 'seeds.txt'}", replay=PORTAL)
    assert [one["kind"] for one in records(tmp_path / "data")] == ["article"]


FAILS_ONCE = """
import errno, os
fsync, failed = os.fsync, []
def fail_once(file):
    if not failed and os.readlink(f"/proc/self/fd/{file if isinstance(file, int) else file.fileno()}").endswith(".part"):
        failed.append(file)
        raise OSError(errno.EIO, "Input/output error")
    fsync(file)
os.fsync = fail_once
"""


def test_disk_that_fails_once_is_not_believed_the_second_time(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(FAILS_ONCE, "utf-8")
    data = tmp_path / "data"
    assert crawl(data, "-a", "channels=xm", env={"PYTHONPATH": str(tmp_path)}).status == 74
    run = crawl(data, "-a", "channels=xm")
    assert run.status == 0, run.err
    ids = [one["id"] for one in records(data)]
    whole = crawl(tmp_path / "whole", "-a", "channels=xm").ids
    assert sorted(ids) == whole


FAILS_BEFORE_THE_FIRST_RECORD = FAILS_ONCE.replace(
    'endswith(".part")', 'endswith(".open") and "_begin" in {one.name for one in traceback.extract_stack()}'
).replace("import errno, os", "import errno, os, traceback")


def test_archive_that_fails_before_the_first_record_is_not_believed_either(tmp_path, portal, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "sitecustomize.py").write_text(FAILS_BEFORE_THE_FIRST_RECORD, "utf-8")
    (tmp_path / "seeds.txt").write_text(NEWS.format(1), "utf-8")
    portal.answers[NEWS.format(1)] = HERE
    run = crawl_by(portal, tmp_path / "data", "-a", f"urls={tmp_path / 'seeds.txt'}")
    assert run.status == 74, run.err
    with closing(sqlite3.connect(tmp_path / "data" / FILE)) as ledger:
        assert ledger.execute("SELECT url FROM page").fetchall() == []


ASIDE = """
class Dicts:
    def process_item(self, item):
        return {"title": item.title}
"""


def test_pipeline_that_makes_something_else_of_records_does_not_stop_the_crawl(tmp_path):
    (tmp_path / "aside.py").write_text(ASIDE, "utf-8")
    settings = {"aside.Dicts": 950}
    spider = "from fjsen_spider.settings import ITEM_PIPELINES\nfrom fjsen_spider.spiders.fjsen import FjsenSpider\n\n"
    spider += f"class Own(FjsenSpider):\n    custom_settings = {{'ITEM_PIPELINES': ITEM_PIPELINES | {settings}}}\n"
    (tmp_path / "own.py").write_text(spider, "utf-8")
    run = crawl(tmp_path / "data", "-s", "SPIDER_MODULES=own", env={"PYTHONPATH": str(tmp_path)})
    assert len(run.records) == 87


def test_ledger_of_an_earlier_commit_cuts_closed_files_too(tmp_path):
    data = tmp_path / "data"
    crawl(data, "-a", "channels=xm")
    (file,) = data.glob("fjsen-*.jsonl")
    lines = file.read_bytes().splitlines(keepends=True)
    with sqlite3.connect(
        data / FILE
    ) as ledger:  # as a power cut may leave it: the file has its name, the ledger half of it
        ledger.execute("UPDATE file SET closed = 0, size = ? WHERE kind = 'records'", (len(b"".join(lines[:3])),))
        ledger.execute(
            "UPDATE article SET state = 'owed', due = 0, revision = 0 WHERE \"offset\" >= ?",
            (len(b"".join(lines[:3])),),
        )
    ledger.close()
    assert crawl(data, "-a", "channels=xm").status == 0
    ids = [one["id"] for one in records(data)]
    assert sorted(ids) == sorted({json.loads(line)["id"] for line in lines})


def test_damage_in_an_open_archive_costs_what_is_damaged_only(tmp_path, portal):
    (tmp_path / "seeds.txt").write_text("\n".join(NEWS.format(number) for number in range(1, 9)), "utf-8")
    portal.answers |= {NEWS.format(number): (200, HTML, article(f"第{number}篇").encode()) for number in range(1, 9)}
    crawl_by(portal, tmp_path / "data", "-a", f"urls={tmp_path / 'seeds.txt'}")
    (file,) = (tmp_path / "data/warc").glob("*.warc.gz")
    whole = file.read_bytes()
    left = file.with_name(f"{file.name}.open")
    left.write_bytes(
        whole[: len(whole) // 3] + bytes([whole[len(whole) // 3] ^ 255]) + whole[len(whole) // 3 + 1 :] + b"torn"
    )
    file.unlink()
    assert repair(left, len(whole)) > len(whole) // 2
    assert file.stat().st_size == len(whole)
    shutil.copy(file, left)
    left.write_bytes(whole + b"torn")
    assert repair(left, len(whole)) == 0
    assert file.read_bytes() == whole
    assert read_by_warcio(file)


def test_damaged_image_is_no_full_disk(tmp_path):
    Ledger.begin(tmp_path / FILE, "20261125T090000Z", 0).close()
    image = bytearray((tmp_path / FILE).read_bytes())
    image[100:4096] = b"\xff" * 3996
    (tmp_path / FILE).write_bytes(image)
    for log in tmp_path.glob(f"{FILE}-*"):
        log.unlink()
    with pytest.raises(DamagedLedgerError):
        Ledger.begin(tmp_path / FILE, "20261125T100000Z", 0)


def test_ledger_made_again_knows_the_latest_revision_whatever_files_are_called(tmp_path):
    data = tmp_path / "data"
    crawl(data, "-a", "channels=xm")
    (file,) = data.glob("fjsen-*.jsonl")
    first = json.loads(file.read_text("utf-8").splitlines()[0])
    early = data / "fjsen-19700101T000000Z.jsonl"
    early.write_text(json.dumps(first | {"revision": 2}, ensure_ascii=False) + "\n", "utf-8")
    (data / FILE).unlink()
    ledger = open_ledger(data, "20261125T090000Z", Schedule((60,)), Counts())
    entry = ledger.articles.get(int(first["id"].removeprefix("fjsen:")))
    assert (entry.revision, entry.records, entry.state) == (2, early.name, State.DONE)
    ledger.close()


class Counts(dict):
    """Stats of no crawl."""

    def set_value(self, key: str, value: object) -> None:
        self[key] = value

    def inc_value(self, key: str, count: int = 1) -> None:
        self[key] = self.get(key, 0) + count


def test_what_may_pass_is_tried_for_ever():
    schedule = Schedule((60, 3600))
    assert [schedule.retry(attempts, 0, ever=True) for attempts in (1, 2, 3, 9)] == [60, 3600, 3600, 3600]
    assert Schedule(()).retry(5, 0, ever=True) == 86400


def test_feed_that_keeps_nothing_is_no_failure():
    stats = {"finish_reason": "finished", "item_scraped_count": 1}
    assert exit_status(stats, feeds=0) == (0, "")
    assert exit_status(stats | {"feedexport/failed_count/FileFeedStorage": 1}, feeds=0)[0] == 74
