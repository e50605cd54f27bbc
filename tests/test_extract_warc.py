"""`fjsen extract` of WARC files: the articles in them, as a mirror tree of the same pages gives them."""

from __future__ import annotations

import json

import pytest
from cases import FIXTURES
from exchanges import exchange, response, save
from test_cli import fjsen, one_line, records

from fjsen_spider.archive.warc import WarcWriter

PORTAL = FIXTURES / "portal"
SERIES = FIXTURES / "text" / "20961223"  # three pages
PAGES = {1: "page.html", 2: "page_2.html", 3: "page_3.html"}
NO_ARTICLE = FIXTURES / "not_articles" / "soft_404" / "page.html"
FIRST = "http://fjnews.fjsen.com/2018-04/27/content_20961223.htm"


def series(number: int) -> tuple[str, bytes]:
    url = FIRST if number == 1 else FIRST.replace(".htm", f"_{number}.htm")
    return url, (SERIES / PAGES[number]).read_bytes()


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """The archive of two runs: the pages of an article, a page that is none, a listing, a redirect and a missing page."""
    folder = tmp_path_factory.mktemp("data")
    first = WarcWriter(folder / "warc", "fjsen-20261125T130000Z")
    for number in (3, 1):
        first.write(exchange(*series(number), headers={"Content-Type": "text/html; charset=utf-8"}))
    first.write(exchange("http://qz.fjsen.com/2018-05/02/content_20962037.htm", NO_ARTICLE.read_bytes()))
    first.write(
        exchange("http://www.fjsen.com/2018-04/27/content_20961223.htm", b"", status=302, headers={"Location": FIRST})
    )
    first.write(exchange("http://fjnews.fjsen.com/2018-04/27/content_20961224.htm", b"gone", status=404))
    first.write(exchange("http://news.fjsen.com/e_news.htm", b"<html>listing</html>"))
    first.close()
    second = WarcWriter(folder / "warc", "fjsen-20261126T130000Z")
    second.write(exchange(*series(2), date="2026-11-26T13:00:00Z"))
    second.close()
    return folder


def test_articles_are_merged_over_files_and_say_where_they_are_from(data):
    told = fjsen("extract", data)
    assert told.returncode == 0, told.stderr
    assert told.stderr == "1 records, 1 not articles (1 soft-404)\n"
    [record] = records(told)
    [saved] = records(fjsen("extract", PORTAL.parent / "text" / "20961223" / "page.html", "--url", FIRST))
    assert (record["id"], record["pages"], record["complete"]) == ("fjsen:20961223", {"total": 3, "fetched": 3}, True)
    assert (record["retrieved_at"], record["status"]) == ("2026-11-25T13:00:00+00:00", 200)
    assert record["warc"]["file"] == "fjsen-20261125T130000Z-00000.warc.gz"
    assert record["encoding"]["declared"] == "utf-8"
    assert record["text"].startswith(saved["text"].splitlines()[0])
    files = sorted((data / "warc").glob("*.warc.gz"))
    assert fjsen("extract", *files).stdout == fjsen("extract", data / "warc").stdout == told.stdout


def test_the_newest_capture_of_a_page_counts_and_a_page_that_was_cut_off_is_left_out(tmp_path):
    page = (FIXTURES / "text" / "20961089" / "page.html").read_bytes()
    old = page.replace(b"</h1>", "（旧）</h1>".encode(), 1)
    url = "http://sm.fjsen.com/2018-04/15/content_20961089.htm"
    file = save(
        tmp_path / "a.warc.gz",
        response(url, "HTTP/1.1 200 OK\nContent-Type: text/html", page, date="2020-01-01T00:00:00Z"),
        response(url, "HTTP/1.1 200 OK\nContent-Type: text/html", old, date="2018-05-01T00:00:00Z"),
        response(url.replace(".htm", "_2.htm"), "HTTP/1.1 200 OK\nContent-Type: text/html", old, date="2018-05-01T00:00:00Z"),
        response(url, "HTTP/1.1 503 Busy", b"busy", date="2021-01-01T00:00:00Z"),
    )  # fmt: skip
    [record] = records(fjsen("extract", file))
    [golden] = [json.loads((FIXTURES / "text" / "20961089" / "expected.json").read_text("utf-8"))]
    told = ("retrieved_at", "status", "warc", "first_seen", "encoding", "provenance")
    assert {key: value for key, value in record.items() if key not in told} == {
        key: value for key, value in golden.items() if key not in told
    }
    assert record["retrieved_at"] == "2020-01-01T00:00:00+00:00"


def test_what_cannot_be_read_is_named_and_the_rest_is_written(data, tmp_path):
    whole = next((data / "warc").glob("*25T13*.warc.gz")).read_bytes()
    torn = tmp_path / "torn.warc.gz"
    torn.write_bytes(whole[:-400])
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 0xFF
    (tmp_path / "damaged.warc.gz").write_bytes(damaged)
    (tmp_path / "empty.warc.gz").write_bytes(b"")
    (tmp_path / "foreign.warc.gz").write_bytes(b"PK\3\4 no archive")
    told = fjsen("extract", tmp_path)
    assert told.returncode == 1
    assert [one["id"] for one in records(told)] == ["fjsen:20961223"]
    lines = told.stderr.splitlines()
    assert [line.split(" at byte ")[0] for line in lines[:-1]] == [
        f"fjsen: {name}.warc.gz" for name in ("damaged", "foreign", "torn")
    ]
    assert lines[-1].endswith(", 3 failed")


def test_a_capture_whose_index_lies_is_named(data, tmp_path):
    for file in (data / "warc").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    last = tmp_path / "fjsen-20261126T130000Z-00000.warc.gz"
    last.write_bytes(last.read_bytes()[:600])
    told = fjsen("extract", tmp_path)
    assert told.returncode == 1
    assert "fjsen: fjsen-20261126T130000Z-00000.warc.gz at byte " in told.stderr
    assert records(told) == []


def test_arguments_that_cannot_be_followed(data, tmp_path):
    assert "--url names one page" in one_line(fjsen("extract", data, "--url", FIRST))
    twin = tmp_path / "fjsen-20261126T130000Z-00000.warc.gz"
    twin.write_bytes(b"")
    assert "has the name of" in one_line(fjsen("extract", data, twin))


def test_pages_and_archives_together(data):
    told = fjsen("extract", SERIES / "page.html", data)
    assert [one["warc"] is None for one in records(told)] == [True, False]
