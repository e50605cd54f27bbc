"""`scrapy crawl fjsen` as a user runs it, over the portal of the fixtures."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from cases import FIXTURES, ROOT
from loopback import Portal
from rich.cells import cell_len

from fjsen_spider.crawling.arguments import BadArgumentError, read_scope
from fjsen_spider.urls import address, classify

PORTAL = FIXTURES / "portal"
MANIFEST = json.loads((PORTAL / "manifest.json").read_text("utf-8"))
EXPECTED = {article["id"]: article for article in MANIFEST["articles"]}


@dataclass(frozen=True)
class Run:
    status: int
    out: str
    err: str
    data: Path

    @property
    def lines(self) -> str:
        return "".join(file.read_text("utf-8") for file in self.data.glob("fjsen-*.jsonl"))  # a run has one, or none

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines.splitlines()]

    @property
    def ids(self) -> list[str]:
        return sorted(record["id"] for record in self.records)

    @property
    def report(self) -> dict[str, Any]:
        (file,) = (self.data / "runs").glob("*.json")
        return json.loads(file.read_text("utf-8"))

    @property
    def requests(self) -> list[str]:
        """In the order of the answers, robots.txt left out."""
        asked = re.findall(r"DEBUG: Crawled \(\d+\) <GET ([^>]+)>", self.err)
        return [url for url in asked if not url.endswith("/robots.txt")]


def clean_environment() -> dict[str, str]:
    """The environment, less what would change a crawl."""
    return {
        key: value for key, value in os.environ.items() if "proxy" not in key.lower() and not key.startswith("SCRAPY")
    }


def scrapy(*arguments: object, cwd: Path = ROOT, env: dict[str, str] | None = None, **options: Any):
    command = [sys.executable, "-m", "scrapy", *map(str, arguments)]
    return subprocess.run(
        command,
        cwd=cwd,
        env=clean_environment() | (env or {}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **options,
    )


def crawl(data: Path, *arguments: object, replay: Path | None = PORTAL, **options: Any) -> Run:
    replayed = ["-s", f"FJSEN_REPLAY={replay}"] if replay else []
    told = scrapy("crawl", "fjsen", *replayed, "-s", f"FJSEN_DATA={data}", "-L", "DEBUG", *arguments, **options)
    return Run(told.returncode, told.stdout, told.stderr, data)


def crawl_by(portal: Portal, data: Path, *arguments: object) -> Run:
    """Crawl over a real connection, by the proxy that stands for the portal."""
    fast = ["-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "RETRY_ENABLED=False"]
    return crawl(data, *fast, *arguments, replay=None, env={"http_proxy": portal.url})


def wanted(*, since: str = "", until: str = "9", channel: str | None = None) -> list[str]:
    """The ids of the manifest's articles of these days, listed on a host of this channel."""
    return sorted(
        number
        for number, article in EXPECTED.items()
        if since <= article["date"][:10] <= until
        and (channel is None or (f"//{channel}." in article["url"] and article["listed_on"] != ["front"]))
    )


@pytest.fixture(scope="session")
def whole(tmp_path_factory):
    """One crawl of the whole portal, from a folder inside the project, with a feed of the user's beside."""
    data = tmp_path_factory.mktemp("whole")
    return crawl(data, "-o", data / "feed.jl", cwd=ROOT / "docs")


def test_every_article_once(whole):
    assert whole.status == 0, whole.err
    assert whole.ids == sorted(EXPECTED)


@pytest.mark.parametrize("field", ["title", "date", "authors", "source", "editors", "pages", "complete"])
def test_records_say_what_the_manifest_says(whole, field):
    assert {r["id"]: r[field] for r in whole.records} == {key: one.get(field) for key, one in EXPECTED.items()}


def test_addresses_are_canonical_and_complete(whole):
    for record in whole.records:
        article = EXPECTED[record["id"]]
        known = {address(url) for url in (article["url"], *article["aliases"])}
        assert record["url"] in known
        assert {*record["aliases"]} <= known - {record["url"]}
        assert record["retrieved_at"] is None, "a replay retrieves nothing"


def test_the_touch_twin_is_an_alias(whole):
    twins = {one["id"]: one["aliases"] for one in MANIFEST["articles"] if any("/wap/" in url for url in one["aliases"])}
    assert twins
    assert {record["id"]: record["aliases"] for record in whole.records if record["id"] in twins} == twins


def test_no_request_off_the_site_to_junk_or_to_the_rail(whole):
    asked = {*whole.requests}
    assert asked.isdisjoint(MANIFEST["rail_only"])
    assert asked.isdisjoint(MANIFEST["off_site"])
    kinds = {str(known.kind) for url in asked if (known := classify(url))}
    assert kinds == {"front", "listing", "article"}
    assert all(classify(url) for url in asked)
    assert asked.issuperset(MANIFEST["dead"])


