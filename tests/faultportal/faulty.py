"""The bundled portal with faults switched on, and beside it a host for each fault that one page can have."""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Iterator
from typing import Final

from test_losses import ITEM, LISTING, PAGER, article
from validating import PORTAL

from faultportal.crawls import address, page, robots
from faultportal.server import Answer, End, FaultPortal, http
from fjsen_spider.archive.mirror import Mirror

MEGABYTE: Final = 1 << 20
TITLE: Final = "喆镕堃的老街"
"""Two of these characters are not in GB2312."""
PACKED: Final = gzip.compress(article("早市").encode())
BOMB: Final = (
    b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (name, b"&%c;" % (name - 1) * 10) for name in range(ord("b"), ord("k")))
    + b"]><urlset><url><loc>&j;</loc></url></urlset>"
)
"""Ten thousand million characters, were the entities expanded."""
TRAPS: Final = (
    "/calendar/2031/12/", "?page=99", "/a/a/a/a/", "/china.htm;jsessionid=4F2A", "javascript:next()", "/search?q=1&p=9999",
)  # fmt: skip
LAST: Final = 40
"""The number of pages that a pager without end has here."""

UNLABELLED: Final = article(TITLE).replace('<meta charset="utf-8"/>', "")
GB2312: Final = article(TITLE).replace("utf-8", "gb2312")
ENCODED: Final = {
    "c12": http(article(TITLE).encode("gb18030"), Content_Type="text/html; charset=utf-8"),
    "c13header": http(article(TITLE), Content_Type="text/html; charset=gb2312"),
    "c13page": http(GB2312),
    "c14": http(UNLABELLED.encode("gb18030")),
    "c15": http(codecs.BOM_UTF8 + UNLABELLED.encode(), Content_Type="text/html; charset=gbk"),
}


