"""Listings, the front page and pagers."""

from __future__ import annotations

import json
from datetime import date

import pytest
from cases import FIXTURES, LISTINGS, SHARED, name

from fjsen_spider.extraction import listing
from fjsen_spider.extraction.listing import column_page, column_url, read_front, read_listing
from fjsen_spider.extraction.pager import read_pager
from fjsen_spider.items import RawPage
from fjsen_spider.urls import canonical

ARTICLE = "http://fjnews.fjsen.com/2018-03/05/content_20990001{}.htm"


def page(html: str, url: str | None = "http://news.fjsen.com/e_news.htm") -> RawPage:
    return RawPage(url=url, body=html.encode())


def article(html: str, suffix: str = "") -> RawPage:
    return page(html, ARTICLE.format(suffix))


def read(folder) -> tuple[dict, listing.Listing]:
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    raw = RawPage(url=meta["url"], body=(folder / "page.html").read_bytes(), content_type=meta.get("content_type"))
    return meta["expect"], read_listing(raw)


def shown(found: listing.Listing) -> list[list[str | None]]:
    return [[canonical(link.url), link.day.isoformat() if link.day else None] for link in found.articles]


@pytest.mark.parametrize("folder", LISTINGS, ids=name)
def test_listing_fixture(folder):
    expected, found = read(folder)
    assert shown(found) == expected["articles"]
    assert all(link.title for link in found.articles)
    assert found.next_url == expected["next"]
    assert found.pages == expected["pages"]


@pytest.mark.parametrize("at", range(len(listing.ITEMS)))
def test_every_place_of_items_is_needed(at, monkeypatch):
    monkeypatch.setattr(listing, "ITEMS", listing.ITEMS[:at] + listing.ITEMS[at + 1 :])
    read_so = [(expected["articles"], shown(found)) for expected, found in map(read, LISTINGS)]
    assert [one for one in read_so if one[0] != one[1]]


@pytest.mark.parametrize("block", ["right_news", "r_newslist", "list-right", "hot_w", "news-pic02"])
def test_each_block_of_the_rail_is_left_out_by_itself(block):
    html = f"""<div class="cont-left"><ul><li><span>2018-03-05</span><a href="2018-03/05/content_20990001.htm">桥</a></li></ul>
    <div class="{block} vide_pic02"><ul><li><span>2018-03-04</span><a href="2018-03/04/content_20990002.htm">茶</a></li></ul></div>"""
    own = ["http://news.fjsen.com/2018-03/05/content_20990001.htm"]
    assert [link.url for link in read_listing(page(html)).articles] == own
    assert [link.url for link in read_front(page(html, "http://news.fjsen.com/"))] == own


def test_real_list_page():
    saved = SHARED / "real/lists/news.fjsen.com/e_news.htm"
    if not saved.is_file():
        pytest.skip("no real list page beside the project")
    listing = read_listing(RawPage(url="http://news.fjsen.com/e_news.htm", body=saved.read_bytes()))
    assert len(listing.articles) == 70
    assert all(link.day and link.url.startswith("http://news.fjsen.com/2017-") for link in listing.articles)
    assert (listing.next_url, listing.pages) == ("http://news.fjsen.com/e_news_2.htm", 10)


def test_real_front_page_with_anchors_in_anchors():
    saved = next((SHARED / "real/portal").glob("*.html"), None)
    if saved is None:
        pytest.skip("no real front page beside the project")
    urls = [link.url for link in read_front(RawPage(url="http://www.fjsen.com/", body=saved.read_bytes()))]
    assert len(urls) == len(set(urls)) == 26
    assert "http://www.fjsen.com/content/2018-03/17/content_20834821.htm" in urls  # the anchor around the others
    assert "http://news.fjsen.com/2018-03/17/content_20834804.htm" in urls


def test_rail_is_left_out_even_inside_an_unclosed_column():
    listing = read_listing(
        page("""<div class="cont-left"><ul class="list_page">
        <li><span>2018-03-05</span><a href="2018-03/05/content_20990001.htm">桥</a></li></ul>
        <div class="right_news"><ul class="list-right"><li><a href="2018-03/05/content_20990002.htm">茶</a></li></ul></div>""")
    )
    assert [link.url for link in listing.articles] == ["http://news.fjsen.com/2018-03/05/content_20990001.htm"]


def test_list_date_is_not_taken_from_the_words_of_the_link():
    listing = read_listing(
        page('<ul class="list_page"><li><a href="2018-03/05/content_1.htm">纪念2017-01-01</a></li></ul>')
    )
    assert listing.articles[0].day is None
    dated = read_listing(page('<ul class="list_page"><li><a href="2018-03/05/content_1.htm">桥</a>2018-3-4</li></ul>'))
    assert dated.articles[0].day == date(2018, 3, 4)


@pytest.mark.parametrize(
    "href",
    ["#1", "www.fjsen.com", "javascript:void(0);", "mailto:a@fjsen.com", "node_1.htm", "http://example.com/2018-03/05/content_1.htm",
     "&lt;P&gt;http://news.fjsen.com/2018-03/05/content_1.htm&lt;/P&gt;", "ztps/node_167626.htm?ID=1", "2018-13/45/content_1.htm"],
)  # fmt: skip
def test_link_that_is_no_article(href):
    html = f'<div class="cont-left"><ul class="list_page"><li><span>2018-03-05</span><a href="{href}">x</a></li></ul></div>'
    assert read_listing(page(html)).articles == ()
    assert read_front(page(html)) == ()


