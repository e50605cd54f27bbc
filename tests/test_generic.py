"""Pages of no known layout: other portals, and this one with every name of its templates changed."""

from __future__ import annotations

import re
import time
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cases import ARTICLES, SHARED, golden, name, record

from fjsen_spider.archive.mirror import Mirror
from fjsen_spider.crawling.ledger import Ledger
from fjsen_spider.crawling.ledger.account import Account
from fjsen_spider.crawling.story import tell
from fjsen_spider.crawling.table import render
from fjsen_spider.extraction import NotAnArticle, extract
from fjsen_spider.extraction.dates import read_date
from fjsen_spider.extraction.generic.labelled import names_in, source_in
from fjsen_spider.extraction.generic.title import bare_title
from fjsen_spider.fixtures.folder import read_pages
from fjsen_spider.items import Article, RawArticle, RawPage
from fjsen_spider.serialize import to_dict

GENERIC = [folder for folder in ARTICLES if folder.parent.name == "generic"]
KNOWN = [folder for folder in ARTICLES if folder.parent.name != "generic"]
FIELDS = ("title", "date", "source", "authors", "editors", "text", "images", "deck", "dateline")

NAMES = (
    "cont_head cont-head cont-news new_message_id big_title big_right zoom biaoti phone_content path_tx daohang zw "
    "pubtime_baidu author_baidu source_baidu editor_baidu"
).split()
RENAMED = re.compile(rf"(?<![\w-])(?:{'|'.join(NAMES)})(?![\w-])".encode())
PAGE = (
    "<html><head><title>渡口改成了桥_某网</title></head><body><h1>渡口改成了桥</h1>"
    "<div>2019-05-10 10:20 来源：某报 作者：温如玉</div>{}<p>责任编辑：殷商</p></body></html>"
)
SENTENCE = "清早的渡口起了雾，摆渡的人把缆绳解开，等第一班上学的孩子。"


def renamed(raw: RawArticle) -> Article | None:
    """The record of an article none of whose names the layouts know; None when it is refused."""
    pages = [replace(page, body=RENAMED.sub(b"x1", page.body)) for page in raw.pages]
    try:
        return extract(*pages)
    except NotAnArticle:
        return None


def agreement(pairs: list[tuple[dict[str, Any], Article | None]]) -> dict[str, float]:
    """Field → the part of the records that has it as the layout gives it."""
    same = Counter[str]()
    for known, article in pairs:
        found = to_dict(article) if article else {}
        same.update(field for field in FIELDS if field in found and found[field] == known[field])
    return {field: same[field] / len(pairs) for field in FIELDS}


@pytest.mark.parametrize("folder", GENERIC, ids=name)
def test_generic_record_says_so_and_names_its_rules(folder):
    article = golden(folder)
    assert article["layout"] == "generic"
    assert "generic-layout" in article["warnings"]
    assert article["provenance"]["title"].startswith("generic:title.")
    assert not set(article["editors"]) & set(article["authors"])


def test_layouts_with_other_names_are_read_the_same():
    pairs = [(record(folder), renamed(read_pages(folder))) for folder in KNOWN]
    assert all(article and article.layout == "generic" for _, article in pairs)
    assert min(agreement(pairs).values()) == 1


@pytest.mark.skipif(not (SHARED / "real").is_dir(), reason="no real captures beside the project")
def test_captures_with_other_names_are_read_the_same():
    raws = list(Mirror(SHARED / "real" / "articles").articles())[::3]
    figures = agreement([(to_dict(extract(*raw.pages)), renamed(raw)) for raw in raws])
    assert min(figures.values()) >= 0.98, figures


@pytest.mark.parametrize(
    "body",
    [
        f"<div>{f'<p>{SENTENCE}</p>' * 9000}</div>",
        f"<div><p>{SENTENCE}</p>" * 1900 + "</div>" * 1900 + "<p>x</p>" * 40_000,
    ],
    ids=["paragraphs", "nested"],
)
def test_large_page_takes_seconds_at_most(body):
    page = RawPage(url="http://news.example.com/a.html", body=PAGE.format(body).encode())
    start = time.process_time()
    with suppress(NotAnArticle):
        extract(page)
    assert time.process_time() - start < 4  # a second on an idle machine


TASTER = f'<p>{SENTENCE}<a href="/a/1.html">[详细]</a></p>'
ENTRY = (
    '<div class="item"><h2><a href="/a/1.html">渡口改成了桥</a></h2>'
    f"<p>{SENTENCE}</p><p>来源：某报 2019-05-10 10:20</p></div>"
)
HEAD = "<h1>渡口这一年</h1><div>2019-05-10 10:20 来源：某报</div>"


