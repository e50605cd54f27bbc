"""`fjsen fixture add URL`, through a proxy on this machine that stands for the portal."""

from __future__ import annotations

import json

import pytest
from cases import FIXTURES
from test_cli import fjsen, one_line

URL = "http://sm.fjsen.com/2018-04/15/content_20961089.htm"
PAGE = (FIXTURES / "text" / "20961089" / "page.html").read_bytes()


@pytest.fixture
def portal(portal):
    portal.answers[URL] = (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE)
    return portal


@pytest.fixture
def add(portal, tmp_path):
    (tmp_path / "fixtures").mkdir()
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = fjsen_spider.settings\n")
    return lambda url=URL: fjsen("fixture", "add", url, "--why", "x", cwd=tmp_path, http_proxy=portal.url, no_proxy="")


def test_a_page_is_fetched_as_sent_by_a_client_that_says_who_it_is(add, portal, tmp_path):
    told = add()
    assert told.returncode == 0, told.stderr
    folder = tmp_path / "fixtures/text/20961089"
    assert (folder / "page.html").read_bytes() == PAGE
    assert json.loads((folder / "meta.json").read_text("utf-8")) == {
        "url": URL,
        "why": "x",
        "content_type": "text/html; charset=utf-8",
    }
    assert [url for url, _ in portal.asked] == ["http://sm.fjsen.com/robots.txt", URL]
    assert all(agent.startswith("fjsen-spider/") for _, agent in portal.asked)


def test_robots_txt_is_obeyed(add, portal):
    portal.answers["http://sm.fjsen.com/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /2018-04/")
    assert "robots.txt" in one_line(add())
    assert [url for url, _ in portal.asked] == ["http://sm.fjsen.com/robots.txt"]


def test_without_an_answer_to_robots_txt_nothing_is_fetched(add, portal):
    portal.answers["http://sm.fjsen.com/robots.txt"] = (503, {}, b"")
    assert "503" in one_line(add())
    assert [url for url, _ in portal.asked] == ["http://sm.fjsen.com/robots.txt"]


def test_a_redirect_off_the_portal_is_not_followed(add, portal):
    portal.answers[URL] = (302, {"Location": "http://www.example.org/"}, b"")
    assert "www.example.org" in one_line(add())
    assert "http://www.example.org/" not in [url for url, _ in portal.asked]


def test_a_missing_page_is_one_line(add, portal):
    del portal.answers[URL]
    assert "404" in one_line(add())
