"""Drift: a layout that does not read as it did is noticed, and small runs do not cry."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from test_crawl import PORTAL, crawl

from fjsen_spider.crawling.health import Limits, findings

LIMITS = Limits(least=50, drop=30, quarantine=10)


def mutated(tree: Path, *changes: tuple[bytes, bytes]) -> Path:
    """The portal after a change of its templates."""
    shutil.copytree(PORTAL, tree)
    for file in tree.rglob("content_*.htm"):
        page = file.read_bytes()
        for old, new in changes:
            page = re.sub(old, new, page)
        file.write_bytes(page)
    return tree


@pytest.fixture
def reports(archived) -> Path:
    return archived[0] / "runs"


def crawl_after(reports: Path, data: Path, tree: Path, *options: object):
    """Crawl where a run over the portal as it was has left its report, and nothing else."""
    shutil.copytree(reports, data / "runs")
    return crawl(data, *options, replay=tree)


def last_story(runs: Path) -> dict[str, Any]:
    return json.loads(max(runs.glob("*.json"), key=lambda file: file.stat().st_mtime_ns).read_bytes())


def test_report_counts_the_fields_of_each_layout(reports):
    told = last_story(reports)
    assert {layout: one["records"] for layout, one in told["fill"].items()} == told["layouts"]
    assert sum(one["filled"].get("authors", 0) for one in told["fill"].values()) == told["fields"]["authors"]["filled"]
    text = told["fill"]["text"]
    assert text["filled"]["keywords"] > 0 == text["own"].get("keywords", 0), "only the CMS comment has them"
    assert told["health"] == {"findings": []}


RENAMED = (rb"author_baidu", b"writer_baidu")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([RENAMED], "layout text: authors out of the page's own line in 0 % of 70 records, before in 77 % of 70"),
        (
            [RENAMED, (rb"<author>.*?</author>", b"<author></author>")],
            "layout text: authors in 0 % of 70 records, before in 77 % of 70",
        ),
    ],
    ids=["while the CMS comment still has them", "and nothing else has them"],
)
def test_names_that_have_left_their_place_are_noticed(reports, tmp_path, changes, told):
    run = crawl_after(reports, tmp_path / "data", mutated(tmp_path / "tree", *changes))
    assert run.status == 65, run.err
    story = last_story(run.data / "runs")
    assert (story["exit_status"], story["finish_reason"]) == (65, "finished")
    assert story["health"] == {"findings": [told]}
    assert f"\ndrift: {told}\n" in run.err
    assert run.err.endswith(f"\nscrapy crawl: pages do not read as they did: {told}\n")


def test_template_that_no_layout_knows_is_noticed(reports, tmp_path):
    names = rb"cont_head|cont-head|cont-news|new_message_id|big_title|\w+_baidu|zoom"
    run = crawl_after(reports, tmp_path / "data", mutated(tmp_path / "tree", (names, b"x1")), "-a", "limit=60")
    assert run.status == 65, run.err
    assert "articles read oddly (" in run.err.splitlines()[-1]
    assert "generic-layout" in run.err.splitlines()[-1]
    assert list((run.data / "quarantine").glob("*/meta.json"))


def runs(*each: tuple[int, int], kind: str = "filled", **odd: int) -> list[Mapping[str, Any]]:
    """Reports of runs, newest first: so many records, so many of which have authors."""
    empty: dict[str, Any] = {"filled": {}, "own": {}}
    return [
        {
            "fill": {"text": empty | {"records": records, kind: {"authors": having}}} if records else {},
            "quarantined": odd,
        }
        for records, having in each
    ]


@pytest.mark.parametrize(
    ("each", "cries"),
    [
        ([(60, 0), (500, 400)], True),
        ([(60, 45), (500, 400)], False),
        ([(40, 0), (500, 400)], False),
        ([(5, 0)] * 10 + [(500, 400)], True),
        ([(5, 0)] * 9 + [(500, 400)], False),
        ([(5, 0)] * 2 + [(5, 5)] * 100, False),
        ([(60, 0), (40, 40)], False),
        ([(60, 0)], False),
        ([(60, 60), (60, 0)], False),
        ([(0, 0), (60, 0), (500, 400)], False),
    ],
)
def test_what_is_drift(each, cries):
    for kind in ("filled", "own"):
        now, *before = runs(*each, kind=kind)
        assert bool(list(findings(now, before, LIMITS))) == cries


def test_small_differences_are_left_to_chance():
    now, *before = runs((50, 30), (50, 46))
    assert list(findings(now, before, LIMITS)) == [], "32 points, and not sure"
    now, *before = runs((500, 300), (500, 460))
    assert list(findings(now, before, LIMITS)) == ["layout text: authors in 60 % of 500 records, before in 92 % of 500"]


def test_how_many_pages_may_read_oddly():
    def told(*each: tuple[int, int], **odd: int) -> list[str]:
        now, *before = runs(*each, **odd)
        return list(findings(now, before, LIMITS))

    assert told((90, 90), error=9) == []
    assert told((90, 90), error=11) == ["11 of 101 articles read oddly (11 error), see quarantine/"]
    assert told((10, 10), error=10) == []
    assert told((10, 10), (10, 10), (10, 10), error=10)[0].startswith("30 of 60 ")
    assert told((100, 90), **{"generic-layout": 11})[0].startswith("11 of 100 ")
