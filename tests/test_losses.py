"""What is missing on the site costs only itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_crawl import crawl

from fjsen_spider.crawling.frontier import addresses
from fjsen_spider.crawling.gathering import MAX_PAGES, Gathering
from fjsen_spider.items import RawPage

URL = "http://xm.fjsen.com/2018-03/05/content_20990001{}.htm"

LISTING = '<div class="cont-left"><ul class="list_page">{}</ul>{}</div>'
ITEM = '<li><span>2018-03-05</span><a href="{}">街市新闻</a></li>'
PAGER = '<div id="displaypagenum"><p><center>{}</center></p></div>'
ARTICLE = """<html><head><meta charset="utf-8"/></head><body>
<div class="cont_head"><h1>{title}</h1><table><tr><td class="zb"><span id="pubtime_baidu">2018-03-05 09:12:44</span>
<span id="author_baidu"></span> <span id="source_baidu">来源：东南网</span> <span id="editor_baidu">责任编辑：陈溪</span></td></tr></table></div>
<div class="cont-news"><!--enpcontent--><table><tr><td id="new_message_id"><!--enpcontent--><p>{text}</p><!--/enpcontent--></td></tr></table>
{pager}<!--/enpcontent--></div></body></html>"""


def save(tree: Path, url: str, html: str) -> None:
    file = tree / url.removeprefix("http://")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(html, "utf-8")


def article(title: str, *linked: str) -> str:
    pager = (
        PAGER.format("".join(f'<a href="{href}">[{n}]</a> ' for n, href in enumerate(linked, start=2)))
        if linked
        else ""
    )
    return ARTICLE.format(title=title, text=f"{title}，街口的早市比往年热闹，摊主们说生意好做。", pager=pager)


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    """A column of three pages, the second of which is missing, with articles that are not quite there."""
    tree, data = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("data")
    pages = '<a href="china_2.htm">[2]</a> <a href="china_3.htm">[3]</a> <a href="china_2.htm">下一页</a>'
    first = [
        "/wap/2018-03/05/content_1.htm",
        "2018-03/05/content_2.htm",
        "2018-03/05/content_3_2.htm",
        "2018-03/05/content_4.htm",
    ]
    last = ["http://xm.fjsen.com/2018-03/05/content_2.htm", "2018-03/05/content_5.htm"]
    save(tree, "http://news.fjsen.com/china.htm", LISTING.format("".join(map(ITEM.format, first)), PAGER.format(pages)))
    save(tree, "http://news.fjsen.com/china_3.htm", LISTING.format("".join(map(ITEM.format, last)), ""))
    news = "http://news.fjsen.com/2018-03/05/content_{}.htm"
    save(tree, "http://news.fjsen.com/wap/2018-03/05/content_1.htm", article("只有触屏版"))
    save(tree, "http://xm.fjsen.com/2018-03/05/content_2.htm", article("另一台主机上有"))
    save(tree, news.format(3), article("列表链到第二页", "content_3_2.htm"))
    save(tree, news.format("3_2"), article("列表链到第二页", "content_3_2.htm"))
    save(tree, news.format(4), article("缺第二页", "content_4_2.htm", "content_4_3.htm"))
    save(tree, news.format("4_3"), article("缺第二页", "content_4_2.htm", "content_4_3.htm"))
    save(tree, news.format(5), article("缺页后面的列表"))
    run = crawl(data, "-a", "channels=news,xm", replay=tree)
    assert run.status == 0, run.err
    return {record["title"]: record for record in run.records}


def test_nothing_else_is_lost(records):
    assert set(records) == {"只有触屏版", "另一台主机上有", "列表链到第二页", "缺第二页", "缺页后面的列表"}


def test_touch_page_stands_in_for_a_missing_pc_page(records):
    assert records["只有触屏版"]["url"] == "http://news.fjsen.com/2018-03/05/content_1.htm"


def test_dead_copy_is_an_alias_of_the_live_one(records):
    record = records["另一台主机上有"]
    assert record["url"] == "http://xm.fjsen.com/2018-03/05/content_2.htm"
    assert record["aliases"] == ["http://news.fjsen.com/2018-03/05/content_2.htm"]


def test_article_listed_by_its_second_page_is_whole(records):
    assert records["列表链到第二页"]["pages"] == {"total": 2, "fetched": 2}


def test_missing_page_leaves_an_incomplete_record(records):
    record = records["缺第二页"]
    assert record["pages"] == {"total": 3, "fetched": 2}
    assert (record["complete"], record["warnings"]) == (False, ["missing-page"])


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("https://xm.fjsen.com/2018-03/05/content_1.htm", ["https://xm.fjsen.com/2018-03/05/content_1.htm"]),
        (
            "http://xm.fjsen.com/2018-03/05/content_1.htm?page=pc#1",
            ["http://xm.fjsen.com/2018-03/05/content_1.htm?page=pc"],
        ),
        ("http://xm.fjsen.com/a/2018-03/05/content_1_all.htm", ["http://xm.fjsen.com/a/2018-03/05/content_1.htm"]),
        (
            "https://np.fjsen.com/wap/2018-03/05/content_1_3.htm",
            ["https://np.fjsen.com/2018-03/05/content_1.htm", "https://np.fjsen.com/wap/2018-03/05/content_1.htm"],
        ),
    ],
)
def test_addresses_of_an_article(written, asked):
    assert list(addresses(written)) == asked


def gather(*pages: tuple[str, tuple[str, ...]]) -> tuple[Gathering, list[str]]:
    """Take pages in as the site has them, the first under its own address; return the addresses asked for."""
    site = {URL.format(suffix): article("桥", *linked).encode() for suffix, linked in pages}
    gathering = Gathering(id="fjsen:20990001")
    gathering.add(RawPage(url=URL.format(""), body=site[URL.format("")]))
    asked = []
    while url := gathering.next_address():
        asked.append(url.rpartition("_")[2].removesuffix(".htm"))
        if url in site:
            gathering.add(RawPage(url=url, body=site[url]))
        else:
            gathering.failed = True
    return gathering, asked


TWO, THREE, ALL = "content_20990001_2.htm", "content_20990001_3.htm", "content_20990001_all.htm#content_1"


def test_full_text_is_asked_only_when_a_page_fails():
    assert gather(("", (TWO, THREE, ALL)), ("_2", ()), ("_3", ()), ("_all", ()))[1] == ["2", "3"]
    assert gather(("", (TWO, THREE, ALL)), ("_all", ()))[1] == ["2", "all"]
    assert gather(("", (TWO, THREE, ALL)), ("_3", ()))[1] == ["2", "all", "3"]


def test_pager_without_end_does():
    chain = [(f"_{n}" if n > 1 else "", (f"content_20990001_{n + 1}.htm",)) for n in range(1, 3 * MAX_PAGES)]
    gathering, asked = gather(*chain)
    assert len(asked) == MAX_PAGES - 1 == len(gathering.pages) - 1


def test_pager_to_another_site_or_article_is_not_followed():
    assert gather(("", ("http://example.com/2018-03/05/content_20990001_2.htm", "content_20990009_3.htm")))[1] == []


def test_page_that_a_redirect_replaced_is_missing():
    gathering = Gathering(id="fjsen:20990001")
    gathering.add(RawPage(url=URL.format(""), body=article("桥", TWO).encode()))
    gathering.add(RawPage(url=URL.format(""), body=article("桥", TWO).encode()))
    assert (len(gathering.pages), gathering.failed) == (1, True)
