"""WARC files of other crawlers, and damaged ones: read right, or refused with which and where."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
from exchanges import PAGE, URL, record, response, save

from fjsen_spider.archive.collection import Collection, warc_files
from fjsen_spider.archive.content import zstd
from fjsen_spider.archive.members import BadArchiveError

# As Common Crawl has it: the payload unpacked, the headers that no longer hold renamed.
COMMON_CRAWL = """
HTTP/1.1 200 OK
Server: nginx
Date: Wed, 09 May 2018 01:02:03 GMT
Content-Type: text/html; charset=utf-8
X-Crawl-Content-Length: 71
X-Crawl-Content-Encoding: gzip
X-Crawl-Transfer-Encoding: chunked
Content-Length: {size}
"""


def collection(*files):
    return Collection(files)


def chunked(body: bytes, size: int = 20) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def test_common_crawl(tmp_path):
    about = record("warcinfo", {"WARC-Date": "2018-05-09T00:00:00Z", "Content-Type": "application/warc-fields"}, b"")
    asked = record(
        "request",
        {
            "WARC-Date": "2018-05-09T01:02:03Z",
            "WARC-Target-URI": URL,
            "Content-Type": "application/http; msgtype=request",
        },
        b"GET / HTTP/1.1\r\nHost: xm.fjsen.com\r\n\r\n",
    )
    extra = record(
        "metadata",
        {"WARC-Date": "2018-05-09T01:02:03Z", "WARC-Target-URI": URL, "Content-Type": "application/warc-fields"},
        b"fetchTimeMs: 120\r\ncharset-detected: UTF-8\r\n",
    )
    file = save(
        tmp_path / "CC-MAIN-20180509-00001.warc.gz",
        about,
        asked,
        response(URL.replace("http:", "https:"), COMMON_CRAWL.format(size=len(PAGE)), PAGE),
        extra,
    )
    found = collection(file).newest(URL)
    assert found.page.body == PAGE
    assert found.page.url == URL.replace("http:", "https:")
    assert found.page.content_type == "text/html; charset=utf-8"
    assert found.page.retrieved_at == "2018-05-09T01:02:03+00:00"
    assert collection(file).newest(URL + "?page=pc") is None


@pytest.mark.parametrize(
    ("headers", "payload"),
    [
        ("Transfer-Encoding: chunked", chunked(PAGE)),
        ("Transfer-Encoding: chunked\ncontent-encoding: gzip", chunked(gzip.compress(PAGE, mtime=0))),
        ("Content-Encoding: gzip", gzip.compress(PAGE[:30], mtime=0) + gzip.compress(PAGE[30:], mtime=0)),
        ("Content-Encoding: deflate", zlib.compress(PAGE)),
        ("Content-Encoding: deflate", zlib.compress(PAGE, wbits=-15)),
        ("Content-Encoding: br", brotli.compress(PAGE)),
        ("Content-Encoding: zstd", zstd.compress(PAGE)),
        ("Content-Encoding: deflate, gzip", gzip.compress(zlib.compress(PAGE))),
        ("Content-Encoding: identity", PAGE),
        # Labels that stayed behind when an archive unpacked the body.
        ("Content-Encoding: gzip\nTransfer-Encoding: chunked", PAGE),
        ("Content-Encoding: br", PAGE),
        ("Content-Encoding: deflate", PAGE),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_body_is_unpacked(tmp_path, headers, payload):
    file = save(tmp_path / "a.warc.gz", response(URL, f"HTTP/1.1 200 OK\nContent-Type: text/html\n{headers}", payload))
    assert collection(file).newest(URL).page.body == PAGE


@pytest.mark.parametrize(
    ("headers", "payload"),
    [
        ("Content-Encoding: gzip", gzip.compress(PAGE, mtime=0)[:-9]),
        ("Content-Encoding: gzip", gzip.compress(PAGE, mtime=0)[:30] + b"x" * 30),
        ("Content-Encoding: deflate", zlib.compress(PAGE)[:-5]),
        ("Content-Encoding: br", brotli.compress(PAGE)[:-5]),
        ("Content-Encoding: zstd", zstd.compress(PAGE)[:-5]),
        ("Transfer-Encoding: chunked", chunked(PAGE)[:-30]),
        ("Transfer-Encoding: chunked", chunked(PAGE)[:-5]),
    ],
)
def test_a_cut_or_damaged_body_is_refused(tmp_path, headers, payload):
    file = save(tmp_path / "a.warc.gz", response(URL, f"HTTP/1.1 200 OK\n{headers}", payload))
    with pytest.raises(BadArchiveError, match=r"a\.warc\.gz at byte 0: .*content_20980126"):
        collection(file).newest(URL)


def test_habits_of_other_crawlers(tmp_path):
    """wget's angle brackets, HTTP/2, header names in lower case, fractions of a second, a file without compression."""
    lower = response(f"<{URL}>", "HTTP/2 200\ncontent-type: text/html", PAGE, date="2018-05-09T01:02:03.123456Z")
    kept = record(
        "resource",
        {"WARC-Date": "2018-05-09T01:02:03Z", "WARC-Target-URI": URL + "?2", "Content-Type": "text/html"},
        PAGE,
    )
    found = collection(save(tmp_path / "w.warc", lower, kept))
    page = found.newest(URL).page
    assert (page.url, page.body, page.status, page.content_type) == (URL, PAGE, 200, "text/html")
    assert page.retrieved_at == "2018-05-09T01:02:03+00:00"
    assert found.newest(URL + "?2").page.body == PAGE