def test_nothing_is_asked_twice(whole):
    assert [url for url, times in Counter(whole.requests).items() if times > 1] == []
    first_pages = Counter(known.content_id for url in whole.requests if (known := classify(url)) and known.page == 1)
    assert [number for number, times in first_pages.items() if number and times > 1] == []


def test_feed_of_the_user_has_the_same_lines(whole):
    assert (whole.data / "feed.jl").read_text("utf-8") == whole.lines


def test_report_tells_the_run(whole):
    report = whole.report
    no_articles = len([one for one in MANIFEST["not_articles"] if "in the tree" not in one["reason"]])
    found = len(EXPECTED)
    assert report["articles"] == {
        "listed": found + no_articles + len(MANIFEST["dead"]),
        "known": 0,
        "fetched": found + no_articles,
        "extracted": found,
        "recorded": found,
        "unchanged": 0,
        "tombstones": 0,
    }
    assert {one["url"]: one["why"] for one in report["not_fetched"]} == dict.fromkeys(MANIFEST["dead"], "404")
    assert len(report["not_recorded"]) == sum(report["not_articles"].values()) == no_articles
    assert report["fields"]["title"] == {"filled": found, "missing": 0, "percent": 100.0}
    assert sum(report["layouts"].values()) == found
    assert report["failed_requests"]["article/404"] == len(MANIFEST["dead"])
    listed = Counter(
        url.replace("front", "http://www.fjsen.com/") for one in EXPECTED.values() for url in one["listed_on"]
    )
    assert {url: one["listed"] for url, one in report["columns"].items()}.items() >= {
        (url, number) for url, number in listed.items() if url.endswith("view.htm")
    }
    assert report["finish_reason"] == "finished"


def test_figures_of_the_demo_in_the_readme(whole):
    told = re.search(r"ends with (\d+) records of (\d+) listed articles", (ROOT / "README.md").read_text("utf-8"))
    counts = whole.report["articles"]
    assert [int(number) for number in told.groups()] == [counts["recorded"], counts["listed"]]


def test_table_on_the_terminal_stands_straight(whole):
    table = whole.err.partition("listed by")[2].partition("\n\n")[0].splitlines()[1:]
    assert any("国际要闻 http://news.fjsen.com/e_news.htm" in line for line in table)
    assert len({cell_len(line) for line in table}) == 1


def test_what_was_lost_is_in_the_log(whole):
    for lost in whole.report["not_recorded"]:
        assert f"No record of {lost['url']}: {lost['why']}" in whole.err


@pytest.fixture(scope="session")
def fjnews(tmp_path_factory):
    """One channel, some days, one request at a time."""
    chosen = [
        "-a",
        "channels=fjnews",
        "-a",
        "since=2018-02-14",
        "-a",
        "until=2018-03-11",
        "-s",
        "CONCURRENT_REQUESTS=1",
    ]
    return crawl(tmp_path_factory.mktemp("fjnews"), *chosen)


def test_channel_and_days(fjnews):
    assert fjnews.ids == wanted(since="2018-02-14", until="2018-03-11", channel="fjnews")
    assert {urlsplit(url).hostname for url in fjnews.requests} == {"fjnews.fjsen.com"}


def test_paging_stops_behind_the_days_wanted(fjnews):
    listings = [url for url in fjnews.requests if "gov" in url]
    assert listings == ["http://fjnews.fjsen.com/gov.htm", "http://fjnews.fjsen.com/gov_2.htm"]


def test_what_is_begun_is_finished_first(fjnews):
    asked = [classify(url) for url in fjnews.requests]
    continued = [at for at, known in enumerate(asked) if known.kind == "article" and known.page != 1]
    assert continued
    for at in continued:
        before = [known.content_id for known in asked[max(0, at - 2) : at]]  # one more was under way when its link came
        assert asked[at].content_id in before, "an article's pages follow each other"
    kinds = [str(known.kind) for known in asked]
    assert "listing" not in kinds[kinds.index("article") :], "by then it is known where each article is listed"