def bomb() -> bytes:
    """Pack 300 MB into 300 KB; they are never in memory at once, for a child would be said to have had them."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([*(packer.compress(b"<p>" * MEGABYTE) for _ in range(100)), packer.flush()])


def endless(megabytes: int = 1024) -> Answer:
    """A page of so many megabytes, none of which is made before it is sent."""
    head = http(Content_Length="").parts[0]
    return Answer(_stream(head, megabytes), End.CLOSE)


def _stream(head: tuple[float, bytes], megabytes: int) -> Iterator[tuple[float, bytes]]:
    yield head
    yield from ((0, b"<p>" + b"a" * MEGABYTE) for _ in range(megabytes))


def mixed() -> bytes:
    """A GBK page with a paragraph of UTF-8 in it."""
    paragraph = "一段外来的文字混了进来，没有人改过它的编码。".encode()
    return article(TITLE).replace("</p>", "</p>@", 1).encode("gb18030").replace(b"@", b"<p>" + paragraph + b"</p>")


def deep(levels: int = 2100) -> str:
    words = "<p>在很深的地方还有一段文字。</p>"
    return article("很深的页面").replace(
        "</td></tr></table>\n", "<div>" * levels + words + "</div>" * levels + "</td></tr></table>\n"
    )


def twice() -> str:
    """An article with two bodies, whose ids stand twice."""
    text = article("第一个正文").partition("<p>")[2].partition("</p>")[0]
    again = text.replace("第一个正文", "第二个正文")
    box = f'<div id="zoom" class="cont-news"><!--enpcontent--><p>{again}</p><!--/enpcontent--></div>'
    return article("第一个正文").replace("</body>", f"{box}{box}</body>")


NEWS: Final = "http://news.fjsen.com/"
PASSING: Final = {
    f"{NEWS}2018-03/17/content_20955206.htm": http(status=503),
    f"{NEWS}2018-03/13/content_20955209.htm": Answer([(0, b"HTTP/1.1 200 OK\r\nContent-")], End.RESET),
    f"{NEWS}2018-03/08/content_20955220.htm": http(PACKED[:-200], Content_Encoding="gzip"),
    f"{NEWS}2018-02/28/content_20955371_3.htm": http(b"<html>half", Content_Length="9999", end=End.CLOSE),
    "http://xm.fjsen.com/2026-01/22/content_32195125.htm": http(status=429, Retry_After="1"),
    "http://xm.fjsen.com/node_163616_2.htm": http(b""),
    "http://fjnews.fjsen.com/gov_2.htm": http(status=502),
    "http://www.fjsen.com/r/view.htm": Answer([], End.CLOSE),
}
"""Faults of pages of the bundled portal that pass: the second answer is the page."""

COLUMNS: Final = (
    "http://fjnews.fjsen.com/gov.htm", f"{NEWS}china.htm", f"{NEWS}e_news.htm", f"{NEWS}W_Comments.htm",
    "http://www.fjsen.com/r/view.htm", "http://xm.fjsen.com/node_163616.htm",
    "http://www.fjsen.com/content/2018-03/16/content_20955468.htm",
    "http://www.fjsen.com/women/2018-03/08/content_20955483.htm",
    "http://www.fjsen.com/zhuanti/2018-03/15/content_20955472.htm",
)  # fmt: skip
"""Of the bundled portal, and the articles that only its front page links."""

INSIDE: Final = ("http://10.0.0.7/", "http://169.254.169.254/latest/meta-data/", "http://www.example.org/")
SCHEMES: Final = ("file:///etc/hostname", "data:text/html,<p>x</p>", "ftp://127.0.0.1/x")


def _by_host() -> dict[str, list[Answer]]:
    whole, html = page, article("早市").encode()
    drip = Answer([http(Content_Length="9999").parts[0], *[(0.6, b"<p>")] * 20], End.CLOSE)
    date = "Thu, 01 Jan 2026 10:00:0{} GMT"
    return {
        "c01": [http(status=503), http(status=503), whole("c01")],
        "c02": [http(status=503)],
        "c03": [http(status=429, Retry_After="1"), whole("c03")],
        "c04date": [http(status=503, Retry_After=date.format(1), Date=date.format(0)), whole("c04date")],
        "c04day": [http(status=429, Retry_After="86400"), whole("c04day")],
        "c04nonsense": [http(status=503, Retry_After="soon"), whole("c04nonsense")],
        "c05": [drip],
        "c06": [Answer([(9, b"")], End.CLOSE), whole("c06")],
        "c07late": [http(PACKED[:-200], Content_Encoding="gzip"), whole("c07late")],
        "c07": [http(PACKED[:-200], Content_Encoding="gzip")],
        "c08long": [http(html, Content_Length=str(len(html) + 9), end=End.CLOSE), whole("c08long")],
        "c08short": [http(html, Content_Length=str(len(html) - 40), end=End.CLOSE)],
        "c09": [http(html, Content_Encoding="gzip")],
        "c10": [http(bomb(), Content_Encoding="gzip")],
        "c11": [http(b"<p>", Content_Length=str(1024 * MEGABYTE), end=End.CLOSE)],
        **{host: [answer] for host, answer in ENCODED.items()},
        "c16": [http(mixed())],
        "c17": [http(status=302, Location=address("c17"))],
        **{f"c18x{n}": [http(status=302, Location=url)] for n, url in enumerate(INSIDE)},
        **{f"c20x{n}": [http(status=302, Location=url)] for n, url in enumerate(SCHEMES)},
        "c22": [http("<html><body><h1>您访问的页面不存在或已删除</h1></body></html>")],
        "c24": [http(deep())],
        "c25": [http(article("早\x00市\x08\x1f").replace("热闹", "热\x00闹\x0b"))],
        "c26": [http(BOMB, Content_Type="application/xml")],
        "c27": [http(twice())],
        "c28": [http(b"")],
        "c39future": [http(article("明天的新闻").replace("2018-03-05 09", "2099-01-01 09"))],
        "c39dateless": [http(article("没有日期").replace("2018-03-05 09:12:44", ""))],
        "c40": [http(article("=HYPERLINK(1) &lt;b&gt;早&lt;/b&gt;"))],
    }  # fmt: skip


def _rules() -> dict[str, list[Answer]]:
    hosts = ("c29down", "c29mute", "c29page", "c29huge")
    return {
        robots("c29down"): [http(status=503)],
        robots("c29mute"): [Answer([(9, b"")], End.CLOSE)],
        robots("c29page"): [http("<html>User-agent: *\nDisallow: /\n</html>")],
        robots("c29huge"): [http("User-agent: *\n" + "# a comment\n" * 50_000 + "Disallow: /\n")],
        robots("c29slow"): [http("User-agent: *\nDisallow: /2018-03\n", delay=0.3)],
        robots("c26"): [http("User-agent: *\nDisallow:\nSitemap: http://c26.fjsen.com/sitemap.xml\n")],
        **{address(host): [page(host)] for host in hosts},
        **{address("c29slow", number): [page("forbidden")] for number in range(1, 7)},
    }


def _traps() -> dict[str, list[Answer]]:
    """A pager without end, in a column whose links are traps, and an article without end."""
    column, links = "http://c21.fjsen.com/china{}.htm", "".join(map(ITEM.format, TRAPS))
    session = ITEM.format(address("c21") + "?sid=1") + ITEM.format(address("c21") + "?sid=2")
    name = address("c21long").rpartition("/")[2].removesuffix(".htm")
    scripts = {address("c21") + "?sid=1": [page("c21")], "http://c21.fjsen.com/search": [page("trap")]}
    for n in range(1, LAST + 1):
        pager = PAGER.format(
            "".join(f'<a href="china_{to}.htm">{to}</a> ' for to in range(2, LAST + 2))
            + f'<a href="china_{n + 1}.htm">下一页</a>'
        )
        news = ITEM.format(address("c21page", n))
        scripts[column.format(f"_{n}" if n > 1 else "")] = [http(LISTING.format(links + session + news, pager))]
        scripts[address("c21page", n)] = [page(f"c21 {n}")]
        suffix = f"_{n}" if n > 1 else ""
        scripts[address("c21long").replace(".htm", f"{suffix}.htm")] = [
            http(article("没有尽头", f"{name}_{n + 1}.htm"))
        ]
    return scripts


def _listed() -> dict[str, list[Answer]]:
    """Columns that are no columns."""
    return {"http://c26.fjsen.com/gov.htm": [http(BOMB, Content_Type="application/xml")]}


def switch_on(portal: FaultPortal) -> list[str]:
    """Switch all faults on that one crawl can have; return the addresses to crawl."""
    scripts = {address(host): script for host, script in _by_host().items()} | _rules() | _listed()
    traps = _traps()
    portal.tree = PORTAL
    portal.scripts = (
        scripts | traps | {url: [fault, http(Mirror(PORTAL).get(url).body)] for url, fault in PASSING.items()}
    )
    portal.scripts[address("c11", 2)] = [endless]  # made anew for each who asks
    seeds = [url for url in scripts if not url.endswith("robots.txt")]
    return [*COLUMNS, *seeds, address("c11", 2), "http://c21.fjsen.com/china.htm", address("c21long")]
