"""A crawl that is killed at any moment, started again until it is done: nothing lost, nothing twice, nothing torn."""

from __future__ import annotations

import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Final

import pytest
from faultportal.crawls import KILLER, SOAK, begun
from faultportal.server import Answer, Asked
from faultportal.tally import Tally, records_of, tally
from validating import Validating

from fjsen_spider.archive.mirror import Mirror
from fjsen_spider.crawling.ledger import FILE, Ledger
from fjsen_spider.urls import classify

SEEDS: Final = range(25) if SOAK else range(1)
KILLS: Final = 3 if SOAK else 2
"""Of each seed, before the run that may go to its end."""
ROUNDS: Final = 20
"""A run may end before its moment comes."""
STEPS: Final = {
    "fsync": 12, "commit": 16, "write": 60, "rename": 2, "replace": 3, "unlink": 2, "end": 1,
}  # fmt: skip
"""What a run dies at → the last time in a run that is tried."""
LONGEST: Final = 120
OF_TWO_PAGES: Final = "http://news.fjsen.com/2018-02/27/content_20955238.htm"


class Slow(Validating):
    """The portal at a pace that leaves time to die."""

    delay = 0.004

    def answer(self, asked: Asked) -> Answer:
        answer = super().answer(asked)
        time.sleep(self.delay)
        return answer


@contextmanager
def slow_portal() -> Iterator[Slow]:
    with Slow() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def site():
    with slow_portal() as server:
        yield server


@pytest.fixture(scope="module")
def truth(archived):
    """The records of a crawl that nothing happened to."""
    return records_of(archived[0])


def when_asked(site: Slow, count: int, run: Popen[bytes]) -> bool:
    """Wait until so many more requests have been made; tell whether the run still goes."""
    goal, give_up = len(site.asked) + count, time.monotonic() + LONGEST
    while len(site.asked) < goal and run.poll() is None and time.monotonic() < give_up:
        time.sleep(0.001)
    return run.poll() is None


def kill_at_random(site: Slow, data: Path, rng: random.Random) -> int:
    """Kill a run some milliseconds behind one of its requests; return how it ended."""
    with begun(site, data) as run:
        if when_asked(site, rng.randint(1, 100), run):
            time.sleep(rng.uniform(0, 0.02))
            run.kill()
        return run.wait(LONGEST)


def kill_at_step(site: Slow, data: Path, rng: random.Random) -> int:
    """Let a run kill itself at a step of what must not come apart; return how it ended."""
    step, last = rng.choice(list(STEPS.items()))
    when = rng.choice(["before", "torn", "after"] if step == "write" else ["before", "after"])
    told = {"PYTHONPATH": KILLER, "FJSEN_KILL": f"{step}:{rng.randint(1, last)}:{when}"}
    with begun(site, data, env=told) as run:
        return run.wait(LONGEST)


def finish(site: Slow, data: Path) -> None:
    with begun(site, data) as run:
        assert run.wait(LONGEST) == 0, logged(data)


def logged(data: Path) -> str:
    return data.with_name(f"{data.name}.log").read_text("utf-8")[-5000:]


CHOSEN: Final = ("write:80:torn", "commit:9:before", "fsync:9:after")
"""Right where a run comes apart: in a record, between files and ledger, and between the two files."""


def test_30_killed_where_it_hurts(site, truth, tmp_path, record_property):
    data = tmp_path / "data"
    for step in CHOSEN:
        with begun(site, data, env={"PYTHONPATH": KILLER, "FJSEN_KILL": step}) as run:
            assert run.wait(LONGEST) == -signal.SIGKILL, logged(data)
    finish(site, data)
    found = tally(data, truth)
    record_property("killed", {"seeds": 1, "kills": len(CHOSEN), **found.counts})
    assert found.is_clean, found