def test_urls_of_a_pipe_and_limit(tmp_path):
    chosen = [article["url"] for article in MANIFEST["articles"] if "/xm." in article["url"]][:2]
    lines = [
        "\ufeff# two articles, one of them twice, and a column",
        chosen[0],
        f"  {chosen[1]}?page=pc",
        "",
        chosen[0],
    ]
    seeds = "\n".join([*lines, "http://news.fjsen.com/e_news.htm"])
    run = crawl(tmp_path, "-a", "urls=/dev/stdin", "-a", "limit=4", "-o", "-:jsonl", input=seeds)
    assert run.status == 0, run.err
    assert len(run.records) == 4
    assert {record["url"] for record in run.records} >= {*chosen}
    assert run.out == run.lines
    assert run.report["finish_reason"] == "limit"
    assert len([url for url in run.requests if (known := classify(url)) and known.content_id]) <= 8, (
        "no more than the limit needs"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"since": "2018"}, "since: '2018' is no date"),
        ({"until": "2018-02-30"}, "until: '2018-02-30' is not in the calendar"),
        ({"since": "2018-02-02", "until": "2018-02-01"}, "since=2018-02-02 is after until=2018-02-01"),
        ({"limit": "0"}, "limit: '0' is no number of records"),
        ({"limit": "二"}, "limit: '二' is no number of records"),
        ({"limit": "9" * 5000}, "limit: '99999999999999999999' is no number of records; it is 1 to 999999999"),
        ({"channels": "xm,厦门"}, "channels: '厦门' is no host label"),
        ({"channels": "xm.fjsen.com"}, "channels: 'xm.fjsen.com' is no host label"),
        ({"channels": ""}, "channels: '' is no host label"),
        ({"urls": "nowhere.txt"}, "urls: cannot read 'nowhere.txt'"),
        ({"urls": ""}, "urls: it names no file"),
        ({"urls": "~nobody-of-this-name/seeds.txt"}, "urls: cannot read '~nobody-of-this-name/seeds.txt'"),
        ({"urls": "empty.txt"}, "urls: 'empty.txt' holds no URL"),
        ({"urls": "port.txt"}, "urls: port.txt, line 2: 'http://xm.fjsen.com:abc/gov.htm' is no article or listing"),
        ({"urls": "seeds.txt", "channels": "xm"}, "urls: none of them is of the channels wanted"),
    ],
)
def test_argument_that_makes_no_sense(tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)
    Path("empty.txt").write_text("# nothing yet\n\n", "utf-8")
    Path("port.txt").write_text("# seeds\nhttp://xm.fjsen.com:abc/gov.htm\n", "utf-8")
    Path("seeds.txt").write_text("http://news.fjsen.com/e_news.htm\n", "utf-8")
    with pytest.raises(BadArgumentError, match=re.escape(told)):
        read_scope(**arguments)


def test_channel_without_a_known_column_starts_at_its_own_front_page():
    assert read_scope(channels="QZ, xm").seeds() == ("http://xm.fjsen.com/node_163616.htm", "http://qz.fjsen.com/")


@pytest.mark.parametrize(
    ("arguments", "told", "status"),
    [
        (["-a", "chanels=xm"], "unknown argument 'chanels'", 2),
        (["-a", "since"], "Invalid -a value", 2),
        (["-a", "urls=bad.txt"], "urls: bad.txt, line 3: 'http://example.com/' is no article or listing", 2),
        (["-s", "FJSEN_REPLAY=bad.txt"], "FJSEN_REPLAY: 'bad.txt' is no mirror tree", 2),
        (["-s", "FJSEN_REPLAY=nowhere"], "FJSEN_REPLAY: there is no file or folder 'nowhere'", 2),
        (["-s", "FJSEN_DATA=bad.txt"], "FJSEN_DATA: cannot write to", 74),
    ],
)
def test_what_cannot_be_done_is_one_line(tmp_path, arguments, told, status):
    (tmp_path / "bad.txt").write_text("# seeds\nhttp://news.fjsen.com/e_news.htm\nhttp://example.com/\n", "utf-8")
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = fjsen_spider.settings\n", "utf-8")
    run = scrapy("crawl", "fjsen", *arguments, cwd=tmp_path)
    assert run.returncode == status
    assert run.stderr.startswith(f"scrapy crawl: {told}")
    assert run.stderr.count("\n") == 1
    assert run.stdout == ""


def files_up_to(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_disk_that_takes_no_more_ends_the_run(tmp_path):
    run = crawl(tmp_path, preexec_fn=files_up_to(200_000))
    assert run.status == 74
    assert run.lines.endswith("}\n")
    assert 0 < len(run.records) == run.report["articles"]["recorded"] < len(EXPECTED)
    assert run.report["finish_reason"] == "write_failed"
    assert "The run ends, write_failed: nothing more can be written: " in run.err
    assert "scrapy crawl: the records could not be written: " in run.err


def test_run_that_did_not_do_what_it_was_asked_is_not_a_success(tmp_path):
    run = crawl(tmp_path, "-a", "channels=xm", "-s", "CLOSESPIDER_ITEMCOUNT=1")
    assert run.status == 75
    assert run.err.endswith("\nscrapy crawl: the run ended before it was done: closespider_itemcount\n")


IN_THE_WAY = """
from pathlib import Path
from fjsen_spider.spiders.fjsen import FjsenSpider

class InTheWay(FjsenSpider):
    def closed(self, reason):
        runs = Path(self.settings["FJSEN_DATA"], "runs")
        runs.rmdir()
        runs.touch()
"""


def test_report_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "in_the_way.py").write_text(IN_THE_WAY, "utf-8")
    own = ["-a", "channels=xm", "-s", "SPIDER_MODULES=in_the_way"]
    run = crawl(tmp_path / "data", *own, env={"PYTHONPATH": str(tmp_path)})
    assert run.status == 74
    assert "scrapy crawl: the run report could not be written: " in run.err
    assert run.ids == wanted(channel="xm"), "the records are there"


