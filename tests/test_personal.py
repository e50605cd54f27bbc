"""What is about private persons is flagged in a record, and masked where that is wanted."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from test_crawl import crawl

from fjsen_spider.extraction import extract
from fjsen_spider.items import Article, Link, RawPage
from fjsen_spider.personal import is_personal, masked

URL = "http://xm.fjsen.com/2018-05/08/content_20980126.htm"
TEXT = "读者可拨打13900001111找灯塔的守夜人，或写信到deng.ta@haibian-news.cn。\n失主的证件号是11010519491231002X。"
MASKED = "读者可拨打***********找灯塔的守夜人，或写信到****.**@************.**。\n失主的证件号是******************。"
PAGE = (
    '<html><head><meta charset="utf-8"></head><body><div class="cont_head"><h1>海边的灯塔</h1>'
    '<span id="pubtime_baidu">2018-05-08 09:12:44</span></div><div class="cont-news"><!--enpcontent-->'
    + "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
    + "<table><tr><td>守夜人</td><td>13900001111</td></tr><tr><td>管理员</td><td>无</td></tr></table>"
    '<p align="center"><img src="http://xm.fjsen.com/13900002222.jpg"></p><p align="center">守夜人的电话13900002222</p>'
    "<!--/enpcontent--></div></body></html>"
)


def read(html: str = PAGE) -> Article:
    return extract(RawPage(url=URL, body=html.encode()))


@pytest.mark.parametrize(
    "text",
    [
        "电话13900001111。",
        "139 0000 1111",
        "139-0000-1111",
        "+8613900001111",
        "手机：19900001111",
        "证件号11010519491231002x",
        "写信到a.b@c.cn",
        "a@mail.haibian.com.cn",
    ],
)
def test_personal(text: str) -> None:
    assert is_personal(text)


@pytest.mark.parametrize(
    "text",
    [
        "热线0591-87870000",  # an office's
        "12345",
        "票号139000011112222",
        "20139000011112222",
        "证件号110105194912310021",  # its last character is another
        "微博@海边的灯塔",
        "投资15000000000元",
        "用水18600000000立方米",
        "13.9亿元",
        "2018050813900001111",
    ],
)
def test_not_personal(text: str) -> None:
    assert not is_personal(text)


def test_it_is_flagged() -> None:
    assert "personal-data" in read().warnings
    assert (
        "personal-data"
        not in read(
            PAGE.replace("13900001111", "").replace("@", "").replace("X", "0").replace("13900002222", "")
        ).warnings
    )


def test_what_tells_where_a_record_is_from_and_other_numbers_are_never_masked() -> None:
    number = "13900003333"
    made = replace(
        read(), id=f"fjsen:{number}", url=f"http://xm.fjsen.com/{number}", source_url=f"http://xm.fjsen.com/{number}",
        aliases=(f"http://xm.fjsen.com/{number}",), warc={"file": f"{number}.warc.gz", "offset": 1, "length": 2},
        content_sha256=number, provenance={"title": number}, tables=((("守夜人", number),),), summary="证件号110105194912310021",
        related=(Link(title=f"电话{number}", url=f"http://xm.fjsen.com/{number}"),),
    )  # fmt: skip
    record = masked(made)
    for kept in ("id", "url", "source_url", "aliases", "warc", "content_sha256", "provenance", "summary"):
        assert getattr(record, kept) == getattr(made, kept), kept
    assert record.tables == ((("守夜人", "*" * 11),),)
    assert record.related == (Link(title="电话" + "*" * 11, url=f"http://xm.fjsen.com/{number}"),)


def test_masked_text_has_its_offsets_and_its_addresses() -> None:
    plain, record = read(), masked(read())
    assert record.text == MASKED
    assert record.subsections[0].paragraphs == tuple(MASKED.split("\n"))
    assert [one.caption for one in record.images] == ["守夜人的电话***********"]
    assert [one.url for one in record.images] == ["http://xm.fjsen.com/13900002222.jpg"]
    assert (record.url, record.content_sha256, record.warnings) == (plain.url, plain.content_sha256, plain.warnings)
    assert record.spans() == plain.spans()


def test_40_numbers_of_persons_are_masked_on_demand(tmp_path: Path) -> None:
    page = tmp_path / "tree" / "xm.fjsen.com" / "2018-05" / "08" / "content_20980126.htm"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE, "utf-8")
    (tmp_path / "seeds.txt").write_text(URL, "utf-8")
    seeds = ["-a", f"urls={tmp_path / 'seeds.txt'}"]
    run = crawl(tmp_path / "data", *seeds, "-s", "FJSEN_MASK_PERSONAL=True", replay=tmp_path / "tree")
    assert run.status == 0
    assert [record["text"] for record in run.records] == [MASKED]
    assert run.records[0]["tables"][0][0] == ["守夜人", "*" * 11]
    command = [sys.executable, "-m", "fjsen_spider.cli", "extract", page]
    for options, text in (([], TEXT), (["--mask"], MASKED)):
        told = subprocess.run([*command, *options], check=True, capture_output=True, text=True)
        assert json.loads(told.stdout)["text"] == text
