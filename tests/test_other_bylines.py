"""Bylines as other portals write them: above the headline, in pieces, among buttons, behind the text."""

from __future__ import annotations

import html

import pytest
from test_generic import PAGE, SENTENCE
from test_portals import TEXT, read

BYLINE = "<div>2019-05-10 10:20 来源：某报 作者：温如玉</div>"
HEADLINE = "<h1>渡口改成了桥</h1>"


def with_byline(byline: str) -> str:
    return PAGE.replace(BYLINE, byline)


def test_byline_above_the_headline_with_a_date_in_pieces():
    above = (
        '<div class="time"><span><em> 2019</em></span><span><em>05</em>/<em>10</em></span><span>10:20:28</span></div>'
        '<div class="source">\n来源：某报\n</div>'
    )
    page = PAGE.replace(HEADLINE, above + HEADLINE).replace(BYLINE, "<div>某报记者温如玉</div>")
    found = read(TEXT, page)
    assert (found.date, found.source, found.authors) == ("2019-05-10T10:20:28+08:00", "某报", ("温如玉",))


def test_date_of_a_rail_above_the_headline_is_not_the_articles():
    rail = '<div><a href="/b.html">老船的下一站</a> 2018-01-02 03:04</div>'
    assert read(TEXT, PAGE.replace(HEADLINE, rail + HEADLINE)).date == "2019-05-10T10:20+08:00"


def test_newspapers_issue_tells_its_source():
    found = read(TEXT, with_byline("<div>□某报记者 温如玉</div><div>《某某日报》(2019年05月10日 第02版:要闻)</div>"))
    assert (found.date, found.source, found.authors) == ("2019-05-10", "某某日报", ("温如玉",))


def test_buttons_for_the_size_of_letters_are_nobody():
    shown = "<span>2019-05-10 10:20</span> <span>作者:温如玉 桑榆</span> <span><a>大</a> <a>小</a></span>"
    assert read(TEXT, with_byline(f"<div>{shown}</div>")).authors == ("温如玉", "桑榆")


@pytest.mark.parametrize("lead", ["", "<table><tr><td>自选</td><td>行情</td></tr></table>" * 6])
def test_writers_in_the_first_lines_of_a_body(lead):
    found = read(
        TEXT.replace("<p>", f"{lead}<p><strong>文丨温如玉　编辑丨桑榆</strong></p><p>", 1),
        with_byline("<p>2019-05-10 10:20</p>"),
    )
    assert found.authors == ("温如玉",)
    assert not [part for part in found.subsections if part.heading]


def test_who_made_the_film_is_not_who_wrote():
    credits = "<p>文/某报记者 温如玉<br>视频/某报记者 桑榆</p>"
    assert read(TEXT.replace("</div>", f"{credits}</div>"), with_byline("<div>2019-05-10 10:20</div>")).authors == (
        "温如玉",
    )


def test_picture_between_the_headline_and_the_mark_in_one_box():
    box = (
        f"<div>{HEADLINE}{BYLINE}<table><tr><td><img src='a.jpg'></td></tr><tr><td>渡口旧影。某报记者 桑榆 摄</td></tr></table>"
        f"<!--enpcontent--><div>{f'<p>{SENTENCE}</p>' * 5}</div><!--/enpcontent--></div>"
    )
    found = read(box, "<html><head><title>渡口改成了桥_某网</title></head><body>{}</body></html>")
    assert [(one.caption, one.credit) for one in found.images] == [("渡口旧影。", "某报记者 桑榆")]
    assert (found.text or "").startswith(SENTENCE)


@pytest.mark.parametrize(
    "plug",
    [
        "炒股就看某某分析师研报，权威，专业，及时，全面，助您挖掘潜力主题机会！",
        "《 某某日报 》（ 2019年05月10日 07 版）",
    ],
)
@pytest.mark.parametrize("place", ["above", "below"])
def test_plugs_above_and_below_are_no_text(plug, place):
    text = f"<div><p>{plug}</p>{TEXT}</div>" if place == "above" else f"<div>{TEXT}<p>{plug}</p></div>"
    assert plug not in (read(text).text or "")


def test_article_in_text_fields_is_read_as_its_script_shows_it():
    content = (
        f"<article><p>{SENTENCE}</p><p><i><img data-alt='渡口旧影。（温如玉 摄）' src='a.jpg'></i></p>"
        f"<p><em data-scene='strong'>桥头</em></p>{f'<p>{SENTENCE}</p>' * 4}</article>"
    )
    fields = {
        "title": "渡口改成了桥", "content": html.escape(content), "time": "1557454800000", "source-name": "某报",
        "author": "温如玉", "editor-name": "殷商",
    }  # fmt: skip
    shown = "".join(
        f'<textarea class="article-{name}" style="display:none">{value}</textarea>' for name, value in fields.items()
    )
    found = read(shown, "<html><head><title>渡口改成了桥_某网</title></head><body>{}</body></html>")
    assert (found.title, found.date, found.source) == ("渡口改成了桥", "2019-05-10T10:20+08:00", "某报")
    assert (found.authors, found.editors) == (("温如玉",), ("殷商",))
    assert [part.heading for part in found.subsections] == [None, "桥头"]
    assert [(one.caption, one.credit) for one in found.images] == [("渡口旧影。", "温如玉")]


@pytest.mark.parametrize("content", ["", "说两句", "&lt;p&gt;说两句&lt;/p&gt;"])
def test_text_fields_of_readers_are_no_article(content):
    found = read(f'<textarea class="article-content">{content}</textarea>{TEXT}')
    assert "说两句" not in (found.text or "")