def test_run_without_any_answer_is_not_a_success(tmp_path, portal):
    (tmp_path / "empty" / "www.fjsen.com").mkdir(parents=True)
    portal.otherwise = 521
    portal.answers["http://xm.fjsen.com/robots.txt"] = (404, {}, b"")
    nothing = crawl(tmp_path / "1", "-a", "channels=nosuch,xm", replay=tmp_path / "empty")
    refused = crawl_by(portal, tmp_path / "2", "-a", "channels=xm")
    for run, seeds, why in [(nothing, 2, "2 listing/404"), (refused, 1, "1 listing/521")]:
        assert run.status == 69, run.err
        assert run.report["finish_reason"] == "finished"
        assert run.err.endswith(f"\nscrapy crawl: none of the {seeds} seeds was answered: {why}\n")


BROKEN = """
from fjsen_spider.extraction import Draft
from fjsen_spider.settings import ITEM_PIPELINES
from fjsen_spider.spiders.fjsen import FjsenSpider

class Pipeline:
    def process_item(self, item):
        return item if not isinstance(item, Draft) or "@pipeline@" not in item.raw.pages[0].url else 1 / 0

class Broken(FjsenSpider):
    custom_settings = {"ITEM_PIPELINES": ITEM_PIPELINES | {"broken.Pipeline": 150}}

    def parse_page(self, response, gathering):
        yield from {}[0] if "@spider@" in response.url else super().parse_page(response, gathering)
"""


def test_page_lost_to_a_defect_is_told_and_no_success(tmp_path):
    in_spider, in_pipeline = [one["url"] for one in MANIFEST["articles"] if "//xm." in one["url"]][:2]
    source = BROKEN.replace("@spider@", in_spider).replace("@pipeline@", in_pipeline)
    (tmp_path / "broken.py").write_text(source, "utf-8")
    own = ["-a", "channels=xm", "-s", "SPIDER_MODULES=broken"]
    run = crawl(tmp_path / "data", *own, env={"PYTHONPATH": str(tmp_path)})
    assert run.report["errors"] == {"KeyError": 1, "ZeroDivisionError": 1}
    lost = {in_spider: "error: KeyError", in_pipeline: "error: ZeroDivisionError"}
    assert {one["url"]: one["why"] for one in run.report["not_recorded"]} == lost
    assert len(run.records) == len(wanted(channel="xm")) - 2
    assert run.status == 1
    last = "scrapy crawl: pages were lost to defects, see the run report: 1 KeyError, 1 ZeroDivisionError"
    assert run.err.splitlines()[-1] == last


def test_crawl_behind_a_proxy_obeys_robots_and_names_a_contact(tmp_path, portal):
    portal.tree = PORTAL
    portal.answers["http://news.fjsen.com/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /\n")
    run = crawl_by(portal, tmp_path, "-a", "channels=xm,news", "-s", "FJSEN_CONTACT=corpus@example.org")
    assert run.status == 0, run.err
    assert run.ids == wanted(channel="xm")
    assert all(record["retrieved_at"].endswith("+00:00") for record in run.records)
    assert [url for url, _ in portal.asked if "//news." in url] == ["http://news.fjsen.com/robots.txt"]
    assert {agent.partition("/")[0] for _, agent in portal.asked} == {"fjsen-spider"}
    assert all(agent.endswith("(+corpus@example.org)") for _, agent in portal.asked)


def test_other_commands_work_from_inside_the_project(tmp_path):
    inside = ROOT / "docs"
    assert scrapy("list", cwd=inside).stdout == "fjsen\n"
    assert scrapy("check", cwd=inside).returncode == 0
    assert scrapy("settings", "--get", "BOT_NAME", cwd=inside).stdout == "fjsen_spider\n"
    replay = ["-s", f"FJSEN_REPLAY={PORTAL}", "-s", f"FJSEN_DATA={tmp_path}"]
    article = "http://fjnews.fjsen.com/2018-03/11/content_20955133.htm"
    parsed = scrapy("parse", article, "-c", "parse_article", "--nocolour", *replay, cwd=inside)
    assert "<GET http://fjnews.fjsen.com/2018-03/11/content_20955133_2.htm>" in parsed.stdout
    shell = scrapy("shell", article, "-c", "response.status", *replay, cwd=inside)
    assert shell.stdout.strip() == "200"
    assert list(tmp_path.iterdir()) == [], "only a crawl writes"
