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


def read(body: str, page: str = PAGE):
    return extract(RawPage(url="http://www.example.com/a/1.html", body=page.format(body).encode()))


TEXT = f"<div class='text'>{f'<p>{SENTENCE}</p>' * 5}</div>"


@pytest.mark.parametrize(
    "above",
    [
        '<div class="ph"><img src="a.jpg"></div><div class="pt">渡口旧影。某报记者 桑榆 摄</div>',
        '<div class="pic"><table><tr><td><a href="a.jpg"><img src="a.jpg"></a></td></tr><tr><td>渡口旧影。某报记者 桑榆/摄</td></tr></table></div>',
    ],
    ids=["caption in a box of its own", "picture and caption in a table"],
)
@pytest.mark.parametrize("mark", ["", "<!--enpcontent-->"])
def test_picture_between_headline_and_text_is_the_articles(above, mark):
    found = read(above + TEXT.replace("<p>", f"{mark}<p>", 1))
    assert [(one.url, one.caption) for one in found.images] == [("http://www.example.com/a/a.jpg", "渡口旧影。")]
    assert [(one.name, one.role) for one in found.people if one.where == "caption"] == [("桑榆", "photographer")]
    assert (found.text or "").startswith(SENTENCE)
    assert found.authors == ("温如玉",)


@pytest.mark.parametrize(
    "above",
    [
        '<div><a href="/b.html"><img src="a.jpg"></a></div><div>渡口旧影。</div>',
        '<div><img src="a.jpg"></div>',
        '<div><img src="a.jpg"></div><div><a href="/b.html">渡口旧影</a></div>',
        '<div><img src="a.jpg"><p>温如玉</p></div>',
        '<div><img src="a.jpg"><p class="author">温如玉 专栏作者</p></div>',
        '<div><img src="a.jpg"><p>扫码关注某报公众号</p></div>',
        '<div><img src="a.jpg"></div><div>文/桑榆</div>',
        '<div><img src="a.jpg"></div><div>某报记者 桑榆</div>',
        '<div><img src="a.jpg"></div><div class="summary">船停了，桥通了，渡口成了公园。桑榆摄</div>',
        '<div><img src="a.jpg"></div><div>福州 晴</div>',
    ],
    ids=[
        "linked",
        "without a caption",
        "over a link",
        "author's portrait",
        "author's portrait named so",
        "QR code",
        "writer",
        "reporter",
        "summary",
        "weather",
    ],
)
def test_picture_above_the_text_that_may_be_anything_is_left_out(above):
    assert read(above + TEXT).images == ()


@pytest.mark.parametrize(
    "above",
    [
        '<div><img src="a.jpg"></div>',
        '<div><img src="a.jpg"></div><div><img src="b.jpg"><p>渡口旧影。桑榆 摄</p></div>',
        '<div><img src="a.jpg">渡口旧影。桑榆 摄</div>',
    ],
)
def test_pictures_right_above_the_body(above):
    page = above + TEXT.replace("<p>", "<p>某报记者 桑榆</p><p>", 1)
    assert SENTENCE in (read(page).text or "")


def test_second_headline_with_a_comma_is_deck_and_the_byline_behind_it_is_read():
    page = PAGE.replace("</h1>", "</h1><h2>老船工上了岸：桥通了，渡船停了，日子还是那么过</h2>")
    found = read(TEXT, page)
    assert found.deck == ("老船工上了岸：桥通了，渡船停了，日子还是那么过",)
    assert (found.date, found.source) == ("2019-05-10T10:20+08:00", "某报")


@pytest.mark.parametrize(
    ("shown", "source"),
    [("《 某报 》（ 2019年05月08日　 01 版）", "某报"), ("某网-《某某日报》", "某网-《某某日报》")],
)
def test_outlet_in_title_marks(shown, source):
    page = PAGE.replace("来源：某报", f'<span class="laiyuan">{shown}</span>')
    assert read(TEXT, page).source == source


@pytest.mark.parametrize("editor", ["某某财经网", "县政府办管理员", "管理员"])
def test_what_is_no_person_is_no_editor(editor):
    assert read(TEXT, PAGE.replace("殷商", editor)).editors == ()


def test_labels_in_boxes():
    found = read(
        TEXT + "<p>【作者】 桑榆</p><p>【来源】 某某报业客户端</p><p>【责编】 骆青</p>",
        PAGE.replace("责任编辑：殷商", ""),
    )
    assert found.editors == ("骆青",)
    assert not {"【来源】", "【责编】"} & set(re.findall("【..】", found.text or ""))


@pytest.mark.parametrize(
    "plug",
    [
        "推荐进入某某数据库，可随时查阅宏观经济、公司人物。",
        "某网今天刊登了《渡口改成了桥》一文，关于此事的更多报道，请在某网客户端上阅读。",
        "全文1600字，阅读约需4分钟",
    ],
)
def test_plugs_are_no_text(plug):
    inside = TEXT.replace("</div>", f"<p>{plug}</p></div>")
    assert plug not in (read(inside).text or "")


@pytest.mark.parametrize(
    "sentence",
    [
        "正在加载货物的老李说，桥通了，渡口就该歇一歇了，他也要回家去了。",
        "全文3000字的信，他写了三天三夜，写完的那天桥正好通了车。",
        "市民如想看更多报道请到渡口纪念馆，那里有老船工的照片和旧报纸。",
    ],
)
def test_sentences_that_open_as_plugs_do_are_text(sentence):
    assert (read(TEXT.replace("</div>", f"<p>{sentence}</p></div>")).text or "").endswith(sentence)


def test_picture_in_a_box_that_can_be_shared_is_kept():
    box = '<div class="mbSharePic"><img src="a.jpg"></div><p align="center">渡口旧影</p>'
    assert read(TEXT.replace("<p>", f"{box}<p>", 1)).images[0].caption == "渡口旧影"


def test_authors_that_a_portal_names_in_an_attribute_of_its_own():
    byline = '<div><span>世相</span> <span bosszone="author">温如玉 桑榆</span> <span>2019-05-10 10:20</span></div>'
    page = PAGE.replace("<div>2019-05-10 10:20 来源：某报 作者：温如玉</div>", byline)
    assert read(TEXT, page).authors == ("温如玉", "桑榆")
