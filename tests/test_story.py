"""What a run tells of itself at the end, and what the shell is told."""

from __future__ import annotations

import pytest

from fjsen_spider.crawling.exit_status import exit_status
from fjsen_spider.crawling.frontier import Frontier
from fjsen_spider.crawling.ledger import FILE, Ledger, State
from fjsen_spider.crawling.ledger.account import Account
from fjsen_spider.crawling.schedule import Schedule
from fjsen_spider.crawling.scope import Scope
from fjsen_spider.crawling.story import LONGEST, tell
from fjsen_spider.crawling.table import render
from fjsen_spider.extraction.listing import ListedLink
from fjsen_spider.items import Article

URL = "http://xm.fjsen.com/2018-03/05/content_{}.htm"


@pytest.fixture
def ledger(tmp_path):
    ledger = Ledger.begin(tmp_path / FILE, "20261125T090000Z", 1_795_000_000)
    yield ledger
    ledger.close()


def met(ledger: Ledger, count: int) -> Frontier:
    """Meet articles, and ask for them."""
    frontier = Frontier(ledger, Scope(), Schedule((3600,)))
    column = ledger.columns.get("http://xm.fjsen.com/a.htm")
    for number in range(1, count + 1):
        frontier.meet(ListedLink(url=URL.format(number)), column, 1, number)
    frontier.look_again()
    return frontier


def test_fetched_article_without_an_outcome_is_listed(ledger):
    frontier = met(ledger, 3)
    for article, url in list(frontier.due()):
        assert frontier.arrive(url, article) == article
    frontier.settle("fjsen:1", State.FAILED, "not an article: soft-404")
    frontier.settle_record(Article(id="fjsen:2"), "recorded")
    story = tell({}, Account(ledger.connection))
    assert story["not_recorded"] == [
        {"url": URL.format(1), "why": "not an article: soft-404"},
        {"url": URL.format(3), "why": "fetched, no outcome: the run ended"},
    ]
    assert story["articles"] == {
        "listed": 3, "known": 0, "fetched": 3, "extracted": 1, "recorded": 1, "unchanged": 0, "tombstones": 0,
    }  # fmt: skip
    (column,) = story["columns"].values()
    assert column == {"name": None, **story["articles"]}
    (day,) = story["days"]
    assert (day["day"], day["listed"], day["recorded"]) == ("2018-03-05", 3, 1)
    assert day["reasons"] == story["reasons"]
    assert story["reasons"] == {"fetched, no outcome: the run ended": 1, "not an article: soft-404": 1}


def test_long_list_says_how_much_of_it_is_cut(ledger):
    met(ledger, LONGEST + 7)
    story = tell({}, Account(ledger.connection))
    assert len(story["not_fetched"]) == LONGEST + 1
    assert story["not_fetched"][-1] == {"more": 7}
    assert "not fetched: … and 47 more\n" in render(story)


@pytest.mark.parametrize(
    ("stats", "status", "why"),
    [
        ({}, 0, ""),
        ({"finish_reason": "limit", "fjsen/seeds": 2, "fjsen/pages": 1, "fjsen/failed/listing/404": 1}, 0, ""),
        ({"finish_reason": "shutdown"}, 75, "the run ended before it was done: shutdown"),
        ({"fjsen/seeds": 2, "fjsen/failed/listing/521": 2}, 69, "none of the 2 seeds was answered: 2 listing/521"),
        ({"fjsen/error/KeyError": 3}, 1, "pages were lost to defects, see the run report: 3 KeyError"),
        ({"fjsen/error/KeyError": 3, "fjsen/report_failed": "full"}, 74, "the run report could not be written: full"),
        ({"item_scraped_count": 1}, 74, "a feed could not be stored"),
    ],
)
def test_exit_status(stats, status, why):
    assert exit_status({"finish_reason": "finished"} | stats, feeds=1) == (status, why)