def test_30_killed_before_its_first_record(site, tmp_path):
    """Its page has just been archived: no page may be known for sure whose archive is not."""
    data = tmp_path / "data"
    with begun(site, data, env={"PYTHONPATH": KILLER, "FJSEN_KILL": "begin:1:before"}) as run:
        assert run.wait(LONGEST) == -signal.SIGKILL, logged(data)
    with closing(Ledger.read(data / FILE)) as ledger:
        sure = {Path(file.name).name: file.size for file in ledger.files.all()}
        known = [(warc, end) for warc, end in ledger.connection.execute('SELECT warc, "offset" + length FROM page')]
    assert known
    assert [one for one in known if one[1] > sure.get(one[0], 0)] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_30_killed_at_any_moment(seed, site, truth, tmp_path, record_property):
    """A run that ends before its moment comes leaves nothing to kill: the next one begins in another folder."""
    rng, kills, folders = random.Random(seed), 0, [tmp_path / "data1"]
    for number in range(ROUNDS):
        kill = kill_at_step if number % 3 else kill_at_random
        ended = kill(site, folders[-1], rng)
        assert ended in (0, -signal.SIGKILL), logged(folders[-1])
        kills += ended != 0
        if kills == KILLS:
            break
        if ended == 0:
            folders.append(tmp_path / f"data{len(folders) + 1}")
    total: Counter[str] = Counter()
    for data in folders:
        finish(site, data)
        before = len(site.asked)
        finish(site, data)
        assert articles(site, before) == set(), "what is known is not asked for"
        found = tally(data, truth)
        total.update(found.counts)
        assert found.is_clean, found
    record_property("killed", {"seeds": 1, "kills": kills, **total})
    assert kills == KILLS


def ended_by(run: Popen[bytes], signals: int) -> tuple[int, float]:
    """Ask a run to end; return its exit status, and the seconds that it took."""
    start = time.monotonic()
    for _ in range(signals):
        run.send_signal(signal.SIGTERM)
        time.sleep(0.2)
    return run.wait(LONGEST), time.monotonic() - start


@dataclass(frozen=True)
class Stopped:
    """What became of runs that were told to end, one after the other in the same folder."""

    refused: tuple[int, str]
    """A second run beside the first: exit status, and what it said."""
    first: int
    """Process id of the run that had the folder."""
    asked_to_end: tuple[int, float]
    recorded: set[str]
    """By the run that was asked to end."""
    asked: set[str]
    """Articles that it had asked for."""
    forced: tuple[int, float]
    found: Tally
    """Of a last run that was left alone."""


@pytest.fixture(scope="module")
def stopped(truth, tmp_path_factory):
    data = tmp_path_factory.mktemp("stopped") / "data"
    with slow_portal() as site:
        page = Mirror(site.tree).get(OF_TWO_PAGES)
        site.edited[OF_TWO_PAGES] = page.body.replace(
            b"_all.htm", b"_2.htm"
        )  # nothing but its second page is left to ask
        with begun(site, data, "-s", "CONCURRENT_REQUESTS=64") as run:
            assert when_asked(site, 12, run)
            site.delay = 0.2
            while not site.times(OF_TWO_PAGES):
                assert when_asked(site, 1, run)
            time.sleep(0.3)  # by now its second page stands in the queue of the host
            ended = ended_by(run, 1)
        asked, recorded = articles(site), {*records_of(data)}
        with begun(site, data, "-s", "CONCURRENT_REQUESTS=64") as run:
            assert when_asked(site, 20, run)
            refused = second_run(site, data)
            site.delay = 3
            assert when_asked(site, 2, run)
            forced = ended_by(run, 2)
        site.delay = 0
        finish(site, data)
    return Stopped(refused, run.pid, ended, recorded, asked, forced, tally(data, truth))


def second_run(site: Slow, data: Path) -> tuple[int, str]:
    log = data.with_name("data.log")
    before = log.stat().st_size
    with begun(site, data) as run:
        status = run.wait(LONGEST)
    return status, log.read_bytes()[before:].decode()


def articles(site: Slow, since: int = 0) -> set[str]:
    """The articles that were asked for, from so many requests on."""
    asked = (classify(one.url) for one in site.asked[since:])
    return {f"fjsen:{known.content_id}" for known in asked if known and known.content_id}


def test_31_run_that_is_asked_to_end_finishes_what_is_on_its_way(stopped, truth):
    status, seconds = stopped.asked_to_end
    assert status == 75
    assert seconds < 15
    assert 0 < len(stopped.recorded) < len(truth)
    of_more_pages = {key for key, record in truth.items() if record["pages"]["total"] > 1}
    assert (stopped.asked & truth.keys()) - stopped.recorded <= of_more_pages, "what was answered is recorded"
    assert stopped.found.is_clean, stopped.found


def test_31_second_signal_forces_and_nothing_is_lost(stopped):
    status, seconds = stopped.forced
    assert status == 75
    assert seconds < 2.5, "less than an answer takes"
    assert stopped.found.is_clean, stopped.found


def test_34_second_run_is_refused_at_once(stopped):
    status, told = stopped.refused
    assert status == 75
    assert f" is in use by process {stopped.first}, since 20" in told
    assert stopped.found.is_clean, stopped.found
