"""A crawl waits as long as it is asked to, obeys robots.txt, and stops where it is not wanted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from itertools import pairwise

import pytest
from cases import ROOT
from faultportal.crawls import address, below, crawl_through, page, robots, stats
from faultportal.server import Answer, End, http, serving
from scrapy.http import HtmlResponse

from fjsen_spider.crawling.politeness.challenge import challenge
from fjsen_spider.crawling.politeness.retry_after import retry_after

DATE = "Thu, 01 Jan 2026 10:00:0{} GMT"
AGAIN = ["seconds", "date", "absurd", "garbage", "reset", "silent"]
"""Hosts whose article comes with the second request."""


NO_RULES = ["webpage", "others", "huge", "moved", "forbidden", "busy"]
"""Hosts that forbid nothing."""


def gaps(times: list[float]) -> list[float]:
    return [later - earlier for earlier, later in pairwise(times)]


@pytest.fixture(scope="module")
def site():
    """The portal of the crawl that most tests are about."""
    with serving() as portal:
        yield portal


@pytest.fixture(scope="module")
def patient(site, tmp_path_factory):
    """One crawl of hosts that each fail in a way of their own."""
    first = {
        "seconds": http(status=429, Retry_After="1"),
        "date": http(status=503, Retry_After=DATE.format(1), Date=DATE.format(0)),
        "absurd": http(status=429, Retry_After="86400"),
        "garbage": http(status=503, Retry_After="soon"),
        "reset": Answer([(0, b"HTTP/1.1 200 OK\r\nContent-")], End.RESET),
        "silent": Answer([(3, b"")], End.CLOSE),
    }
    site.scripts = {address(host): [answer, page(host)] for host, answer in first.items()}
    site.scripts |= {address("seconds", number): [page(f"seconds {number}")] for number in range(2, 8)}
    site.scripts |= {
        address("broken"): [http(status=503)],
        address("twice"): [http(status=503)] * 2 + [page("twice")],
    }
    site.scripts |= {
        robots("noanswer"): [http(status=503)],
        robots("webpage"): [http("<html>User-agent: *\nDisallow: /\n</html>")],
        robots("forbids"): [http("User-agent: fjsen-spider\nDisallow: /2018-03\n", delay=0.3)],
        robots("others"): [http("User-agent: research\nDisallow: /\n\nUser-agent: *\nDisallow:\n")],
        robots("huge"): [http("User-agent: *\n" + "# a comment\n" * 50_000 + "Disallow: /\n")],
        robots("moved"): [http(status=302, Location="http://www.fjsen.com/")],
        "http://www.fjsen.com/": [http("<html>the front page</html>")],
        robots("away"): [http(status=302, Location="http://www.example.org/robots.txt")],
        robots("forbidden"): [http(status=403)],
        robots("busy"): [http(status=429), http(status=404)],
        robots("slow"): [http("User-agent: *\nCrawl-delay: 1\n")],
    }
    site.scripts |= {address(host): [page(host)] for host in (*NO_RULES, "noanswer", "away")}
    site.scripts |= {address("slow", number): [page(f"slow {number}")] for number in (1, 2, 3)}
    site.scripts |= {address("forbids", number): [page("forbidden")] for number in range(1, 6)}
    urls = [url for url in site.scripts if "content_" in url]
    pace = {
        "FJSEN_RETRY_AFTER_MAX": 1.5,
        "DOWNLOAD_TIMEOUT": 1,
        "FJSEN_BREAKER_FAILURES": 99,
        "CONCURRENT_REQUESTS": 64,
    }
    throttle = {"AUTOTHROTTLE_ENABLED": True, "AUTOTHROTTLE_START_DELAY": 0.05}
    return crawl_through(site, tmp_path_factory.mktemp("patient"), urls, **pace, **throttle)


def test_what_failed_at_first_is_recorded_in_the_end(patient):
    recorded = {record["title"] for record in patient.records}
    assert recorded >= {*AGAIN, "seconds 2", "twice"}
    assert patient.report["finish_reason"] == "finished"


@pytest.mark.parametrize(
    ("host", "least", "most"), [("seconds", 1, 4), ("date", 1, 4), ("absurd", 1.5, 5), ("garbage", 0.1, 4)]
)
def test_retry_after_is_waited_for(patient, site, host, least, most):
    (waited,) = gaps(site.times(address(host)))
    assert least <= waited < most


def test_the_whole_host_waits(patient, site):
    refused, again = site.times(address("seconds"))
    others = [site.times(address("seconds", number))[0] for number in range(2, 8)]
    assert any(refused < at for at in others), "the others were not all asked for before"
    assert [at for at in others if refused < at < min(refused + 1, again)] == []


def test_back_off_grows(patient, site):
    first, second = gaps(site.times(address("broken")))
    assert first >= 0.1
    assert second >= 0.2


def test_retries_and_what_was_given_up_are_counted(patient):
    assert below(patient, "fjsen/gave_up/") == {"503": 2}, "the article, and the robots.txt"
    assert below(patient, "fjsen/retried/") == {"429": 3, "503": 8, "DownloadFailedError": 1, "DownloadTimeoutError": 1}
    assert stats(patient)["fjsen/retry_after/capped"] == 1
    assert stats(patient)["fjsen/failed/article/503"] == 1


def test_host_that_does_not_tell_its_rules_is_not_asked(patient, site):
    assert site.times(address("noanswer")) == site.times(address("away")) == []
    assert len(site.times(robots("noanswer"))) == 3
    assert below(patient, "fjsen/refused/")["robots-unreachable"] == 2


def test_every_request_that_waits_for_the_rules_obeys_them(patient, site):
    assert [one.url for one in site.asked if "//forbids." in one.url] == [robots("forbids")]
    assert below(patient, "fjsen/refused/")["robots"] == 5


def test_what_is_no_robots_txt_forbids_nothing(patient):
    recorded = {record["title"] for record in patient.records}
    assert recorded >= {*NO_RULES}
    told = below(patient, "fjsen/robots/")
    assert (told["html"], told["too_long"], told["unreachable"]) == (2, 1, 2)


def test_crawl_delay_is_kept_with_throttling_too(patient, site):
    times = sorted(one.at for one in site.asked if "//slow." in one.url)
    assert len(times) == 4
    assert min(gaps(times)[1:]) > 0.8
    assert below(patient, "fjsen/robots/")["crawl_delay"] == 1


def test_host_that_fails_again_and_again_is_left_alone(faults, tmp_path):
    bad, good = [address("bad", n) for n in range(20)], [address("good", n) for n in range(20)]
    faults.scripts = {url: [http(status=521, delay=0.05)] for url in bad}
    faults.scripts |= {url: [page(url, delay=0.05)] for url in good}
    run = crawl_through(
        faults, tmp_path, [one for pair in zip(bad, good, strict=True) for one in pair], FJSEN_BREAKER_FAILURES=6
    )
    assert run.report["finish_reason"] == "finished"
    assert len(run.records) == len(good)
    asked = len([url for url in bad if faults.times(url)])
    assert 6 <= asked <= 7, "one was on its way"
    assert below(run, "fjsen/refused/") == {"circuit-open": len(bad) - asked}
    assert below(run, "fjsen/breaker/") == {"opened": 1}
    assert below(run, "fjsen/challenge/") == {"521": asked}


def test_site_that_refuses_ends_the_run(faults, tmp_path):
    firewall = http("<html><script>setCookie('acw_sc__v2', x); location.reload()</script></html>")
    urls = [address(host, n) for n in range(10) for host in ("one", "two", "three")]
    faults.scripts = {url: [firewall if "//one." in url else http(status=412)] for url in urls}
    run = crawl_through(faults, tmp_path, urls)
    assert run.report["finish_reason"] == "blocked"
    assert run.status == 69
    assert [*tmp_path.glob("*.jsonl")] == []
    asked = [url for url in urls if faults.times(url)]
    assert 10 <= len(asked) <= 15, "what was on its way is let in"
    assert below(run, "fjsen/challenge/").keys() == {"acw-sc-v2", "412"}


def test_no_robots_txt_anywhere_ends_the_run(faults, tmp_path):
    urls = [address(host, n) for n in range(5) for host in ("down", "mute")]
    faults.scripts = {url: [page()] for url in urls} | {
        robots("down"): [http(status=500)],
        robots("mute"): [Answer([], End.CLOSE)],
    }
    run = crawl_through(faults, tmp_path, urls)
    assert run.report["finish_reason"] == "robots_unreachable"
    assert run.status == 69
    assert [url for url in urls if faults.times(url)] == []


def test_rules_are_asked_for_again_after_a_day(faults, tmp_path):
    shorter = "from fjsen_spider.crawling.politeness import robots\nrobots.KEPT = 0.5\n"
    (tmp_path / "sitecustomize.py").write_text(shorter, "utf-8")
    urls = [address("day", n) for n in range(6)]
    faults.scripts = {url: [page(url, delay=0.2)] for url in urls}
    faults.scripts[robots("day")] = [http("User-agent: *\nDisallow:\n"), http(status=500)]
    run = crawl_through(faults, tmp_path, urls, env={"PYTHONPATH": str(tmp_path)}, CONCURRENT_REQUESTS=1)
    assert 1 <= len([url for url in urls if faults.times(url)]) < 6
    assert run.report["finish_reason"] == "robots_unreachable"


def test_a_run_that_is_ended_does_not_wait_for_a_host(faults, tmp_path):
    url = address("wait")
    faults.scripts = {url: [http(status=503, Retry_After="200")]}
    (tmp_path / "seeds.txt").write_text(url, "utf-8")
    command = [sys.executable, "-m", "scrapy", "crawl", "fjsen", "-a", f"urls={tmp_path / 'seeds.txt'}"]
    options = ["-s", f"FJSEN_DATA={tmp_path}", "-s", "STATS_DUMP=True", "-s", "AUTOTHROTTLE_ENABLED=False"]
    with subprocess.Popen(
        [*command, *options], cwd=ROOT, env=os.environ | {"http_proxy": faults.url}, stderr=subprocess.PIPE, text=True
    ) as run:
        give_up = time.monotonic() + 30
        while not faults.times(url) and time.monotonic() < give_up:
            time.sleep(0.05)
        time.sleep(0.3)
        run.send_signal(signal.SIGTERM)
        _, told = run.communicate(timeout=10)
    assert "'finish_reason': 'shutdown'" in told
    assert "'fjsen/refused/ending': 1" in told


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("4", 4),
        (" 120 ", 120),
        (DATE.format(7), 7),
        ("Thursday, 01-Jan-26 10:00:09 GMT", 9),
        ("999999999999", 999999999999),
        (DATE.format(0), None),
        ("0", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("", None),
        ("Thu, 99 Jan 2026 10:00:00 GMT", None),
        ("soon", None),
        ("9" * 5000, None),
    ],
)
def test_retry_after(value, seconds):
    headers = {"Retry-After": value.encode(), "Date": DATE.format(0)}
    assert retry_after(HtmlResponse("http://xm.fjsen.com/", headers=headers)) == seconds


SCRIPT = b"<html><script>document.cookie='__jsl_clearance=1'</script></html>"


@pytest.mark.parametrize(
    ("status", "headers", "body", "sign"),
    [
        (521, {}, b"", "521"),
        (412, {}, b"<html></html>", "412"),
        (403, {"cf-mitigated": "challenge"}, b"", "cf-mitigated"),
        (202, {"x-amzn-waf-action": "challenge"}, b"", "x-amzn-waf-action"),
        (200, {}, SCRIPT, "jsl-clearance"),
        (200, {}, SCRIPT + b"<p>an article about firewalls</p>", None),
        (200, {}, b"<html><script>location.reload()</script></html>", None),
        (403, {}, b"", None),
        (503, {}, b"", None),
    ],
)
def test_challenge_is_told_by_what_is_known_of_it(status, headers, body, sign):
    assert challenge(HtmlResponse("http://xm.fjsen.com/", status=status, headers=headers, body=body)) == sign
