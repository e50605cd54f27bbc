"""What a line of the body is: the rulings, on the smallest bodies that show them."""

from __future__ import annotations

import pytest

from fjsen_spider.extraction import NotAnArticle, extract
from fjsen_spider.items import Article, RawPage

URL = "http://fjnews.fjsen.com/2018-03/05/content_20940001.htm"
HEAD = '<div class="cont_head"><h1>标题</h1><table><tr><td>{byline}</td></tr></table></div>'
BYLINE = '<span id="pubtime_baidu">2018-03-05 09:12:44</span> <span id="source_baidu">来源：东南网</span>'
IMAGE = '<p align="center"><img src="../../images/a{}.jpg"></p>'
PROSE = "老街的灯一盏盏亮起来，摊主们忙着招呼客人。"


def article(body: str, byline: str = BYLINE) -> Article:
    page = f'{HEAD.format(byline=byline)}<div class="cont-news"><!--enpcontent-->{body}<!--/enpcontent--></div>'
    return extract(RawPage(url=URL, body=page.encode()))


def headings(body: str) -> list[tuple[str | None, int]]:
    return [(one.heading, one.level) for one in article(body).subsections]


@pytest.mark.parametrize(
    "tag", "address article aside blockquote center dd div dl dt figcaption form h2 h4 li ol p pre section ul".split()
)
def test_a_block_element_is_a_line_of_its_own(tag):
    assert article(f"<{tag}>{PROSE}</{tag}>尾行").text == f"{PROSE}\n尾行"


def test_credit_behind_a_break_makes_the_paragraph_a_caption():
    found = article(IMAGE.format(1) + f"<p>{PROSE}<br>（某某县文化馆 供图）</p><p>{PROSE}</p>")
    assert (found.images[0].caption, found.images[0].credit) == (PROSE, "某某县文化馆 供图")
    assert found.text == PROSE
    for prose in ("资金由政府提供", "这张照片是1987年王明摄", "来源：某某日报"):
        assert article(f"{IMAGE.format(1)}<p>{PROSE}<br>{prose}</p><p>{PROSE}</p>").images[0].caption is None
    lines = "<br>".join([PROSE] * 4)
    assert article(f"{IMAGE.format(1)}<p>{lines}<br>（某某县文化馆 供图）</p>").images[0].caption is None


def test_line_of_who_reported_with_pictures_is_the_articles_own_unless_it_is_set_as_a_caption():
    line = "某某网记者 林小溪 摄影报道"
    found = article(f"<p>{PROSE}</p>{IMAGE.format(1)}<p>{line}</p>")
    assert found.text == f"{PROSE}\n{line}"
    assert {(one.role, one.where) for one in found.people} == {("reporter", "body-tail"), ("photographer", "body-tail")}
    assert article(f'<p>{PROSE}</p>{IMAGE.format(1)}<p align="center">{line}</p>').text == PROSE


def test_caption_of_a_figure_is_its_pictures():
    found = article(f'<figure><img src="a.jpg"><figcaption>老街一景</figcaption></figure><p>{PROSE}</p>')
    assert (found.images[0].caption, found.text) == ("老街一景", PROSE)


def test_foot_of_the_page_behind_the_container_is_no_lost_paragraph():
    page = f'{HEAD.format(byline=BYLINE)}<div class="cont-news"><p>{PROSE}</p></div><div class="{{}}">{PROSE}</div>'
    assert extract(RawPage(url=URL, body=page.format("footer").encode())).warnings == ()
    assert extract(RawPage(url=URL, body=page.format("").encode())).warnings == ("body-unclosed",)


@pytest.mark.parametrize("label", ["编者按", "编者按："])
def test_label_of_an_editors_note_is_a_paragraph(label):
    found = article(f"<p><strong>{label}</strong></p><p>{PROSE}</p>")
    assert [part.heading for part in found.subsections] == [None]
    assert (found.deck, found.text) == ((), f"{label}\n{PROSE}")


@pytest.mark.parametrize("tag", ["textarea", "button", "noscript"])
def test_what_no_reader_sees_as_text_is_left_out(tag):
    assert article(f"<p>{PROSE}</p><{tag}>表单里的字</{tag}>").text == PROSE


def test_a_date_before_the_mark_makes_a_caption_but_no_credit():
    image = article(IMAGE.format(1) + f"<p>老街一景（8月25日摄）。</p><p>{PROSE}</p>").images[0]
    assert (image.caption, image.credit) == ("老街一景（8月25日摄）。", None)


def test_a_second_credit_line_without_a_picture_stays_in_the_text():
    found = article(IMAGE.format(1) + f"<p>林小溪 摄</p><p>{PROSE}</p><p>陈大海 摄</p>")
    assert found.images[0].credit == "林小溪"
    assert found.text == f"{PROSE}\n陈大海 摄"


