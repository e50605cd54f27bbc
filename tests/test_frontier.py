"""What a crawl asks for next."""

from __future__ import annotations

import time

import pytest

from fjsen_spider.crawling.frontier import WINDOW, Frontier
from fjsen_spider.crawling.ledger import FILE, Ledger, State
from fjsen_spider.crawling.schedule import Schedule
from fjsen_spider.crawling.scope import Scope
from fjsen_spider.extraction.listing import ListedLink
from fjsen_spider.items import Article

URL = "http://xm.fjsen.com/2018-03/05/content_20990001.htm"
ELSEWHERE = URL.replace("//xm", "//news")
NEWS = "http://news.fjsen.com/2018-03/05/content_{}.htm"


@pytest.fixture
def ledger(tmp_path):
    ledger = Ledger.begin(tmp_path / FILE, "20261125T090000Z", 1_795_000_000)
    yield ledger
    ledger.close()


class Listed:
    """A frontier that meets links, one column a letter, in order."""

    def __init__(self, ledger: Ledger, limit: int | None = None) -> None:
        self.ledger, self.frontier = ledger, Frontier(ledger, Scope(limit=limit), Schedule((3600, 86400)))
        self.position = 0

    def meet(self, url: str, column: str = "a") -> bool:
        self.position += 1
        return self.frontier.meet(ListedLink(url=url), self.ledger.columns.get(column), 1, self.position)

    def asked(self) -> list[str]:
        self.frontier.look_again()
        return [url for _, url in self.frontier.due()]


def test_article_met_twice_is_asked_once_where_it_was_met_first(ledger):
    listed = Listed(ledger)
    listed.ledger.columns.get("a")
    assert listed.meet(ELSEWHERE, "b")
    assert listed.meet(URL, "a"), "news to this column"
    assert listed.asked() == [URL], "columns go in their order, whichever answers first"
    assert listed.asked() == []
    assert listed.frontier.aliases("fjsen:20990001", URL) == (ELSEWHERE,)


def test_limit_asks_for_another_article_when_one_fails(ledger):
    listed = Listed(ledger, limit=1)
    for number in (1, 2, 3):
        listed.meet(NEWS.format(number))
    assert listed.asked() == [NEWS.format(1)]
    assert listed.asked() == []
    listed.frontier.fail("fjsen:1", "404")
    assert listed.asked() == [NEWS.format(2)]
    listed.frontier.settle_record(Article(id="fjsen:2"), "recorded")
    assert listed.asked() == []


def test_limit_counts_tombstones_too(ledger):
    listed = Listed(ledger, limit=1)
    for number in (1, 2):
        listed.meet(NEWS.format(number))
    assert listed.asked() == [NEWS.format(1)]
    listed.frontier.settle("fjsen:1", State.GONE, "tombstone")
    assert listed.asked() == []


def test_redirect_to_another_article_is_that_article(ledger):
    listed = Listed(ledger)
    stub = "http://www.fjsen.com/content/2018-03/05/content_7.htm"
    listed.meet(stub)
    assert listed.asked() == [stub]
    assert listed.frontier.arrive(URL, "fjsen:7") == "fjsen:20990001"
    listed.frontier.fail("fjsen:7", "redirected")
    listed.meet(URL)
    assert listed.asked() == [], "it is here already"
    listed.frontier.settle_record(Article(id="fjsen:20990001"), "recorded")
    assert listed.asked() == []
    assert listed.ledger.articles.get(7).outcome == "redirected"


def test_every_address_is_tried_before_an_article_has_failed(ledger):
    listed = Listed(ledger)
    listed.meet("http://np.fjsen.com/wap/2018-03/05/content_1.htm")
    listed.meet(NEWS.format(1))
    tried = []
    while found := listed.asked():
        tried += found
        listed.frontier.fail("fjsen:1", "404")
    assert tried == [
        "http://np.fjsen.com/2018-03/05/content_1.htm",
        "http://np.fjsen.com/wap/2018-03/05/content_1.htm",
        NEWS.format(1),
    ]
    entry = ledger.articles.get(1)
    assert (entry.state, entry.outcome, entry.attempts) == (State.GONE, "404", 1)


def test_what_may_pass_is_no_proof_that_an_article_is_gone(ledger):
    listed = Listed(ledger)
    listed.meet(NEWS.format(1))
    listed.meet(NEWS.format(1).replace("//news", "//xm"), "b")
    for why in ("404", "503"):
        assert len(listed.asked()) == 1
        listed.frontier.fail("fjsen:1", why)
    assert ledger.articles.get(1).state == State.FAILED


def test_many_articles_wait_in_the_ledger(ledger):
    listed = Listed(ledger)
    for number in range(1, 201):
        listed.meet(NEWS.format(number))
    asked = listed.asked()
    assert asked == [NEWS.format(number) for number in range(1, WINDOW + 1)]
    for number in range(1, 201):
        listed.frontier.settle_record(Article(id=f"fjsen:{number}"), "recorded")
        asked += [url for _, url in listed.frontier.due()]
    assert asked == [NEWS.format(number) for number in range(1, 201)]
    assert not listed.frontier._open


def test_clock_set_forward_makes_nothing_due_again(ledger, monkeypatch):
    listed = Listed(ledger)
    listed.meet(NEWS.format(1))
    assert listed.asked() == [NEWS.format(1)]
    listed.frontier.fail("fjsen:1", "503")
    later = time.time() + 365 * 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    assert listed.asked() == [], "the next run asks"
    listed.frontier = Frontier(ledger, Scope(), Schedule((3600, 86400)))
    assert listed.asked() == [NEWS.format(1)]