def test_a_revisit_of_another_crawler(tmp_path):
    first = response(URL, "HTTP/1.1 200 OK\nContent-Type: text/html", PAGE)
    headers = {
        "WARC-Date": "2018-06-01T00:00:00Z", "WARC-Target-URI": URL, "WARC-Refers-To-Target-URI": URL,
        "WARC-Refers-To-Date": "2018-05-09T01:02:03Z", "Content-Type": "application/http; msgtype=response",
        "WARC-Profile": "http://netpreserve.org/warc/1.0/revisit/server-not-modified",
    }  # fmt: skip
    again = record("revisit", headers, b"HTTP/1.1 304 Not Modified\r\n\r\n")
    found = collection(save(tmp_path / "1.warc.gz", first), save(tmp_path / "2.warc.gz", again)).newest(URL)
    assert (found.page.status, found.page.body) == (200, PAGE)
    with pytest.raises(BadArchiveError, match=r"2\.warc\.gz at byte 0: .* not in the archive"):
        collection(tmp_path / "2.warc.gz").newest(URL)


def test_http_and_https_are_one_and_the_newest_is_given(tmp_path):
    old = response(URL, "HTTP/1.1 200 OK", b"old", date="2018-05-09T01:02:03Z")
    new = response(URL.replace("http:", "https:"), "HTTP/1.1 404 Not Found", b"new", date="2019-05-09T01:02:03Z")
    other = response(URL.upper().replace("HTTP", "http"), "HTTP/1.1 200 OK", b"other path", date="2020-01-01T00:00:00Z")
    page = collection(save(tmp_path / "1.warc.gz", new), save(tmp_path / "2.warc.gz", old, other)).newest(URL).page
    assert (page.status, page.body) == (404, b"new")


def torn(tmp_path, name, cut):
    records = [response(f"{URL}?{number}", "HTTP/1.1 200 OK", PAGE) for number in range(3)]
    file = save(tmp_path / name, *records)
    file.write_bytes(file.read_bytes()[:-cut])
    return file


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
@pytest.mark.parametrize("cut", [1, 3, 9, 150])
def test_a_torn_tail_is_told_and_the_rest_is_read(tmp_path, name, cut):
    file, told = torn(tmp_path, name, cut), []
    found = Collection([file], told.append)
    assert [entry.url for entry in found.entries()] == [f"{URL}?0", f"{URL}?1"]
    (error,) = told
    assert error.file == name
    assert f"{name} at byte {error.offset}: torn" in str(error)
    assert error.offset == sum(entry.length for entry in found.entries())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\x1f\x8b" + b"\0" * 40, "damaged"),
        (b"<html>no WARC</html>", "no WARC"),
        (gzip.compress(b"<html>no WARC</html>", mtime=0), "no WARC record"),
        (gzip.compress(response(URL, "HTTP/1.1 200 OK", PAGE) * 2), "several records"),
        (gzip.compress(response(URL, "HTTP/1.1 200 OK", PAGE)[:-20]), "shorter than it says"),
    ],
)
def test_what_is_no_warc_is_refused(tmp_path, content, why):
    file = tmp_path / "a.warc.gz"
    file.write_bytes(content)
    with pytest.raises(BadArchiveError, match=why):
        list(collection(file).entries())


def test_more_files_than_are_open_at_a_time(tmp_path):
    files = [save(tmp_path / f"{n}.warc.gz", response(f"{URL}?{n}", "HTTP/1.1 200 OK", b"%d" % n)) for n in range(150)]
    found = collection(*files)
    assert [found.newest(f"{URL}?{n}").page.body for n in range(150)] == [b"%d" % n for n in range(150)]
    assert sorted(entry.url for entry in found.entries()) == sorted(f"{URL}?{n}" for n in range(150))


@pytest.mark.parametrize("content", [b"!meta 0 {}\n", b"z) 2 {}\na) 1 {}\n", b'a) 20180509010203 {"url"'])
def test_an_index_that_cannot_be_searched_is_made_anew(tmp_path, content):
    file = save(tmp_path / "a.warc.gz", response(URL, "HTTP/1.1 200 OK", PAGE))
    (tmp_path / "a.cdxj").write_bytes(content)
    told = []
    found = Collection([file], told.append)
    assert [entry.url for entry in found.entries()] == [URL]
    assert told == []


def test_which_files_are_warc_files(tmp_path):
    data = tmp_path / "output"
    (data / "warc").mkdir(parents=True)
    file = save(data / "warc" / "b.warc.gz", response(URL, "HTTP/1.1 200 OK", PAGE))
    (data / "warc" / "a.warc.gz.open").write_bytes(file.read_bytes())
    (data / "warc" / "b.cdxj").write_bytes(b"")
    page = data / "page.html"
    page.write_bytes(PAGE)
    assert (
        [one.name for one in warc_files(data)]
        == ["a.warc.gz.open", "b.warc.gz"]
        == [one.name for one in warc_files(data / "warc")]
    )
    assert warc_files(file) == [file]
    assert warc_files(page) == warc_files(tmp_path) == warc_files(tmp_path / "nothing") == []