def test_one_caption_and_credit_under_several_pictures():
    found = article(IMAGE.format(1) + IMAGE.format(2) + f'<p align="center">老街。林小溪 摄</p><p>{PROSE}</p>').images
    assert [(one.caption, one.credit) for one in found] == [(None, "林小溪"), ("老街。", "林小溪")]


LABELS = [
    "回放",
    "链接",
    "新闻链接",
    "相关链接",
    "相关阅读",
    "相关新闻",
    "相关报道",
    "延伸阅读",
    "新闻多看点",
    "新闻回放",
]


@pytest.mark.parametrize("label", LABELS)
def test_a_label_over_prose_is_a_heading(label):
    body = f"<p>{PROSE}</p><p><strong>{label}：</strong></p><p><strong>一条小标题</strong></p><p>{PROSE}</p>"
    assert headings(body) == [(None, 0), (f"{label}：", 1), ("一条小标题", 2)]


@pytest.mark.parametrize("label", [label for label in LABELS if label not in ("回放", "新闻多看点", "新闻回放")])
def test_a_label_over_links_goes_with_them(label):
    link = '<p><a href="../../2018-03/04/content_20940002.htm"><font color="blue">另一条新闻</font></a></p>'
    found = article(f"<p>{PROSE}</p><p>{label}：</p>{link}")
    assert found.text == PROSE
    assert [(one.label, one.title) for one in found.related] == [(f"{label}：", "另一条新闻")]


def test_a_speaker_is_no_second_line_of_a_heading():
    body = f"<p>{PROSE}</p><p><strong>声音</strong></p><p><strong>摊主：</strong></p><p>{PROSE}</p>"
    assert headings(body) == [(None, 0), ("声音", 1), ("摊主：", 1)]


@pytest.mark.parametrize(
    ("slot", "editors"),
    [
        ("责任编辑：陈溪</span> 我来说两句", ("陈溪",)),
        ("责任编辑：陈溪</span>　林小雨 点击：1234 评论", ("陈溪", "林小雨")),
        ("责任编辑：陈溪</span> 2018-03-05", ("陈溪",)),
        ("责任编辑：陈溪 审核：王五</span>", ("陈溪",)),
        ("责任编辑：</span>", ()),
    ],
)
def test_editors_end_where_something_else_begins(slot, editors):
    assert article(f"<p>{PROSE}</p>", f'{BYLINE} <span id="editor_baidu">{slot}').editors == editors


def test_authors_end_where_another_role_begins():
    byline = f'{BYLINE} <span id="author_baidu">作者：林小溪 摄影：陈大海</span>'
    assert article(f"<p>{PROSE}</p>", byline).authors == ("林小溪",)


@pytest.mark.parametrize(
    ("shown", "date", "raw"),
    [
        ("2018-03-05 25:61:00", "2018-03-05", "2018-03-05 25:61:00"),
        ("2018年3月5日 9:12", "2018-03-05T09:12+08:00", "2018年3月5日 9:12"),
        ("2018-13-45", "2018-03-05", None),
    ],
)
def test_a_date_is_as_precise_as_it_can_be_trusted(shown, date, raw):
    found = article(f"<p>{PROSE}</p>", f'<span id="pubtime_baidu">{shown}</span>')
    assert (found.date, found.date_raw) == (date, raw)
    assert ("date-from-url" in found.warnings) == (raw is None)


def test_pages_without_address_are_counted_by_their_place():
    page = f'{HEAD.format(byline=BYLINE)}<div class="cont-news"><p>{{}}</p></div>'
    found = extract(*(RawPage(url=None, body=page.format(line).encode()) for line in ("第一页的字。", "第二页的字。")))
    assert (found.text, found.pages.fetched) == ("第一页的字。\n第二页的字。", 2)


def test_a_page_that_holds_nothing_is_a_page_that_is_missing():
    page = f'{HEAD.format(byline=BYLINE)}<div class="cont-news"><p>{{}}</p></div>'
    urls = (URL, URL.replace(".htm", "_2.htm"))
    found = extract(
        *(RawPage(url=url, body=page.format(line).encode()) for url, line in zip(urls, (PROSE, ""), strict=True))
    )
    assert (found.complete, found.pages.fetched, found.pages.total) == (False, 1, 2)
    assert "missing-page" in found.warnings


def test_a_page_that_only_a_picture_leads_to_is_a_page_that_is_missing():
    picture = '<p align="center"><a href="{}"><img src="a.jpg"></a></p>' + f"<p>{PROSE}</p>"
    found = article(picture.format(URL.rpartition("/")[2].replace(".htm", "_3.htm")))
    assert (found.complete, found.pages.fetched, found.pages.total) == (False, 1, 3)
    assert "missing-page" in found.warnings
    assert article(picture.format("content_1_3.htm")).complete, "that is another article"
    assert article(f'<p><a href="content_20940001_3.htm">第三页</a>{PROSE}</p>').complete, "no picture leads there"


