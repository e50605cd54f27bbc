"""The encoding ladder: every rung, and what no rung can save is flagged."""

from __future__ import annotations

import codecs

import pytest

from fjsen_spider.extraction import extract
from fjsen_spider.extraction.encoding import LOSSY, MIXED, decode
from fjsen_spider.items import Encoding, RawPage

TEXT = "喆镕堃〇的老街，夜市一盏盏亮起来。"
META = '<meta http-equiv="Content-Type" content="text/html; charset={}" />'


def page(codec: str, label: str) -> bytes:
    return (META.format(label) + TEXT).encode(codec)


RIGHT = [
    ("utf-8, labelled so", page("utf-8", "utf-8"), None, "utf-8"),
    ("utf-8, labelled gb2312 by the header", page("utf-8", "utf-8"), "text/html; charset=gb2312", "utf-8"),
    ("utf-8, labelled gb2312 by the page", page("utf-8", "gb2312"), None, "utf-8"),
    ("gb18030, labelled gb2312", page("gb18030", "gb2312"), None, "gb18030"),
    ("gb18030, labelled utf-8", page("gb18030", "utf-8"), None, "gb18030"),
    ("gb18030, undeclared", TEXT.encode("gb18030"), None, "gb18030"),
    ("gb18030, labelled with a codec nobody knows", page("gb18030", "x-nothing"), None, "gb18030"),
    ("gb18030, labelled with a codec that fits anything", page("gb18030", "iso-8859-1"), None, "gb18030"),
    ("big5, labelled so", (META.format("big5") + "老街夜市").encode("big5"), None, "big5"),
    ("a byte order mark against the header", codecs.BOM_UTF8 + TEXT.encode(), "text/html; charset=gbk", "utf-8"),
    ("utf-16 by its byte order mark", TEXT.encode("utf-16"), None, "utf-16"),
]


@pytest.mark.parametrize(("body", "header", "used"), [row[1:] for row in RIGHT], ids=[row[0] for row in RIGHT])
def test_right(body: bytes, header: str | None, used: str) -> None:
    text, encoding, warnings = decode(body, header)
    assert "老街" in text
    assert "夜市" in text
    assert (encoding.used, encoding.replacements, warnings) == (used, 0, ())


def test_four_byte_gb18030() -> None:
    assert "𠮷" in decode(("老街" * 9 + "𠮷").encode("gb18030"))[0]


def test_broken_utf8_is_not_read_as_gb18030() -> None:
    body = TEXT.encode() * 8 + b"\xb5\xe7\xd3" + TEXT.encode() * 8
    text, encoding, warnings = decode(body)
    assert encoding.used == "utf-8"
    assert encoding.replacements > 0
    assert text.count("老街") == 16
    assert warnings == (LOSSY,)


def test_a_gbk_paragraph_in_a_long_utf8_page_does_not_make_it_gb18030() -> None:
    body = TEXT.encode() * 200 + TEXT.encode("gb18030") * 20 + TEXT.encode() * 200
    assert decode(body, "text/html; charset=gb2312")[1].used == "utf-8"


def test_a_foreign_paragraph_in_a_gbk_page_is_flagged() -> None:
    body = (TEXT * 20).encode("gbk", "ignore") + b"\n" + "一段外来的文字混了进来".encode()
    assert MIXED in decode(body, "text/html; charset=gbk")[2]


def test_control_characters_are_dropped() -> None:
    assert decode(b"a\x00b\x08c\td\n")[0] == "abc\td\n"


LINKS = "<li>一条别的新闻</li>" * 400
FULL = (
    f"<html><head>{META}<title>老街</title></head><body>{LINKS}"
    '<div class="cont_head"><h1>老街</h1><span id="pubtime_baidu">2018-03-05 09:12</span></div><div class="cont-news">'
    f"<!--enpcontent--><p>{TEXT * 3}</p><!--/enpcontent--></div>{LINKS}</body></html>"
)
PARAGRAPH = f"<p>{TEXT * 3}</p>".encode()


def full(codec: str, label: str) -> bytes:
    return FULL.replace("{}", label).encode(codec)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("label", ["utf-8", "UTF8", "gb2312", "gbk", "iso-8859-1", "x-nothing"])
def test_a_full_page_is_read_right_under_any_label(codec: str, label: str) -> None:
    article = extract(RawPage(url=None, body=full(codec, label)))
    assert article.text == TEXT * 3
    assert article.encoding == Encoding(declared=label.lower(), used=codec, replacements=0)
    assert article.warnings == ()


def test_what_an_article_lost_is_counted_and_what_a_list_of_links_lost_is_not() -> None:
    broken = full("utf-8", "utf-8").replace("夜市".encode(), b"\xe5\xa4", 1)
    article = extract(RawPage(url=None, body=broken))
    assert article.encoding is not None
    assert article.encoding.replacements > 0
    assert article.warnings == (LOSSY,)
    beside = full("utf-8", "utf-8").replace("新闻".encode(), b"\xe6\x96", 1)
    assert extract(RawPage(url=None, body=beside)).warnings == ()


def test_a_foreign_paragraph_in_a_full_gbk_page_is_flagged() -> None:
    mixed = full("gb18030", "gb2312").replace(b"<!--/enpcontent-->", PARAGRAPH + b"<!--/enpcontent-->")
    assert MIXED in extract(RawPage(url=None, body=mixed)).warnings
