"""What other portals write around a text, and where the text ends: read by the generic rules."""

from __future__ import annotations

import re

import pytest
from test_generic import PAGE, SENTENCE

from fjsen_spider.extraction import extract
from fjsen_spider.items import RawPage


@pytest.mark.parametrize(
    ("byline", "source", "authors"),
    [
        (
            "21世纪经济报道 温如玉;林小溪 2019-05-10 10:20 评论(0)条 大 中 小 打印",
            "21世纪经济报道",
            ("温如玉", "林小溪"),
        ),
        ("某江日报 2019-05-10 10:20 温如玉", "某江日报", ("温如玉",)),
        ("温如玉 · 2019/05/10 10:20 浏览 8.4w 来源：某报 A-A+", "某报", ("温如玉",)),
        ("2019-05-10 10:20 来源：某报 作者：温如玉 T小T大", "某报", ("温如玉",)),
    ],
)
def test_bylines_of_other_portals(byline, source, authors):
    page = PAGE.format(f"<p>{SENTENCE}</p>" * 5).replace("2019-05-10 10:20 来源：某报 作者：温如玉", byline)
    article = extract(RawPage(url=None, body=page.encode()))
    assert (article.source, article.authors, article.date) == (source, authors, "2019-05-10T10:20+08:00")


def test_box_named_as_a_layouts_is_no_layout_under_a_headline_of_its_own():
    page = PAGE.format('<div class="left"><div class="zw">' + f"<p>{SENTENCE}</p>" * 5 + "</div></div>")
    article = extract(RawPage(url=None, body=page.encode()))
    assert (article.layout, article.title) == ("generic", "渡口改成了桥")


def test_logo_in_a_heading_is_no_headline_of_a_layout_without_one():
    page = f'<title>渡口改成了桥</title><h1><a href="/">某网</a></h1><div class="left"><div class="zw">{f"<p>{SENTENCE}</p>" * 5}</div></div>'
    article = extract(RawPage(url=None, body=page.encode()))
    assert (article.layout, article.title) == ("zw", "渡口改成了桥")


def test_article_with_a_long_table_is_read():
    table = f"<table>{'<tr><td>海</td><td>灯塔</td><td>1</td></tr>' * 3_000}</table>"
    assert (
        len(extract(RawPage(url=None, body=PAGE.format(f"<p>{SENTENCE}</p>" * 150 + table).encode())).tables[0])
        == 3_000
    )


def test_numbered_rules_that_close_an_article_are_no_notices():
    rules = ("1、未经许可不得在渡口停车，违者罚款。", "2、如需转载货物，请向站长说明情况。")
    page = PAGE.format(f"<p>{SENTENCE}</p>" * 5 + "".join(f"<p>{rule}</p>" for rule in rules))
    assert (extract(RawPage(url=None, body=page.encode())).text or "").endswith("\n".join(rules))


@pytest.mark.parametrize(
    "behind",
    [
        f"<p>渡口往事</p>{f'<p>{SENTENCE}</p>' * 4}",
        f"{f'<p>{SENTENCE}</p>' * 12}",
    ],
    ids=["second part", "longer part"],
)
@pytest.mark.parametrize("editors", ["责任编辑：桑榆", "（责任编辑：桑榆）", "选稿：桑榆"])
def test_text_behind_editors_is_the_articles_when_no_links_are_between(behind, editors):
    page = PAGE.format(f"<div>{f'<p>第一{SENTENCE}</p>' * 8}<p>{editors}</p>{behind}</div>")
    text = extract(RawPage(url=None, body=page.encode())).text or ""
    assert [line for line in re.findall("<p>([^<]+)</p>", behind) if line not in text] == []


def test_text_behind_editors_and_links_is_of_others():
    behind = f'<p><a href="/a/1.html">老船的下一站</a></p>{f"<p>第二{SENTENCE}</p>" * 5}'
    page = PAGE.format(f"<div>{f'<p>第一{SENTENCE}</p>' * 8}<p>责任编辑：桑榆</p>{behind}</div>")
    article = extract(RawPage(url=None, body=page.encode()))
    assert "第二" not in (article.text or "")


def test_line_behind_a_dash_under_the_headline_is_deck():
    page = PAGE.format(f"<p>{SENTENCE}</p>" * 5).replace("</h1>", "</h1><div>——老船工的最后一班船</div>")
    assert extract(RawPage(url=None, body=page.encode())).deck == ("——老船工的最后一班船",)
    assert extract(RawPage(url=None, body=page.replace("——老船工的最后一班船", "——————").encode())).deck == ()


@pytest.mark.parametrize(
    "credits",
    [
        "栏目主编：尹小满 文字编辑：桑榆 题图来源：宋一航 摄 图片编辑：骆青",
        "（责任编辑：桑榆）",
        "［责任编辑：桑榆］",
    ],
)
def test_editors_behind_the_text_of_other_portals(credits):
    page = PAGE.format(f"<p>{SENTENCE}</p>" * 5).replace("责任编辑：殷商", credits)
    article = extract(RawPage(url=None, body=page.encode()))
    assert article.editors == ("桑榆",)
    assert "编辑" not in (article.text or "")


def test_notice_right_behind_the_editors_ends_the_article():
    notice = "<p>本网转载文章声明</p>" + f"<p>1、本网的内容{SENTENCE}</p>" * 2
    page = PAGE.format(f"<p>{SENTENCE}</p>" * 6).replace("责任编辑：殷商</p>", f"责任编辑：殷商</p>{notice}")
    article = extract(RawPage(url=None, body=page.encode()))
    assert article.editors == ("殷商",)
    assert (article.text or "").count(SENTENCE) == 6