@pytest.mark.parametrize(
    "href", ["content_20940001_9999.htm", "/say.htm?of=content_20940001_3.htm", "content_20940001.htm"]
)
def test_pictures_that_lead_to_no_page_of_the_article_say_nothing_of_it(href):
    assert article(f'<p><a href="{href}"><img src="a.jpg"></a></p><p>{PROSE}</p>').complete


def test_full_text_page_is_whole_wherever_its_pictures_lead():
    body = f'<p><a href="content_20940001_2.htm"><img src="a.jpg"></a></p><p>{PROSE}</p>'
    page = f'{HEAD.format(byline=BYLINE)}<div class="cont-news">{body}</div>'
    found = extract(RawPage(url=URL.replace(".htm", "_all.htm"), body=page.encode()))
    assert (found.complete, found.text) == (True, PROSE)


def test_a_page_that_ends_early_is_flagged():
    page = f'<html><body>{HEAD.format(byline=BYLINE)}<div class="cont-news"><p>{PROSE}</p></div>'
    assert "cut-short" in extract(RawPage(url=URL, body=page.encode())).warnings
    assert "cut-short" not in extract(RawPage(url=URL, body=f"{page}</body></html>".encode())).warnings


def test_a_body_too_deep_to_parse_is_named_so():
    with pytest.raises(NotAnArticle) as refusal:
        article("<div>" * 3000 + PROSE)
    assert refusal.value.reason == "truncated-tree"


def test_a_body_of_too_many_elements_is_read_from_its_top_and_named_so():
    found = article("<p>海</p>" * 15_000)
    assert "truncated-tree" in found.warnings
    assert 5_000 < len(found.subsections[0].paragraphs) < 15_000
    assert "truncated-tree" not in article("<p>海</p>" * 5_000).warnings


def test_a_table_of_many_cells_is_read_whole_and_the_text_behind_it_too():
    row = "<tr><td><p>海</p></td><td>灯塔</td><td>1</td></tr>"
    found = article(f"<p>{PROSE}</p><table>{row * 3_000}</table><p>潮水退了。</p>")
    assert len(found.tables[0]) == 3_000
    assert found.text.endswith("潮水退了。")
    assert "truncated-tree" not in found.warnings


def test_a_table_of_too_many_links_is_named_so():
    row = '<tr><td><a href="http://www.fjsen.com/a.htm">海</a></td><td>灯塔</td></tr>'
    assert "truncated-tree" in article(f"<p>{PROSE}</p><table>{row * 5_001}</table>").warnings
    assert "truncated-tree" not in article(f"<p>{PROSE}</p><table>{row * 5_000}</table>").warnings


def test_a_page_with_a_tag_of_too_many_attributes_is_refused():
    tag = "<p {}>" + PROSE * 500
    names = [f"a{number}" for number in range(10_000)]
    with pytest.raises(NotAnArticle):
        article(tag.format(" ".join(names)))
    assert article(tag.format(" ".join(names[:400]))).text.startswith(PROSE)


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("新华社发 林小溪 作", "林小溪/illustrator"),
        ("新华社发（林小溪作）", "林小溪/illustrator"),
        ("新华社发（林小溪摄）", "林小溪/photographer"),
        ("新华社发（林 溪摄）", "林溪/photographer"),
        ("华某网记者 林小溪摄", "林小溪/photographer"),
        ("林小溪摄（某某视觉）", "林小溪/photographer"),
        ("漫画：林小溪", "林小溪/illustrator"),
        ("林 一、陈大海 绘", "林一/illustrator 陈大海/illustrator"),
    ],
)
def test_who_took_or_drew_a_picture_is_told_by_its_credit(line, people):
    found = article(f'{IMAGE.format(1)}<p align="center">{line}</p><p>{PROSE}</p>')
    assert " ".join(f"{one.name}/{one.role}" for one in found.people) == people
    assert {(one.where, one.raw) for one in found.people} == {("caption", line)}
    assert (found.images[0].caption, found.text) == (None, PROSE)


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        (["编者按：这是一组来信。", "本报记者 林小溪", PROSE, "客人散去，灯还亮着。"], "body-head"),
        ([PROSE, "本报记者 林小溪"], "body-tail"),
        ([PROSE, f"{PROSE}（记者 林小溪）"], "body-tail"),
        (["（记者 林小溪）"], "body-tail"),
    ],
)
def test_a_credit_line_of_a_short_article_is_counted_once(lines, where):
    found = article("".join(f"<p>{line}</p>" for line in lines)).people
    assert [(one.name, one.role, one.where) for one in found] == [("林小溪", "reporter", where)]
