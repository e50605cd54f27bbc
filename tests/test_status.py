"""`fjsen status` over the data folders of real crawls."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from threading import Timer

import pytest
from test_cli import fjsen, one_line
from test_crawl import crawl

from fjsen_spider.crawling.ledger import FILE, Ledger
from fjsen_spider.crawling.lock import FolderLock


@pytest.fixture(scope="module")
def crawled(tmp_path_factory) -> Path:
    """A folder with a run that was stopped, and the one after it."""
    data = tmp_path_factory.mktemp("status") / "data"
    assert crawl(data, "-s", "CLOSESPIDER_ITEMCOUNT=40").status == 75
    assert crawl(data).status == 0
    return data


@pytest.fixture
def data(crawled, tmp_path) -> Path:
    return shutil.copytree(crawled, tmp_path / "data")


def told(data: Path, status: int, *options: object) -> dict:
    run = fjsen("status", data, "--json", *options)
    assert run.returncode == status, run.stderr
    return json.loads(run.stdout)


def test_runs_and_articles(crawled):
    found = told(crawled, 0)
    last, first = found["runs"]
    assert (last["exit_status"], last["finish_reason"], last["meaning"]) == (0, "finished", "done")
    assert (first["exit_status"], first["finish_reason"]) == (75, "closespider_itemcount")
    assert first["why"] == "the run ended before it was done: closespider_itemcount"
    assert last["articles"]["recorded"] + first["articles"]["recorded"] == found["articles"]["done"] == 87
    assert 0 <= last["seconds"] < 60
    assert (found["due"], found["owed"], found["later"], found["held_by"]) == (0, 0, 5, None)
    assert (
        sum(one["count"] for one in found["failures"]) == found["articles"]["failed"] + found["articles"]["gone"] == 4
    )
    assert {"gone: 404", "failed: not an article: empty-body"} <= {
        f"{one['state']}: {one['outcome']}" for one in found["failures"]
    }
    column = next(one for one in found["columns"] if one["name"] == "政务")
    assert column["walked"] == last["start"]
    assert first["start"] - 60 < column["deep"] <= last["end"]
    assert told(crawled, 0, "--runs", 1)["runs"] == [last]


def test_on_the_terminal(crawled):
    run = fjsen("status", crawled, COLUMNS="140")
    assert run.returncode == 0, run.stderr
    for words in (
        "no run has it now",
        "closespider_itemcount",
        "87 done",
        "gone: 404",
        "国内 http://news.fjsen.com/china.htm",
    ):
        assert words in run.stdout


def test_last_run_that_is_no_success_or_too_long_ago_fails_a_check(data, tmp_path):
    assert crawl(tmp_path / "stopped", "-a", "channels=xm", "-s", "CLOSESPIDER_ITEMCOUNT=1").status == 75
    found = told(tmp_path / "stopped", 1)
    assert found["due"] == found["owed"] == sum(found["hosts"].values()) > 0
    assert told(data, 0, "--max-age", "2h")["well"]
    ledger = Ledger.read(data / FILE)
    ledger.connection.execute("PRAGMA query_only = 0")
    ledger.connection.execute('UPDATE run SET "end" = "end" - 7201')
    ledger.close()
    assert not told(data, 1, "--max-age", "2h")["well"]
    assert "is no span of time" in one_line(fjsen("status", data, "--max-age", "soon"))


def test_while_a_run_writes_and_when_it_was_killed(data):
    lock = FolderLock(data, "since noon")
    ledger = Ledger.begin(data / FILE, "20270101T000000Z", 1_798_761_600)
    ledger.articles.add(1, "http://xm.fjsen.com/2018-03/05/content_1.htm", 1, 0, None)  # in a transaction that goes on
    found = told(data, 0)
    assert (found["runs"][0]["finish_reason"], found["runs"][0]["exit_status"]) == ("running", None)
    assert found["held_by"].endswith("since noon")
    assert found["articles"]["owed"] == 0, "what is not committed yet is not told"
    ledger.close()
    lock.release()
    found = told(data, 1)
    assert (found["runs"][0]["finish_reason"], found["held_by"]) == ("killed", None)


def test_looking_does_not_keep_a_run_from_its_folder(data):
    looking = FolderLock(data, "looking")
    Timer(0.1, looking.release).start()
    FolderLock(data, "a run").release()


def test_ledger_that_is_gone_is_told_beside_the_runs(data):
    (data / FILE).unlink()
    found = told(data, 1)
    assert "there is no ledger" in found["ledger"]
    assert [run["exit_status"] for run in found["runs"]] == [0, 75]
    assert "there is no ledger" in fjsen("status", data).stdout


def test_what_is_no_data_folder(tmp_path):
    assert "no data folder" in one_line(fjsen("status", tmp_path))
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = fjsen_spider.settings\n", "utf-8")
    assert f"{tmp_path / 'output'}: no data folder" in one_line(fjsen("status", cwd=tmp_path))
