"""The ledger: committed or not there, versioned, told apart from what is none; the schedule of visits."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from fjsen_spider.crawling.ledger import FILE, DamagedLedgerError, KnownPage, Ledger, LedgerError, schema
from fjsen_spider.crawling.lock import FolderLock, HeldError
from fjsen_spider.crawling.schedule import Schedule
from fjsen_spider.crawling.scope import Scope
from fjsen_spider.crawling.walks import Walks

URL = "http://xm.fjsen.com/2018-03/05/content_{}.htm"
NOW = 1_795_000_000
DAY = 86_400


_OPENED: list[Ledger] = []


@pytest.fixture(autouse=True)
def _closed():
    """Close what a test has left open, as if its process had been killed."""
    yield
    while _OPENED:
        _OPENED.pop().close()


def begun(tmp_path, name: str = "20261125T090000Z") -> Ledger:
    _OPENED.append(Ledger.begin(tmp_path / FILE, name, NOW))
    return _OPENED[-1]


def test_what_is_not_committed_was_never_noted(tmp_path):
    ledger = begun(tmp_path)
    column = ledger.columns.get("http://xm.fjsen.com/a.htm").id
    ledger.articles.add(1, URL.format(1), column, 1, None)
    ledger.commit()
    ledger.articles.add(2, URL.format(2), column, 2, None)
    ledger.files.begin("fjsen-x.jsonl", "records")
    ledger.close()
    again = begun(tmp_path)
    assert again.articles.get(1).state == "owed"
    assert again.articles.get(2) is None
    assert again.files.open() == []
    again.end(NOW, "finished")
    with closing(Ledger.read(tmp_path / FILE)) as ended:
        told = ended.connection.execute("SELECT reason FROM run ORDER BY id").fetchall()
    assert [row["reason"] for row in told] == ["killed", "finished"]


def test_older_ledger_is_brought_up_to_date_whole_or_not_at_all(tmp_path, monkeypatch):
    ledger = begun(tmp_path)
    ledger.articles.add(1, URL.format(1), 1, 1, None)
    ledger.end(NOW, "finished")
    steps = schema.MIGRATIONS
    monkeypatch.setattr(schema, "MIGRATIONS", (*steps, "CREATE TABLE extra (a); INSERT INTO nowhere VALUES (1);"))
    with pytest.raises(LedgerError, match="no such table: nowhere"):
        begun(tmp_path)
    connection = sqlite3.connect(tmp_path / FILE)
    assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'extra'").fetchall() == []
    connection.close()
    monkeypatch.setattr(schema, "MIGRATIONS", (*steps, "CREATE TABLE extra (a)"))
    ledger = begun(tmp_path)
    assert schema.version(ledger.connection) == len(steps) + 1
    assert ledger.articles.get(1).host == "xm.fjsen.com"
    ledger.end(NOW, "finished")
    monkeypatch.undo()
    with pytest.raises(LedgerError, match=f"made by a newer fjsen-spider .version {len(steps) + 1}"):
        begun(tmp_path)


def test_file_that_is_no_ledger_is_damaged(tmp_path):
    (tmp_path / FILE).write_bytes(b"x" * 5000)
    with pytest.raises(DamagedLedgerError):
        begun(tmp_path)


def test_page_is_known_by_its_last_capture(tmp_path):
    ledger = begun(tmp_path)
    first = KnownPage(
        url=URL.format(1), etag='"a"', last_modified=None, digest="sha1:A", warc="w", offset=1, length=2, date="d"
    )  # fmt: skip
    ledger.pages.keep(first)
    assert ledger.pages.get(first.url) == first
    assert ledger.pages.get(URL.format(2)) is None
    ledger.close()


def test_second_holder_is_told_who_has_the_folder(tmp_path):
    lock = FolderLock(tmp_path, "since noon")
    with pytest.raises(HeldError, match=r"is in use by process \d+, since noon"):
        FolderLock(tmp_path, "since one")
    lock.release()
    FolderLock(tmp_path, "since two").release()


def walk(ledger: Ledger, *, now: int = NOW, since: date | None = None) -> Walks:
    return Walks(ledger=ledger, scope=Scope(since=since), now=now, deep_every=7 * DAY)


def test_walk_stops_at_the_first_page_without_news_but_not_behind_a_gap(tmp_path):
    ledger = begun(tmp_path)
    walks = walk(ledger)
    first = walks.begin("a")
    assert walks.goes_on(first, news=False, too_old=False, more=True), "nobody has seen the end yet"
    assert not walks.goes_on(first, news=True, too_old=False, more=False)
    again = walks.begin("a")
    assert walks.goes_on(again, news=True, too_old=False, more=True)
    walks.missed(again, "503")
    assert walks.goes_on(again, news=False, too_old=False, more=True), "what was missed may hide news"
    assert not walks.goes_on(again, news=False, too_old=False, more=False)
    assert ledger.columns.get("a").deep == NOW
    for patience in (True, True, False):
        third = walks.begin("a")
        walks.missed(third, "404")
        assert walks.goes_on(third, news=False, too_old=False, more=True), "it may be there again"
        assert not walks.goes_on(third, news=False, too_old=False, more=False)
        assert (ledger.columns.get("a").missed > 0) is patience, "what is never there hides nothing"
    late = walk(ledger, now=NOW + 8 * DAY)
    assert late.goes_on(late.begin("a"), news=False, too_old=False, more=True), "now and then to the end"
    back = walk(ledger, now=NOW - DAY)
    assert back.goes_on(back.begin("a"), news=False, too_old=False, more=True), "a clock that went back proves nothing"


def test_walk_that_has_had_its_pages_has_no_gap(tmp_path):
    ledger = begun(tmp_path)
    walks = walk(ledger)
    endless = walks.begin("a")
    endless.pages = 9999
    walks.missed(endless, "refused-listing-pages")
    assert (endless.pages, endless.gap) == (0, False)
    ledger.close()


def test_column_known_down_to_a_day_is_walked_further_for_an_earlier_one(tmp_path):
    ledger = begun(tmp_path)
    walks = walk(ledger, since=date(2018, 2, 1))
    assert not walks.goes_on(walks.begin("a"), news=True, too_old=True, more=True)
    same, earlier = walk(ledger, since=date(2018, 2, 1)), walk(ledger, since=date(2018, 1, 1))
    assert not same.goes_on(same.begin("a"), news=False, too_old=False, more=True)
    assert earlier.goes_on(earlier.begin("a"), news=False, too_old=False, more=True)
    everything = walk(ledger)
    assert not everything.goes_on(everything.begin("a"), news=False, too_old=False, more=False)
    assert not earlier.goes_on(earlier.begin("a"), news=False, too_old=False, more=True)


def test_what_an_interrupted_walk_met_is_news_to_the_next(tmp_path):
    ledger = begun(tmp_path)
    column = ledger.columns.get("a")
    ledger.columns.walked(column, ledger.run, floor="", deep=NOW)
    ledger.end(NOW, "finished")
    for _ in range(2):  # both meet the same article; neither walks to a page without news
        ledger = begun(tmp_path)
        column = ledger.columns.get("a")
        first = ledger.articles.meet(1, URL.format(1), column.id, 1, None)
        assert first is None or first > column.walked
        ledger.end(NOW, "shutdown")
    ledger = begun(tmp_path)
    ledger.columns.walked(column, ledger.run, floor="")
    assert ledger.articles.meet(1, URL.format(1), column.id, 1, None) <= ledger.columns.get("a").walked
    ledger.close()


def test_schedule_of_visits():
    schedule = Schedule.read("6h,1d,7d,30d")
    noon = NOW - NOW % DAY + 4 * 3600
    published = date.fromtimestamp(noon)
    assert schedule.revisit(noon, published, noon) == noon + 6 * 3600
    assert schedule.revisit(noon, published, noon + 6 * 3600) == noon + DAY
    assert schedule.revisit(noon, published, noon + 31 * DAY) is None
    assert schedule.revisit(noon + 31 * DAY, published, noon + 31 * DAY) is None, "old when it was first seen"
    assert schedule.revisit(noon, None, noon) is None
    assert [schedule.retry(attempts, NOW) for attempts in (1, 4, 5)] == [NOW + 6 * 3600, NOW + 30 * DAY, None]
    assert Schedule.read("").retry(1, NOW) is None


@pytest.mark.parametrize("spans", ["6", "6h;1d", "1d,6h", "0h", "1h,1h", "-1h"])
def test_schedule_that_makes_no_sense(spans):
    with pytest.raises(ValueError, match=r"is no span of time|does not grow"):
        Schedule.read(spans)
