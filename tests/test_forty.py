"""The cases that one crawl can have: the bundled portal with faults switched on, and a host for each fault of a page."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from itertools import pairwise

import pytest
from faultportal.crawls import address, below, crawl_through, robots, stats
from faultportal.faulty import ENCODED, INSIDE, LAST, PASSING, SCHEMES, TITLE, TRAPS, switch_on, twice
from faultportal.server import serving
from faultportal.tally import records_of

from fjsen_spider.crawling.ledger import FILE, Ledger
from fjsen_spider.extraction import extract
from fjsen_spider.items import RawPage
from fjsen_spider.serialize import to_dict

LIMITS = {
    "DOWNLOAD_DELAY": 0,
    "DOWNLOAD_TIMEOUT": 3,
    "CONCURRENT_REQUESTS": 96,
    "FJSEN_BACKOFF": 0.5,
    "FJSEN_RETRY_AFTER_MAX": 1.5,
    "FJSEN_BREAKER_FAILURES": 999,
    "FJSEN_MAX_LISTING_PAGES": 7,
    "FJSEN_MAX_DEPTH": 9,
}


@pytest.fixture(scope="module")
def site():
    with serving() as portal:
        yield portal


@pytest.fixture(scope="module")
def run(site, tmp_path_factory):
    data = tmp_path_factory.mktemp("forty")
    return crawl_through(
        site, data, switch_on(site), **LIMITS, FEEDS=json.dumps({f"{data}/feed.csv": {"format": "csv"}})
    )


@pytest.fixture(scope="module")
def hosts(run):
    """The record of each host that gave one, but of the bundled portal."""
    return {record["channel"]: record for record in run.records}


@pytest.fixture(scope="module")
def ledger(run):
    ledger = Ledger.read(run.data / FILE)
    yield ledger
    ledger.close()


def entry(ledger: Ledger, host: str):
    return ledger.articles.get(int(address(host).rpartition("_")[2].removesuffix(".htm")))


def waits(site, host: str) -> list[float]:
    return [later - earlier for earlier, later in pairwise(site.times(address(host)))]


def test_the_portal_is_whole_in_spite_of_its_faults(run, archived):
    truth = records_of(archived[0])
    of_the_portal = {key: record for key, record in records_of(run.data).items() if key in truth}
    assert of_the_portal.keys() == truth.keys()
    for key, record in of_the_portal.items():
        same = {name for name, value in truth[key].items() if record[name] != value}
        assert same <= {"retrieved_at", "warc", "first_seen", "aliases"}, key


def test_the_faults_of_the_portal_were_met(run, site):
    assert {url: len(site.times(url)) for url in PASSING} == dict.fromkeys(PASSING, 2)


def test_01_503_twice_then_the_page(hosts, site):
    assert hosts["c01"]["title"] == "c01"
    first, second = waits(site, "c01")
    assert first >= LIMITS["FJSEN_BACKOFF"]
    assert second >= 2 * LIMITS["FJSEN_BACKOFF"]


def test_02_503_for_ever(hosts, site, ledger, run):
    assert "c02" not in hosts
    assert len(site.times(address("c02"))) == 3
    known = entry(ledger, "c02")
    assert (known.state, known.outcome) == ("failed", "503")
    assert known.due > 0, "it is asked for again some day"
    assert below(run, "fjsen/gave_up/")["503"] == 2, "the page, and a robots.txt"


def test_03_retry_after_in_seconds(hosts, site):
    assert hosts["c03"]["title"] == "c03"
    assert waits(site, "c03")[0] >= 1


@pytest.mark.parametrize(("kind", "least"), [("date", 1), ("day", 1.5), ("nonsense", 0.5)])
def test_04_retry_after_as_a_date_a_day_and_nonsense(hosts, site, run, kind, least):
    assert hosts[f"c04{kind}"]["title"] == f"c04{kind}"
    assert least <= waits(site, f"c04{kind}")[0] < 9
    assert stats(run)["fjsen/retry_after/capped"] == 1


def test_05_body_that_drips(hosts, site, ledger):
    assert "c05" not in hosts
    assert entry(ledger, "c05").outcome == "DownloadTimeoutError"
    tries = waits(site, "c05")
    assert len(tries) == 2
    assert min(tries) > LIMITS["DOWNLOAD_TIMEOUT"] - 1, "it drips for twelve seconds"
    assert min(tries) < 9


def test_06_header_that_never_comes(hosts, site):
    assert hosts["c06"]["title"] == "c06"
    assert LIMITS["DOWNLOAD_TIMEOUT"] - 1 < waits(site, "c06")[0] < 9


def test_07_gzip_cut_short(hosts, site, ledger, run):
    assert hosts["c07late"]["title"] == "c07late"
    assert "c07" not in hosts
    assert len(site.times(address("c07"))) == 3
    assert entry(ledger, "c07").outcome == "ResponseDataLossError"
    assert below(run, "fjsen/not_whole/")["cut"] == 3 + 1 + 1, "one of the portal's own"


def test_08_wrong_content_length(hosts, site):
    assert hosts["c08long"]["title"] == "c08long"
    assert len(site.times(address("c08long"))) == 2
    assert "cut-short" in hosts["c08short"]["warnings"]


def test_09_plain_page_labelled_gzip(hosts):
    assert (hosts["c09"]["title"], hosts["c09"]["warnings"]) == ("早市", [])


def test_10_gzip_bomb(hosts, site, ledger, run):
    assert "c10" not in hosts
    assert len(site.times(address("c10"))) == 1
    assert entry(ledger, "c10").outcome == "refused-too-large"
    assert run.report["peak_memory_mb"] < 300


def test_11_page_of_a_gigabyte(hosts, site, run):
    assert "c11" not in hosts
    assert [len(site.times(address("c11", number))) for number in (1, 2)] == [1, 1]
    assert below(run, "fjsen/refused/")["too-large"] == 3, "the bomb too"
    assert run.report["peak_memory_mb"] < 300


def read_as(hosts, host: str) -> tuple[str, str, int]:
    return hosts[host]["title"], hosts[host]["encoding"]["used"], hosts[host]["encoding"]["replacements"]


def test_12_gbk_labelled_utf8(hosts):
    assert read_as(hosts, "c12") == (TITLE, "gb18030", 0)


@pytest.mark.parametrize("where", ["header", "page"])
def test_13_utf8_labelled_gb2312(hosts, where):
    assert read_as(hosts, f"c13{where}") == (TITLE, "utf-8", 0)


def test_14_gbk_that_says_nothing(hosts):
    assert read_as(hosts, "c14") == (TITLE, "gb18030", 0)


def test_15_byte_order_mark_against_the_header(hosts):
    assert read_as(hosts, "c15") == (TITLE, "utf-8", 0)


def test_16_mixed_encodings(hosts):
    title, used, lost = read_as(hosts, "c16")
    assert (title, used) == (TITLE, "gb18030")
    assert lost <= 2
    assert "encoding-mixed" in hosts["c16"]["warnings"]
    assert [hosts[host]["warnings"] for host in ENCODED] == [[]] * len(ENCODED)


def test_17_redirects_in_a_circle(hosts, site, ledger, run):
    assert "c17" not in hosts
    assert len(site.times(address("c17"))) == 6
    assert entry(ledger, "c17").outcome == "refused-redirects"
    assert below(run, "fjsen/refused/")["redirects"] == 1


@pytest.mark.parametrize("number", range(len(INSIDE)))
def test_18_redirect_off_the_portal(site, ledger, run, number):
    assert entry(ledger, f"c18x{number}").outcome == "refused-offsite"
    assert [one.url for one in site.asked if ".fjsen.com/" not in one.url] == []
    assert below(run, "fjsen/refused/")["offsite"] == len(INSIDE)


@pytest.mark.parametrize("number", range(len(SCHEMES)))
def test_20_redirect_to_another_scheme(hosts, ledger, number):
    assert f"c20x{number}" not in hosts
    assert entry(ledger, f"c20x{number}").outcome == "302", "it is not followed"


def test_21_traps(hosts, site, run):
    asked = [one.url for one in site.asked]
    pages = [url for url in asked if url.startswith("http://c21.fjsen.com/china")]
    assert len(pages) == LIMITS["FJSEN_MAX_LISTING_PAGES"] < LAST
    ends = {trap.rpartition("/")[2] for trap in TRAPS} - {""}
    assert [
        url for url in asked if "//c21." in url and (url.endswith(tuple(ends)) or "/a/" in url or "calendar" in url)
    ] == []
    assert len([url for url in asked if url.partition("?")[0] == address("c21")]) == 1, "whatever its session"
    fetched = hosts["c21long"]["pages"]["fetched"]
    assert fetched <= LIMITS["FJSEN_MAX_DEPTH"] < LAST
    assert "missing-page" in hosts["c21long"]["warnings"]
    refused = below(run, "fjsen/refused/")
    assert refused["listing-pages"] >= 1
    assert refused["depth"] >= 1


def test_22_soft_404(hosts, ledger, run):
    assert "c22" not in hosts
    assert entry(ledger, "c22").state == "gone"
    assert below(run, "fjsen/not_article/")["soft-404"] == 2, "one of the portal's own"


def test_24_nesting_beyond_the_parser(hosts):
    assert "truncated-tree" in hosts["c24"]["warnings"] or "在很深的地方还有一段文字" in hosts["c24"]["text"]


def test_25_control_characters(hosts, run):
    assert hosts["c25"]["title"] == "早市"
    assert "热闹" in hosts["c25"]["text"]
    assert min(run.lines.replace("\n", "")) >= " "
    assert "\\u00" not in run.lines


def test_26_entity_bomb(hosts, site, ledger, run):
    assert "c26" not in hosts
    assert entry(ledger, "c26").state == "failed"
    assert below(run, "fjsen/error/") == {}
    assert site.times("http://c26.fjsen.com/gov.htm") != []
    assert site.times("http://c26.fjsen.com/sitemap.xml") == [], "nobody looks for one"
    assert run.report["peak_memory_mb"] < 300


def test_27_two_bodies_and_ids_that_stand_twice(hosts):
    record = hosts["c27"]
    assert "第一个正文" in record["text"]
    assert "第二个正文" not in record["text"]
    assert "second-body" in record["warnings"]
    here = to_dict(extract(RawPage(url=address("c27"), body=twice().encode())))
    assert {name for name in here if json.loads(json.dumps(here[name])) != record[name]} <= {
        "retrieved_at", "warc", "first_seen", "status", "provenance",
    }  # fmt: skip


def test_28_empty_page(hosts, site, ledger):
    assert "c28" not in hosts
    assert len(site.times(address("c28"))) == 3
    known = entry(ledger, "c28")
    assert (known.state, known.outcome) == ("failed", "ResponseDataLossError")
    assert known.due > 0


@pytest.mark.parametrize("host", ["c29down", "c29mute"])
def test_29_rules_that_cannot_be_had(site, ledger, host):
    assert len(site.times(robots(host))) == 3
    assert site.times(address(host)) == []
    assert entry(ledger, host).state == "owed"


@pytest.mark.parametrize("host", ["c29page", "c29huge"])
def test_29_what_is_no_rule_forbids_nothing(hosts, host):
    assert hosts[host]["title"] == host


def test_29_all_who_wait_for_the_rules_obey(site, run):
    assert [one.url for one in site.asked if "//c29slow." in one.url] == [robots("c29slow")]
    assert below(run, "fjsen/refused/")["robots"] == 6


def test_39_one_article_by_many_addresses(run):
    records = records_of(run.data)
    assert records["fjsen:20955159"]["aliases"] == ["http://fjnews.fjsen.com/wap/2018-02/09/content_20955159.htm"]
    assert len(records["fjsen:20955184"]["aliases"]) == 1, "another channel"
    assert records["fjsen:20955371"]["pages"] == {"total": 4, "fetched": 4}
    assert len(run.records) == len(records), "one record each"


def test_39_date_of_the_future_or_none(hosts):
    future, dateless = hosts["c39future"], hosts["c39dateless"]
    assert (future["date"], future["date_raw"]) == ("2099-01-01T09:12:44+08:00", "2099-01-01 09:12:44")
    assert "date-differs-from-url" in future["warnings"]
    assert (dateless["date"], dateless["date_raw"]) == ("2018-03-05", None)
    assert "date-from-url" in dateless["warnings"]


def test_40_cells_that_a_spreadsheet_would_run(hosts, run):
    title = "=HYPERLINK(1) <b>早</b>"
    with (run.data / "feed.csv").open(encoding="utf-8", newline="") as feed:
        titles = [row["title"] for row in csv.DictReader(feed)]
    assert f"'{title}" in titles
    assert [cell for cell in titles if cell.startswith(tuple("=+-@\t\r"))] == []
    assert hosts["c40"]["title"] == title, "and nowhere else"


def test_40_no_file_is_named_by_the_site(run):
    names = {path.name for path in run.data.rglob("*") if path.is_file()} - {"feed.csv", "seeds.txt"}
    assert [name for name in names if not set(name) <= set("fjsenwarcl.qitomp-0123456789TZgzxdhk_")] == []


def test_40_a_page_about_an_article_escapes_what_the_site_says(hosts, site, tmp_path):
    (tmp_path / "content_1.htm").write_bytes(site.scripts[address("c40")][0].parts[0][1].partition(b"\r\n\r\n")[2])
    command = [
        sys.executable,
        "-m",
        "fjsen_spider.cli",
        "explain",
        tmp_path / "content_1.htm",
        "--html",
        tmp_path / "page.html",
    ]
    subprocess.run(command, check=True, capture_output=True)
    told = (tmp_path / "page.html").read_text("utf-8")
    assert "Content-Security-Policy" in told
    assert "<b>早</b>" not in told
    assert "&lt;b&gt;早&lt;/b&gt;" in told
