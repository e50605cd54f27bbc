"""`fjsen explain`: every value with its rule and raw words, and no place that does not say it."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
from dataclasses import replace
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cases import ARTICLES, FIXTURES, SHARED, name
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from typer.testing import CliRunner

from fjsen_spider.archive.mirror import Mirror
from fjsen_spider.cli import app
from fjsen_spider.explain import Explanation, Fact, explain
from fjsen_spider.explain.page import page
from fjsen_spider.extraction import NotAnArticle, extract
from fjsen_spider.extraction.text import squeeze
from fjsen_spider.fixtures.folder import read_pages
from fjsen_spider.items import Article, RawArticle, RawPage
from fjsen_spider.serialize import to_dict

REAL = SHARED / "real" / "articles"
SERIES = FIXTURES / "text" / "20961223"  # three pages
NOT_OF_THE_PAGE = ("schema_version", "kind", "revision", "content_sha256", "provenance", "warnings")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def real_articles() -> list[RawArticle]:
    if not REAL.is_dir():
        pytest.skip("no real captures beside the project")
    return list(Mirror(REAL).articles())


def check_rules(article: Article) -> None:
    """Every field that was read has its rule, and what was parsed its raw twin."""
    record = to_dict(article)
    filled = {key for key, value in record.items() if value not in (None, [], {})}
    assert filled - {*NOT_OF_THE_PAGE} <= set(article.provenance)
    for at, image in enumerate(article.images):
        parts = {f"images.{at}.{part}" for part in ("caption", "credit") if getattr(image, part)}
        assert parts <= set(article.provenance)
    assert bool(article.date_raw) == bool(article.date and article.provenance["date"] != "url")
    raws = squeeze("\n".join([article.byline_raw or "", *(one.raw for one in article.people)]))
    for field in ("authors", "source", "editors"):
        if record[field] and article.provenance[field].endswith((f":{field}", ":byline", ".byline")):
            values = [record[field]] if isinstance(record[field], str) else record[field]
            assert [value for value in values if squeeze(value) not in raws] == [], field
    assert all(squeeze(one.name) in squeeze(one.raw) for one in article.people)


@pytest.mark.parametrize("folder", ARTICLES, ids=name)
def test_every_filled_field_has_its_rule_and_its_raw_words(folder):
    check_rules(extract(*read_pages(folder).pages))


def test_every_filled_field_of_a_real_article_has_its_rule():
    for raw in real_articles():
        check_rules(extract(*raw.pages))


def said(fact: Fact, explanation: Explanation) -> str:
    """What the places of a fact say, by the plainest reading of the source."""
    texts = [source.page.raw.url if spot.in_address else source.text for spot, source in _at(fact, explanation)]
    return squeeze("".join(unescape(text[slice(*spot.span)]) for text, spot in zip(texts, fact.spots, strict=True)))


def _at(fact: Fact, explanation: Explanation):
    return [(spot, explanation.sources[spot.page]) for spot in fact.spots]


def is_said(fact: Fact, explanation: Explanation) -> bool:
    told, value, raw = said(fact, explanation), squeeze(fact.value), squeeze(fact.raw or "")
    if fact.field in ("date", "dateline", "url"):
        return told == (raw or value) or (fact.rule == "url" and told == value.replace("-", "/").replace("/", "-", 1))
    if fact.field == "people":
        return told in (raw, value.partition("·")[0])
    if fact.field == "id":
        return f"fjsen:{told}" == value
    if re.fullmatch(r"(images|videos)\.\d+", fact.key):
        return told.startswith("<") and value.rpartition("/")[2] in told
    if fact.field == "source_url":
        at = fact.spots[0].span.start
        return "href=" in explanation.sources[0].text[at - 6 : at]  # damaged, it may lead anywhere
    return told == re.sub(r"[｜/]", "", value) if fact.field == "tables" else told == value


def check_places(explanation: Explanation) -> None:
    wrong = [fact for fact in explanation.facts if fact.spots and not is_said(fact, explanation)]
    assert wrong == []
    bodies = [fact for fact in explanation.facts if fact.field in ("subsections", "images")]
    assert [fact.key for fact in bodies if any(spot.page != _index(fact, explanation) for spot in fact.spots)] == []


def _index(fact: Fact, explanation: Explanation) -> int:
    return [source.number for source in explanation.sources].index(fact.page)


@pytest.mark.parametrize("folder", ARTICLES, ids=name)
def test_places_of_a_fixture_say_the_values(folder):
    explanation = explain(read_pages(folder))
    check_places(explanation)
    if folder.parent.name != "generic":
        assert [fact.key for fact in explanation.facts if fact.lost] == []
    keys = [fact.key for fact in explanation.facts]
    assert len(set(keys)) == len(keys)
    filled = {key for key, value in to_dict(explanation.article).items() if value not in (None, [], {})}
    shown = {"provenance", "warnings", "date_raw"} | ({"subsections"} if explanation.article.text is None else set())
    assert {fact.field for fact in explanation.facts} == filled - shown


def test_places_of_real_articles_say_the_values():
    explanations = [explain(raw) for raw in real_articles()]
    for explanation in explanations:
        check_places(explanation)
    assert [fact for one in explanations for fact in one.facts if fact.lost] == []


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_pages_are_explained_or_refused_and_no_place_is_wrong(data):
    pages = list(read_pages(data.draw(st.sampled_from(ARTICLES))).pages)
    at = data.draw(st.integers(0, len(pages) - 1))
    body = pages[at].body
    cut = sorted(data.draw(st.tuples(*[st.integers(0, len(body))] * 2)))
    put = data.draw(
        st.sampled_from([b"", b"<", b"</p>", b"<!--", b"&amp", b'"', b"<td x='>", b"<title>", b"\xe4\xb8\x80"])
    )
    pages[at] = replace(pages[at], body=body[: cut[0]] + put + body[cut[0] if put else cut[1] :])
    try:
        explanation = explain(RawArticle(pages=tuple(pages)))
    except NotAnArticle:
        return
    check_places(explanation)
    page(explanation)


def fjsen(*arguments, columns: int = 140):
    return CliRunner().invoke(app, ["explain", *map(str, arguments)], env={"COLUMNS": str(columns)})


class TestTerminal:
    def test_each_value_stands_with_rule_and_place_and_its_raw_words(self):
        told = fjsen(SERIES)
        assert told.exit_code == 0
        assert "\x1b" not in told.stdout
        rows = [re.split(r"\s{2,}", line.strip()) for line in told.stdout.splitlines()]
        assert ["date", "2018-04-27T08:08:08+08:00", "text:date", "1:42"] in rows
        assert ["raw: 2018-04-27 08:08:08"] in rows
        assert ["subsections.1.heading", "第一站：海边的黄", "text:body.heading.strong", "1:53"] in rows
        assert ["images.1.caption", "盐田旁的油菜花。", "text:caption.kai", "2:52"] in rows  # of the second page
        assert "No warnings." in told.stdout

    def test_warnings_are_explained(self):
        told = fjsen(SERIES / "page.html", "--url", "http://fjnews.fjsen.com/2018-04/27/content_20961223.htm")
        assert "1 of 3 pages" in told.stdout
        assert "missing-page: a page of the article could not be had" in told.stdout

    @pytest.mark.parametrize("columns", [60, 100, 160])
    def test_no_line_is_wider_than_the_terminal(self, columns):
        told = fjsen(SERIES, columns=columns)
        assert max(cell_len(line) for line in told.stdout.splitlines()) <= columns
        assert "…" in told.stdout

    def test_a_page_cannot_steer_the_terminal(self, tmp_path):
        file = tmp_path / "page.html"
        body = (FIXTURES / "text/20961089/page.html").read_bytes()
        file.write_bytes(
            body.replace("三明三村".encode(), b"&#27;[31m[red]&#x202e;", 1).replace(b"<h1>", b"<h1>&#27;[2J")
        )
        told = fjsen(file)
        assert "\\u{1b}[2J 三明三村的水路故事" in told.stdout
        assert "\x1b" not in told.stdout

    @pytest.mark.parametrize(
        ("arguments", "reason"),
        [
            ([FIXTURES / "not_articles/soft_404/page.html"], "not an article (soft-404)"),
            ([FIXTURES / "missing.html"], "No such file or directory"),
            ([FIXTURES / "portal"], "articles, not one"),
            ([SERIES / "page.html", "--url", "ftp://x"], "not an http(s) URL"),
            ([SERIES, "--html", "/nowhere/out.html"], "cannot write /nowhere/out.html"),
        ],
    )
    def test_what_cannot_be_explained_is_said_in_one_line(self, arguments, reason):
        told = fjsen(*arguments)
        assert (told.exit_code, told.stdout) == (2, "")
        assert reason in told.stderr
        assert told.stderr.count("\n") == 1


LURE = """<script>document.title='pwned'</script><img src="{server}/picture.jpg" onerror="document.title='pwned'">
<link rel="stylesheet" href="{server}/style.css"><iframe src="{server}/frame.html"></iframe></pre></main>
<script src="{server}/script.js"></script><meta http-equiv="refresh" content="0;url={server}/away.html">
<svg onload="document.title='pwned'"></svg>"""


@pytest.fixture(scope="module")
def server():
    """A site that notes what is asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            pass

    site = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=site.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{site.server_port}", asked
    site.shutdown()
    thread.join()
    site.server_close()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, server):
    """A page that would run scripts and fetch, as served and as explained."""
    folder = tmp_path_factory.mktemp("hostile")
    body = (FIXTURES / "text/20961089/page.html").read_bytes()
    file = folder / "page.html"
    file.write_bytes(body.replace(b"<p style", LURE.format(server=server[0]).encode() + b"<p style", 1))
    told = fjsen(file, "--html", folder / "out.html", "--url", "http://sm.fjsen.com/2018-04/15/content_20961089.htm")
    assert told.exit_code == 0, told.stderr
    assert re.search(r"out\.html: \d+ values, 0 without their place in the source\n$", told.stderr)
    return folder