@pytest.mark.parametrize(
    ("body", "article"),
    [
        (f"<h1>渡口这一年</h1><p>新华社拉萨6月1日电（记者 温如玉）{SENTENCE}</p>", True),
        (f"<h1>渡口这一年</h1><div><p>{SENTENCE}</p><p>{SENTENCE}</p><p>编辑：殷商</p></div>", True),
        (f"{HEAD}<div><p>{SENTENCE}</p></div>{TASTER * 2}", True),
        (f"{HEAD}<div><p>{SENTENCE}</p></div>{TASTER * 3}", False),
        (f"{HEAD}{ENTRY}", True),
        (f"{HEAD}{ENTRY * 4}", False),
        (f"<h1>渡口这一年</h1>{f'<p>{SENTENCE}</p>' * 12}", True),
        (f"<title>关于我们_某网</title><h1>关于我们</h1>{f'<p>{SENTENCE}</p>' * 12}", False),
    ],
    ids=["wire", "signed", "two tasters", "topic", "one entry", "column", "essay", "about"],
)
def test_article_or_page_that_tells_of_others(body, article):
    page = RawPage(url="http://news.example.com/x/", body=f"<html><body>{body}</body></html>".encode())
    if article:
        assert extract(page).layout == "generic"
    else:
        with pytest.raises(NotAnArticle):
            extract(page)


@pytest.mark.parametrize(
    ("shown", "date"),
    [
        ("2023 08/28 10:30:55", "2023-08-28T10:30:55+08:00"),
        ("2020年1月5日 9时05分", "2020-01-05T09:05+08:00"),
        ("2012年05月10日10:20", "2012-05-10T10:20+08:00"),
        ("2005-11-3 9:05:00", "2005-11-03T09:05:00+08:00"),
        ("2021年3月5日 星期五 08:09", "2021-03-05T08:09+08:00"),
        ("2019-05-10T20:20:37Z", "2019-05-11T04:20:37+08:00"),
        ("2019-05-10T10:20:37.000+0800", "2019-05-10T10:20:37+08:00"),
        ("2018 1.5", None),
    ],
)
def test_dates_of_other_portals(shown, date):
    found = read_date(shown)
    assert (found[0] if found else None) == date


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("桥通了_要闻_某某网", "桥通了"),
        ("桥通了--社会--某日报网", "桥通了"),
        ("桥通了-某某新闻网", "桥通了"),
        ("京沪高铁-新的一站", "京沪高铁-新的一站"),
        ("一问一答｜桥通了没有", "一问一答｜桥通了没有"),
        ("桥通了_某湃新闻-The River", "桥通了"),
    ],
)
def test_title_without_its_site(title, bare):
    assert bare_title(title) == bare


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("温如玉、殷商", ("温如玉", "殷商")),
        ("章远_NN5432", ("章远",)),
        ("杜若谷 SN123", ("杜若谷",)),
        ("记者 楚天舒 实习生 云朵", ("楚天舒", "云朵")),
        ("某某网专栏作者 苏木", ("苏木",)),
        ("郁白（某大学教师）", ("郁白",)),
        ("未知", ()),
    ],
)
def test_names_behind_a_label(value, names):
    assert names_in(value) == names


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ("某网 2019-05-10 10:20", "某网"),
        ("环山时报 参与互动", "环山时报"),
        ("《瞭望》新闻周刊 记者", "《瞭望》新闻周刊"),
        ("福建日报 东南网", "福建日报 东南网"),
        (" | 2021年12月11日", ""),
    ],
)
def test_source_behind_a_label(value, source):
    assert source_in(value) == source


def test_run_report_tells_layout_drift():
    account = Account(Ledger.begin(Path(":memory:"), "", 0).connection)
    story = tell({"fjsen/layout/generic": 3, "fjsen/layout/text": 40}, account)
    assert story["layout_drift"] == 3
    assert "layout drift: 3 pages" in render(story)
    assert "layout drift" not in render(tell({}, account))


@pytest.mark.parametrize("line", ["记者林小溪的一天", "点击下载客户端看更多", "共有12条评论，快来抢沙发"])
def test_what_is_no_headline_under_a_headline_is_no_deck(line):
    running = "".join(f"<p>海边的灯塔亮了一夜，渔船陆续回港，第{number}艘靠岸时天已经亮了。</p>" for number in range(6))
    page = (
        "<html><head><title>海边的灯塔亮了一夜 - 某某网</title></head><body><div><h1>海边的灯塔亮了一夜</h1><h3>{}</h3>"
        f"<div>2018-03-05 09:12 来源：某某网</div><div>{running}</div></div></body></html>"
    )
    url = "http://www.fjsen.com/2018-03/05/content_20990001.htm"
    told = extract(RawPage(url=url, body=page.format("渔民说这是十年来最早的一次").encode()))
    assert told.deck == ("渔民说这是十年来最早的一次",)
    assert extract(RawPage(url=url, body=page.format(line).encode())).deck == ()
