"""A crawl that is killed at any moment, started again until it is done: nothing lost, nothing twice, nothing torn."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen
from typing import Final

import pytest
from cases import ROOT
from faultportal.crawls import begun
from faultportal.server import Answer, Asked
from faultportal.tally import records_of, tally
from validating import Validating

from fjsen_spider.urls import classify

SOAK: Final = bool(os.environ.get("FJSEN_SOAK"))
SEEDS: Final = range(25) if SOAK else range(2)
KILLS: Final = 3 if SOAK else 2
"""Of each seed, before the run that may go to its end."""
ROUNDS: Final = 8
"""After which a seed has to do with the kills that it had: a run may end before its moment comes."""
STEPS: Final = {
    "fsync": 12, "commit": 16, "write": 60, "rename": 2, "replace": 3, "unlink": 2, "end": 1,
}  # fmt: skip
"""What a run dies at → the last time in a run that is tried."""
KILLER: Final = str(ROOT / "tests" / "faultportal" / "killer")
LONGEST: Final = 60


class Slow(Validating):
    """The portal at a pace that leaves time to die."""

    delay = 0.004

    def answer(self, asked: Asked) -> Answer:
        time.sleep(self.delay)
        return super().answer(asked)


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
        if when_asked(site, rng.randint(1, 120), run):
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
        assert run.wait(LONGEST) == 0, data.with_name(f"{data.name}.log").read_text("utf-8")


@pytest.mark.parametrize("seed", SEEDS)
def test_30_killed_at_any_moment(seed, site, truth, tmp_path, record_property):
    rng, data, kills, rounds = random.Random(seed), tmp_path / "data", 0, 0
    while kills < KILLS and rounds < ROUNDS:
        ended = (kill_at_random if rounds % 3 == 0 else kill_at_step)(site, data, rng)
        assert ended in (0, -signal.SIGKILL), data.with_name(f"{data.name}.log").read_text("utf-8")
        kills, rounds = kills + (ended != 0), rounds + 1
    finish(site, data)
    before = len(site.asked)
    finish(site, data)
    found = tally(data, truth)
    record_property("killed", {"seeds": 1, "kills": kills, **found.counts})
    assert found.is_clean, found
    assert kills >= 2
    again = [known for one in site.asked[before:] if (known := classify(one.url)) and known.content_id]
    assert again == [], "what is known is not asked for"


def ended_by(run: Popen[bytes], signals: int) -> tuple[int, float]:
    """Ask a run to end; return its exit status, and the seconds that it took."""
    start = time.monotonic()
    for _ in range(signals):
        run.send_signal(signal.SIGTERM)
        time.sleep(0.2)
    return run.wait(LONGEST), time.monotonic() - start


@pytest.fixture
def data(tmp_path) -> Path:
    return tmp_path / "data"


def test_31_run_that_is_asked_to_end_finishes_what_is_on_its_way(site, truth, data):
    site.delay = 0.1
    with begun(site, data) as run:
        assert when_asked(site, 40, run)
        status, seconds = ended_by(run, 1)
    asked = {f"fjsen:{known.content_id}" for one in site.asked if (known := classify(one.url)) and known.content_id}
    assert status == 75
    assert seconds < 20
    recorded = records_of(data)
    assert 0 < len(recorded) < len(truth)
    cut = {key for key in asked & truth.keys() if truth[key]["pages"]["total"] > 1}
    assert (asked & truth.keys()) - recorded.keys() <= cut, (
        "what was answered is recorded, unless more pages were to come"
    )
    site.delay = 0
    finish(site, data)
    assert tally(data, truth).is_clean, tally(data, truth)


def test_31_second_signal_forces_and_nothing_is_lost(site, truth, data):
    site.delay = 2
    with begun(site, data) as run:
        assert when_asked(site, 9, run)
        status, seconds = ended_by(run, 2)
    assert status != 0
    assert seconds < 5
    site.delay = 0
    finish(site, data)
    assert tally(data, truth).is_clean, tally(data, truth)


def test_34_second_run_is_refused_at_once_and_35_a_killed_one_holds_nothing(site, data):
    site.delay = 0.05
    with begun(site, data) as first:
        assert when_asked(site, 10, first)
        with begun(site, data) as second:
            assert second.wait(LONGEST) == 75
        told = data.with_name("data.log").read_text("utf-8").splitlines()
        assert any(line.startswith(f"scrapy crawl: {data} is in use by process {first.pid}, since 20") for line in told)
        assert first.poll() is None, "and the first goes on"
        first.kill()
        first.wait()
    site.delay = 0
    finish(site, data)