def test_listing_pager_stays_in_its_column_and_goes_forward():
    html = """<div id="displaypagenum" totalcount="3"><p><center><a href=e_news.htm class = "fenye_01">[1]</a> <span>[2]</span>
    <a href=world_3.htm>下一页</a> <a href=e_news.htm class = "fenye_02">下一页</a> <a href=e_news_3.htm>下一页</a></center></p></div>"""
    listing = read_listing(page(html, "http://news.fjsen.com/e_news_2.htm"))
    assert (listing.next_url, listing.pages) == ("http://news.fjsen.com/e_news_3.htm", 3)
    assert read_listing(page(html, "http://news.fjsen.com/e_news_3.htm")).next_url is None


@pytest.mark.parametrize(
    ("url", "first", "third"),
    [
        ("http://news.fjsen.com/e_news_2.htm", "http://news.fjsen.com/e_news.htm", "http://news.fjsen.com/e_news_3.htm"),
        ("http://xm.fjsen.com/node_163616.htm", "http://xm.fjsen.com/node_163616.htm", "http://xm.fjsen.com/node_163616_3.htm"),
        ("https://xm.fjsen.com/wap/node_163616_12.htm?x=1", "http://xm.fjsen.com/node_163616.htm", "http://xm.fjsen.com/node_163616_3.htm"),
    ],
)  # fmt: skip
def test_pages_of_a_column(url, first, third):
    assert column_url(url) == first
    assert column_page(url, 3) == third
    assert column_page(url, 1) == first


OLDER = """<div id="displaypagenum" width="100%"><p><center> {}</center></p></div>"""
FIRST = OLDER.format(
    '<span>[1]</span> <a class="fenye_01" href="content_20990001_2.htm">[2]</a> <span class="fenye_01">[...]</span> '
    '<a class="fenye_01" href="content_20990001_7.htm">[7]</a> <a class="fenye_02" href="content_20990001_2.htm">下一页</a> '
    '<a class="fenye_02" href="content_20990001_7.htm">尾页</a> <a class="fenye_02" href="content_20990001_all.htm#content_1">显示全文</a>'
)


def test_older_pager_on_the_first_page():
    pager = read_pager(article(FIRST))
    assert (pager.total, pager.next_url) == (7, ARTICLE.format("_2"))
    assert pager.full_text_url == ARTICLE.format("_all")
    assert pager.numbered == {2: ARTICLE.format("_2"), 7: ARTICLE.format("_7")}


def test_older_pager_on_the_last_page():
    html = OLDER.format(
        '<a href="content_20990001.htm">首页</a> <a href="content_20990001.htm">上一页</a> <span>[2]</span>'
    )
    pager = read_pager(article(html, "_2"))
    assert (pager.total, pager.next_url, pager.full_text_url) == (2, None, None)


def test_newer_pagers():
    items = """<ul pages='3' current='1' class='pages'><li class='page-previous'>上一页</li><li class='page page1 page-active'>1</li>
    <li class='page-next'><a href="content_20990001_2.htm">下一页</a></li><li class='page-all'><a href="content_20990001_0.htm">全文阅读</a></li></ul>"""
    pager = read_pager(article(items))
    assert (pager.total, pager.next_url, pager.full_text_url) == (3, ARTICLE.format("_2"), ARTICLE.format("_0"))
    arrows = """<div width="100%" id="autopage"><center><a href='content_20990001.htm'><</a> <a href='content_20990001_3.htm'>></a></center></div>"""
    assert read_pager(article(arrows, "_2")).next_url == ARTICLE.format("_3")


def test_pager_of_another_article_does_not_count():
    html = OLDER.format('<a href="content_20990009_2.htm">下一页</a> <a href="content_20990009_all.htm">显示全文</a>')
    pager = read_pager(article(html))
    assert (pager.total, pager.next_url, pager.full_text_url) == (1, None, None)


def test_pager_of_a_page_that_does_not_tell_its_address():
    pager = read_pager(page(FIRST, None))
    assert (pager.total, pager.next_url, pager.numbered) == (7, None, {})


def test_pager_off_the_portal():
    pager = read_pager(page(FIRST, "http://www.example.com/2018-03/05/content_20990001.htm"))
    assert pager.next_url == "http://www.example.com/2018-03/05/content_20990001_2.htm"


@pytest.mark.parametrize("html", ["", "\0", "<p>没有分页</p>", "<div id='displaypagenum' totalcount='x'></div>"])
def test_page_without_pager(html):
    assert read_pager(article(html)).total == 1
    assert read_listing(page(html)).pages is None


def test_portal_columns_hold_what_the_manifest_says():
    portal = FIXTURES / "portal"
    for column in json.loads((portal / "manifest.json").read_text("utf-8"))["columns"]:
        url, pages = column["url"], 0
        while url:
            host_and_path = url.removeprefix("http://")
            listing, pages = read_listing(page((portal / host_and_path).read_text("utf-8"), url)), pages + 1
            url = listing.next_url
        assert pages == column["pages"]
