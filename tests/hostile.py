"""Pages of a megabyte made to be slow: what a regular expression or a list can go quadratic on.

`python tests/hostile.py [SHAPE…]` reads them one after the other and prints seconds of CPU time for each, and the peak memory.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from fjsen_spider.extraction import NotAnArticle, extract
from fjsen_spider.items import RawPage

URL = "http://fjnews.fjsen.com/2018-03/05/content_20990001.htm"
SIZE = 1_000_000
PAGE = """<html><head><meta charset="utf-8"/><title>{title} - 东南网</title><meta name="keywords" content="{attribute}"/></head><body>
{before}<div class="cont_head"><h1>{title}</h1><table><tr><td class="zb"><span id="pubtime_baidu">2018-03-05 09:12:44</span>
<span id="author_baidu">{author}</span> <span id="source_baidu">来源：{source}</span> <span id="editor_baidu">责任编辑：{editor}</span>
{beside}</td></tr></table></div><div class="cont-news">{comment}<!--enpcontent--><table><tr><td id="new_message_id">
<!--enpcontent-->{body}<!--/enpcontent--></td></tr></table><!--/enpcontent--></div>{behind}</body></html>"""
PLAIN = {
    "title": "海边的灯塔", "attribute": "灯塔", "before": "", "author": "陈小溪", "source": "东南网", "editor": "林一",
    "beside": "", "comment": "", "body": "<p>海边的灯塔亮了一夜，渔船陆续回港。</p>", "behind": "",
}  # fmt: skip
PICTURE = '<p align="center"><img src="a.jpg"></p>'
FOREIGN = """<html><head><title>海边的灯塔 - 某某网</title></head><body><h1>海边的灯塔亮了一夜</h1><div class="text">{body}</div></body></html>"""
DATELINE = "<p>东南网3月5日讯（记者 陈小溪）海</p>"


def page(**parts: str) -> str:
    return PAGE.format(**PLAIN | parts)


def foreign(body: str) -> str:
    """Return a page of no known layout with an article and something behind it."""
    return FOREIGN.format(body="<p>海边的灯塔亮了一夜，渔船陆续回港，码头上人来人往，十分热闹。</p>" * 9 + body)


def filled(unit: str, size: int = SIZE) -> str:
    """Repeat a piece of markup up to a size in bytes."""
    return unit * (size // len(unit.encode()))


def counted(unit: str, size: int = SIZE) -> str:
    """Repeat a piece of markup up to a size in bytes, with a number for `%x` that makes each a different one."""
    return "".join([unit % number for number in range(size // (len(unit.encode()) + 2))])


def _everywhere(words: str) -> str:
    """Put a piece of running text wherever a page has text: a sixth of a megabyte in each place."""
    long = filled(words, SIZE // 6)
    body = f"<p>{long}</p>{PICTURE}<p>{long}</p><p><strong>{long}</strong></p><p>海<br>{long}</p>"
    return page(body=body, beside=long)


BOXES = (
    '<div class="phone_content"><h1>海</h1>', '<div class="cont-news">海', '<div class="cont_head"><h1>海</h1>', '<div id="zoom">海',
    "<div><h1>海</h1>", "<div><p>来源：海</p>", "<table><tr><td>海</td><td>", '<div class="biaoti">海边', '<ul class="pages"><li>海',
)  # fmt: skip


def nested(box: str, size: int = SIZE // 3) -> str:
    """Nest a box in itself, close it again, and so on up to a size in bytes."""
    tags = re.findall(r"<(div|table|tr|td|ul|li)\b(?!.*</\1)", box)
    return filled(box * 600 + "".join(f"</{tag}>" for tag in reversed(tags)) * 600, size)


TEXTS = (
    "（", "(", "「", "）", "【", "1", "１", " ", "\u3000", "&nbsp;", "，", "：", "·", "/", "&gt;", "海", "a ", "陈 ", "陈小溪 ",
    "记者 陈小溪", "（记者 陈小溪", "陈小溪/文", "文/图", "陈小溪 摄", "东南网3月5日讯（", "来源：", "责任编辑：", "2018-", "供图", "新华社发（",
    "原标题：", "通讯员", "[", "一、", "厦门日报", "%", "139", "20139", "a@", "海边的灯塔亮了一夜，",
)  # fmt: skip

FRAME = (
    "keywords ", '<meta name="keywords" ', '<meta name="keywords">', '<a class="daohang">海', '<a class="daohang">海</a>', '<td class="path_tx">',
    "<title>", "<!--", "<script>", "<!---->", "cont_head ", "<!--enpcontent-->",
)  # fmt: skip

UNITS = (
    "<p>a", "a<br>", "<img src=a>", "<p><a href=a>a</a>", "<i>a，</i>", "<p>版权声明</p>", "<p>打印</p>", "<p>来源：海</p>", "<p>责任编辑：陈小溪</p>",
    "<p>福建日报</p><p>2018-03-05</p>", "<h2>海边</h2>", "<div class=more>a</div>", "<!--enpcontent-->a", "<table><tr><td>a<td>a</table>",
)  # fmt: skip

SHAPES: dict[str, Callable[[], str]] = {
    **{f"text of {words}": lambda words=words: _everywhere(words) for words in TEXTS},
    "a paragraph": lambda: page(body="<p>" + filled("海边的灯塔亮了一夜，") + "</p>"),
    "a byline": lambda: page(author=filled("陈小溪、"), beside=filled("来源：海 ", 200_000)),
    "a title": lambda: page(title=filled("海边-", SIZE // 2)),
    "the site's name in a title": lambda: page(title="").replace("<h1>", "").replace(" - 东南网", filled("-东南网")),
    "a comment's value": lambda: page(comment=f"<!--enpproperty <articleid>1</articleid><title>{filled('海&')}</title>/enpproperty-->"),
    "comments left open": lambda: page(comment=filled("<!--enpproperty ")),
    "tags in a comment": lambda: page(comment=f"<!--enpproperty {filled('<a>')}/enpproperty-->"),
    "comments": lambda: page(body=filled("<!--enpcontent-->海<!--/enpcontent-->")),
    "nested 3000 deep": lambda: page(body="<div>" * 3000 + filled("<p>海</p>") + "</div>" * 3000),
    "nested for ever": lambda: page(body=filled("<div>")),
    "nested spans": lambda: page(body="<span>" * 20_000 + filled("海") + "</span>" * 20_000),
    "nested byline": lambda: page(beside="<b>" * 1900 + filled("海") + "</b>" * 1900),
    **{f"nested {box}": lambda box=box: page(before=nested(box), body=nested(box, SIZE // 3)) for box in BOXES},
    "nested tables": lambda: page(body="<table><tr><td>海</td><td>" * 600 + filled("海")),
    "breaks": lambda: page(body=filled("a<br>")),
    "breaks in a caption": lambda: page(body=f"<p align=center><img src=a.jpg><br>{filled('a<br>')}</p>"),
    "breaks in a headline": lambda: page(body=f"<p><strong>{filled('a<br>')}</strong></p>{DATELINE}"),
    "breaks in a heading": lambda: page(body=f"<p><strong>{filled('a<br>')}</strong></p><p>海</p>"),
    "breaks of boxed labels": lambda: page(body=filled("【a】<br>") + "<p>海</p>"),
    "paragraphs": lambda: page(body=filled("<p>a")),
    "paragraphs in deep boxes": lambda: page(body="<div>" * 200 + filled("<p>a") + "</div>" * 200),
    "headings": lambda: page(body=filled("<p><b>a</b><p>a")),
    "words in bold": lambda: page(body=filled("<b>a</b>b")),
    "entities": lambda: page(body=filled("&")),
    "entities of a value": lambda: page(body=f'<a href="{filled("&")}">海</a>'),
    "labels": lambda: page(body=filled("<p>相关阅读：</p>")),
    "labels over nothing": lambda: page(body=filled("<p>延伸阅读：</p>") + "<p>&gt;&gt;&gt;海&lt;&lt;&lt;</p>"),
    "links": lambda: page(body=filled('<a href="a">海</a>')),
    "lines of links": lambda: page(body=filled('<p><a href="a">海</a></p>')),
    "links of one line": lambda: page(body=filled("ab", SIZE // 3) + filled("<a href=a>c</a>", SIZE // 3 * 2)),
    "links of a source": lambda: page(source=filled("<a href=a>a</a>")),
    "links to odd addresses": lambda: page(body=counted("<p><a href=?%x>a</a>")),
    "headlines in headlines, of no layout": lambda: "<html>" + "<h1>" * 1900 + filled("海"),
    "lists in lists, of no layout": lambda: "<html>" + "<ul><li>" * 200 + filled("<a href=a>a</a>"),
    "links of a list": lambda: page(behind=filled('<li><a href="http://a.fjsen.com/2018-03/05/content_1.htm">海</a>')),
    "pictures": lambda: page(body=filled('<img src="a.jpg">')),
    "pictures at odd addresses": lambda: page(body=counted("<img src=?%x>")),
    "captions that name": lambda: page(body=f"<center>{counted('<img src=a><br>a%x（王二）<br>')}</center>"),
    "captions that all name": lambda: page(body=f"<center><img src=a><br>{counted('%x王小二 摄<br>')}</center>"),
    "pictures with credits": lambda: page(body=filled(PICTURE, SIZE // 2) + filled("<p>陈小溪 摄</p>", SIZE // 2)),
    "pictures with captions": lambda: page(body=filled(f"{PICTURE}<p align=center>海 陈小溪 摄</p>")),
    "tables": lambda: page(body=filled("<table><tr><td>海</td><td>海</td></tr><tr><td>海</td><td>海</td></tr></table>")),
    "tables of links": lambda: page(body=f"<table>{counted('<tr><td><a href=?%x>a</a><td>a')}</table>"),
    "tables in deep tables": lambda: page(body="<table><tr><td>" * 300 + filled("<table><tr><td>a<td>a<tr><td>a<td>a</table>")),
    "a film's address": lambda: page(body=f'<embed src="{filled("//")}" flashvars="{filled("http://", 300_000)}">海'),
    "an attribute": lambda: page(body=f'<p style="{filled("text-align :")}">海</p>', attribute=filled("海 ", 300_000)),
    "attributes": lambda: page(body=f"<p {filled('a=b ')}>海</p>"),
    "attributes of many names": lambda: page(body=f"<p {counted('a%x ')}>海</p>"),
    "attributes of many names and brackets": lambda: page(body=f"<p {counted('a%x=`>` ')}>海</p>".replace("`", "'")),
    "attributes of many names, a little": lambda: page(body=f"<p {counted('a%x ', 49_000)}>海</p>"),
    "attributes of many names, often": lambda: page(body=filled(f"<p {counted('a%x ', 2_000)}>海</p>")),
    "names of a byline": lambda: page(author=counted("陈小%x "), editor=""),
    "names of both slots": lambda: page(author=counted("陈小%x ", SIZE // 3), editor=counted("陈小%x ", SIZE // 3)),
    "tags left open in comments": lambda: page(comment=filled(f"<!--enpproperty {'<a>' * 6000}/enpproperty-->")),
    "pagers in pagers": lambda: page(behind=filled("<ul class=pages><a href=content_20990001_2.htm>a</a>" * 100 + "</ul>" * 100)),
    "pagers": lambda: page(behind=filled('<ul class="pages"><li><a href="content_20990001_2.htm">2</a></ul>')),
    "bodies": lambda: page(behind=filled('<div class="cont-news">海</div>')),
    "headlines": lambda: page(before=filled('<div class="cont_head"><h1>海</h1></div>')),
    "boxes of another layout": lambda: page(before='<div class="biaoti">海</div>' + filled("<div><p>来源</p></div>")),
    **{f"in the frame: {words}": lambda words=words: page(before=filled(words)) for words in FRAME},
    **{f"nothing but {words}": lambda words=words: filled(words) for words in (*FRAME[:8], "<title></title>", "daohang ", "\n<!-->")},
    "open brackets": lambda: page(behind=filled("<")),
    "NUL": lambda: page(body=filled("\0")),
    "no page at all": lambda: filled("海边的灯塔，"),
    **{f"no layout, then {unit}": lambda unit=unit: foreign(filled(unit)) for unit in UNITS},
    "no layout, names of boxes": lambda: foreign(counted("<p class=%x>a")),
    "no layout, deep boxes": lambda: foreign("<div>" * 200 + filled("<p>a")),
    "no layout, an article in a text field": lambda: foreign(
        f'<textarea class="article-content">{filled("&lt;p&gt;a")}</textarea>'
    ),
    "no layout, a little less in a text field": lambda: foreign(
        f'<textarea class="article-content">{"&lt;p&gt;海边的灯塔亮了一夜，渔船陆续回港。" * 10_000}</textarea>'
    ),
    "no layout, pictures above the text": lambda: foreign("").replace(
        "</h1>", "</h1>" + filled('<div><img src="a.jpg"></div><div>海边的灯塔亮了</div>')
    ),
    "no layout, nothing but an article": lambda: foreign(filled("<p>海边的灯塔亮了一夜，渔船陆续回港。</p>")),
    "a page of no layout": lambda: f"<html><h1>海边的灯塔</h1><p>2018-03-05 09:12 来源：东南网</p>{filled('<p>海边的灯塔亮了。</p>')}",
}  # fmt: skip


def seconds(html: str) -> float:
    """Return the CPU time of reading a page, the best of three when it is more than a second: others may be running."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        with suppress(NotAnArticle):
            extract(RawPage(url=URL, body=html.encode()))
        taken.append((time.process_time() - start) * SIZE / max(SIZE, len(html.encode())))
        if taken[-1] < 1:
            break
    return min(taken)


def peak() -> int:
    """Return the most memory that this process has ever had, in megabytes; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    told = re.search(r"VmHWM:\s*(\d+)", status.read_text("ascii", "replace")) if status.is_file() else None
    return int(told[1]) // 1024 if told else 0


if __name__ == "__main__":
    taken = {shape: round(seconds(SHAPES[shape]()), 2) for shape in sys.argv[1:] or SHAPES}
    print(json.dumps({"seconds": taken, "megabytes": peak()}, ensure_ascii=False))