def chromium(file: Path, profile: Path, *arguments: str) -> str:
    if BROWSER is None:
        pytest.skip("no chromium, chromium-browser or google-chrome on the PATH")
    flags = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync --window-size=1400,900"
    ).split()
    command = [BROWSER, *flags, f"--user-data-dir={profile}", *arguments, file.as_uri()]
    told = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert told.returncode == 0, told.stderr
    return told.stdout


class TestPage:
    def test_it_is_one_file_with_every_place_linked(self):
        explanation = explain(read_pages(SERIES))
        html = page(explanation)
        assert not re.search(r"<(?:img|link|iframe|form|object|base)\b|\bon\w+=\"|style=\"", html)
        assert re.findall(r"<h2>page (\d)", html) == ["1", "2", "3"]
        for number, fact in enumerate(explanation.facts):
            assert f'id="f{number}"' in html
            assert (f'id="s{number}"' in html) == bool(fact.spots)
        lines = re.search(r"<pre[^>]*>(.*?)</pre>", html, re.DOTALL)[1]
        assert unescape(re.sub(r"<[^>]*>", "", lines)) == explanation.sources[0].text

    def test_a_value_without_its_place_is_marked_so(self):
        body = (FIXTURES / "text/20961089/page.html").read_bytes()
        doubly = body.replace("<keyword>三明 ".encode(), "<keyword>三明&amp;amp;永安 ".encode())
        explanation = explain(RawArticle(pages=(RawPage(url=None, body=doubly),)))
        assert [(fact.key, fact.value) for fact in explanation.facts if fact.lost] == [("keywords.0", "三明&永安")]
        assert page(explanation).count("<b>not found in the source</b>") == 1

    def test_the_browser_runs_nothing_of_the_site_and_asks_nobody(self, hostile, server, tmp_path):
        asked = server[1]
        asked.clear()
        dom = chromium(hostile / "out.html", tmp_path, "--dump-dom")
        assert asked == []
        assert "<title>三明三村的水路故事, explained</title>" in dom
        assert '<html lang="en" class="js">' in dom  # the page's own script did run
        assert dom.count('class="m k-paragraph"') >= 5
        assert "&lt;script&gt;document.title='pwned'&lt;/script&gt;" in re.sub(r"</?span[^>]*>", "", dom)

    def test_the_same_browser_falls_for_the_page_itself(self, hostile, server, tmp_path):
        asked = server[1]
        asked.clear()
        chromium(hostile / "page.html", tmp_path, "--dump-dom")
        assert "/picture.jpg" in asked

    def test_the_browser_paints_it(self, hostile, tmp_path):
        picture = tmp_path / "picture.png"
        chromium(hostile / "out.html", tmp_path, f"--screenshot={picture}", "--hide-scrollbars")
        assert struct.unpack(">8s8xII", picture.read_bytes()[:24]) == (b"\x89PNG\r\n\x1a\n", 1400, 900)
