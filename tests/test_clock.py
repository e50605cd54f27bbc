"""A clock that is wrong, or set while a run goes."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from faultportal.crawls import begun
from faultportal.server import Answer, http
from faultportal.tally import records_of, tally
from test_forty_runs import articles_asked, in_ledger
from validating import validating

from fjsen_spider.archive.mirror import Mirror
from fjsen_spider.urls import classify

CLOCK = """
import datetime, os, time
REAL = time.time
START, AHEAD, JUMPS, PUT_BACK = REAL(), int(os.environ["FJSEN_AHEAD"]), "FJSEN_JUMPS" in os.environ, os.environ.get("FJSEN_PUT_BACK")

def shown():
    now = REAL()
    turn = int((now - START) / 0.7)  # ahead, back, as it is, and again
    put_back = PUT_BACK and os.path.exists(PUT_BACK)
    return now + AHEAD * ((1, -1, 0)[turn % 3] if JUMPS else not put_back)

class Clock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(shown(), tz)

time.time, datetime.datetime = shown, Clock
"""
YEAR = 365 * 86_400


@pytest.fixture
def wrong_clock(tmp_path):
    """The environment of a crawl whose clock is so many seconds ahead, or jumps by them all the time.

    FJSEN_PUT_BACK names a file: when it is there the clock is right.
    """
    (tmp_path / "sitecustomize.py").write_text(CLOCK, "utf-8")

    def ahead(seconds: int, **more: str) -> dict[str, str]:
        return {"PYTHONPATH": str(tmp_path), "FJSEN_AHEAD": str(seconds), **more}

    return ahead


def test_37_clock_that_was_a_year_ahead_or_in_1970_puts_nothing_off(archived, tmp_path, wrong_clock):
    data, dead = tmp_path / "data", "SELECT max(due) FROM article WHERE state = 'gone'"
    with validating() as server:
        runs = [wrong_clock(YEAR), wrong_clock(-int(time.time()) + 90_000), {}]
        for env in runs:
            with begun(server, data, env=env) as run:
                assert run.wait(60) == 0
            if not env:
                assert in_ledger(data, dead)[0][0] < time.time() + 31 * 86_400, "due in the time that is now"
    told = data.with_name("data.log").read_text("utf-8")
    assert told.count("The clock says ") == 1, "when it had gone back"
    assert "The clock says 1970-01-02T" in told
    found = tally(data, records_of(archived[0]))
    assert found.is_clean, found


def test_37_clock_that_jumps_while_a_run_goes(archived, tmp_path, wrong_clock):
    data, busy = tmp_path / "data", "http://xm.fjsen.com/2026-01/22/content_32195125.htm"
    with validating() as server:
        server.scripts[busy] = [http(status=429, Retry_After="2"), http(Mirror(server.tree).get(busy).body)]
        with begun(server, data, env=wrong_clock(YEAR, FJSEN_JUMPS="1")) as run:
            assert run.wait(60) == 0
        first, again = server.times(busy)
        assert 2 <= again - first < 12, "a wait is as long as it is"
        asked = Counter(one.url for one in server.asked if classify(one.url))
        assert {url for url, times in asked.items() if times > 1} == {busy}, "nothing is due again by a jump"
    found = tally(data, records_of(archived[0]))
    assert found.is_clean, found


def test_37_clock_that_is_put_back_holds_up_no_timeout(tmp_path, wrong_clock):
    silent, sign, urls = "http://xm.fjsen.com/2026-01/22/content_32195125.htm", tmp_path / "sign", tmp_path / "urls"
    urls.write_text(silent)

    def put_back() -> Answer:
        sign.touch()
        return http(delay=600)

    with validating() as server:
        server.scripts[silent] = [put_back]
        env = wrong_clock(YEAR, FJSEN_PUT_BACK=str(sign))
        options = ("-a", f"urls={urls}", "-s", "DOWNLOAD_TIMEOUT=2", "-s", "RETRY_TIMES=0")
        with begun(server, tmp_path / "data", *options, env=env) as run:
            assert run.wait(60) != 0
    assert (tmp_path / "data.log").read_text("utf-8").endswith("1 article/DownloadTimeoutError\n")


@pytest.mark.parametrize(
    "seconds", [-8 * 3600, 8 * 3600, YEAR], ids=["8 hours behind", "8 hours ahead", "a year ahead"]
)
def test_37_clock_that_is_put_right_in_a_run_has_nothing_asked_again_or_put_off(tmp_path, wrong_clock, seconds):
    data, sign, first = tmp_path / "data", tmp_path / "sign", "http://xm.fjsen.com/2026-01/22/content_32195125.htm"

    with validating() as server:

        def put_right() -> Answer:
            sign.touch()
            return http(Mirror(server.tree).get(first).body)

        server.scripts[first] = [put_right]
        for env in (wrong_clock(seconds, FJSEN_PUT_BACK=str(sign)), {}):
            before = len(server.asked)
            with begun(server, data, env=env) as run:
                assert run.wait(90) == 0
        assert sign.exists()
        then = [one.url for one in server.asked].index(first)
        early = {f"fjsen:{known.content_id}" for one in server.asked[:then] if (known := classify(one.url))}
        assert set(articles_asked(server, before)) <= early, "what was settled by the right time is not due again"
    assert (in_ledger(data, "SELECT max(due) FROM article")[0][0] or 0) < time.time() + 31 * 86_400
