"""What a run tells of itself at the end, and what the shell is told."""

from __future__ import annotations

import pytest

from fjsen_spider.crawling.exit_status import exit_status
from fjsen_spider.crawling.sightings import Sightings
from fjsen_spider.crawling.story import LONGEST, tell
from fjsen_spider.crawling.table import render

URL = "http://xm.fjsen.com/2018-03/05/content_{}.htm"


def met(count: int, *, fetched: bool) -> Sightings:
    sightings = Sightings()
    for number in range(count):
        sightings.meet(URL.format(number), "a")
    for name, url in list(sightings.due()):
        if fetched:
            sightings.arrive(url, name)
    return sightings


def test_fetched_article_without_an_outcome_is_listed():
    refused = {URL.format(1): "not an article: soft-404"}
    story = tell({}, met(3, fetched=True), {"fjsen:0"}, refused, "shutdown")
    assert story["not_recorded"] == [
        {"url": URL.format(1), "why": "not an article: soft-404"},
        {"url": URL.format(2), "why": "fetched, no outcome: the run ended"},
    ]


def test_long_list_says_how_much_of_it_is_cut():
    story = tell({}, met(LONGEST + 7, fetched=False), (), {}, "finished")
    assert len(story["not_fetched"]) == LONGEST + 1
    assert story["not_fetched"][-1] == {"more": 7}
    assert "not fetched: … and 47 more\n" in render(story)
    whole = tell({}, met(LONGEST, fetched=False), (), {}, "finished")
    assert len(whole["not_fetched"]) == LONGEST


@pytest.mark.parametrize(
    ("stats", "status", "why"),
    [
        ({}, 0, ""),
        ({"finish_reason": "limit", "fjsen/seeds": 2, "fjsen/pages": 1, "fjsen/failed/listing/404": 1}, 0, ""),
        ({"finish_reason": "shutdown"}, 1, "the run ended before it was done: shutdown"),
        ({"fjsen/seeds": 2, "fjsen/failed/listing/521": 2}, 1, "none of the 2 seeds was answered: 2 listing/521"),
        ({"fjsen/error/KeyError": 3}, 1, "pages were lost to defects, see the run report: 3 KeyError"),
        ({"fjsen/error/KeyError": 3, "fjsen/report_failed": "full"}, 74, "the run report could not be written: full"),
        ({"item_scraped_count": 1}, 74, "a feed could not be stored"),
    ],
)
def test_exit_status(stats, status, why):
    assert exit_status({"finish_reason": "finished"} | stats, feeds=1) == (status, why)
