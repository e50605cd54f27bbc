"""The encoding ladder: every rung, and what no rung can save is flagged."""

from __future__ import annotations

import codecs

import pytest

from fjsen_spider.extraction.encoding import LOSSY, MIXED, decode

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
