"""What the portal redirects is neither lost nor followed off the portal."""

from __future__ import annotations

import pytest
from test_crawl import crawl_by
from test_losses import ITEM, LISTING, PAGER, article

COLUMN = "http://news.fjsen.com/china.htm"
NEWS = "http://news.fjsen.com/2018-03/05/content_{}.htm"
HOME = "http://www.fjsen.com/"
ELSEWHERE = "http://www.example.org/2018-03/05/content_20990001.htm"
THIRD = "http://news.fjsen.com/china_3.htm"


@pytest.fixture
def column(portal):
    """Fill a column of the portal: links of the first page, of the third, and pages by what their address ends in."""

    def fill(first: list[str], last: list[str], **pages: str) -> None:
        pager = PAGER.format(
            '<a href="china_2.htm">[2]</a> <a href="china_3.htm">[3]</a> <a href="china_2.htm">下一页</a>'
        )
        listings = {
            COLUMN: LISTING.format("".join(ITEM.format(NEWS.format(one)) for one in first), pager),
            THIRD: LISTING.format("".join(ITEM.format(NEWS.format(one)) for one in last), ""),
        }
        saved = listings | {NEWS.format(number): html for number, html in pages.items()}
        portal.answers |= {url: (200, {"Content-Type": "text/html"}, html.encode()) for url, html in saved.items()}

    return fill


def seeded(tmp_path):
    (tmp_path / "seeds.txt").write_text(f"{HOME}r/view.htm\n{COLUMN}\n", "utf-8")
    return "-a", f"urls={tmp_path / 'seeds.txt'}"


def test_redirects(tmp_path, portal, column):
    column(
        first=["1", "2", "3", "4", "5", "6", "8"],
        last=["7"],
        **{
            "1": article("第二页转回第一页", "content_1_2.htm"),
            "6": article("另一篇转到这里"),
            "7": article("列表第二页转走以后"),
            "8": article("第二页转到站外", "content_8_2.htm"),
        },
    )
    portal.redirect(NEWS.format("1_2"), NEWS.format("1"))
    portal.redirect(NEWS.format("2"), HOME)
    portal.redirect(NEWS.format("3"), HOME)
    portal.redirect(NEWS.format("4"), ELSEWHERE)
    portal.redirect(NEWS.format("5"), NEWS.format("6"))
    portal.redirect(NEWS.format("8_2"), ELSEWHERE)
    portal.redirect("http://news.fjsen.com/china_2.htm", COLUMN)
    portal.redirect(f"{HOME}r/view.htm", COLUMN)
    portal.answers[HOME] = (200, {}, b"<p>\xe9\xa6\x96\xe9\xa1\xb5</p>")
    run = crawl_by(portal, tmp_path, *seeded(tmp_path))

    assert run.status == 0, run.err
    assert sorted((one["title"], one["pages"]["fetched"], one["complete"]) for one in run.records) == sorted(
        [
            ("第二页转回第一页", 1, False),
            ("另一篇转到这里", 1, True),
            ("列表第二页转走以后", 1, True),
            ("第二页转到站外", 1, False),
        ]
    )
    assert {one["url"]: one["why"] for one in run.report["not_fetched"]} == {
        NEWS.format("2"): "redirected home",
        NEWS.format("3"): "redirected home",
        NEWS.format("4"): "refused-offsite",
        NEWS.format("5"): "redirected",
    }
    assert run.report["not_recorded"] == []
    assert run.report["failed_requests"] == {
        "article/redirected": 1,
        "article/redirected home": 2,
        "article/refused-offsite": 1,
        "listing/redirected": 1,
        "page/redirected": 1,
        "page/refused-offsite": 1,
    }
    assert [url for url, _ in portal.asked if "example.org" in url] == []


def test_limit_counts_records_and_does_not_starve(tmp_path, portal, column):
    gone = "<html><body><h1>404</h1><p>您访问的页面不存在或已删除</p></body></html>"
    numbers = ["1", "2", "3", "4", "5", "6"]
    column(
        first=numbers, last=[], **{"3": gone, "4": article("第一篇"), "5": article("第二篇"), "6": article("第三篇")}
    )
    portal.redirect(NEWS.format("1"), HOME)
    portal.redirect(NEWS.format("2"), HOME)
    portal.answers[HOME] = (200, {}, b"<p>\xe9\xa6\x96\xe9\xa1\xb5</p>")
    run = crawl_by(portal, tmp_path, *seeded(tmp_path), "-a", "limit=2")
    assert run.status == 0, run.err
    assert run.report["finish_reason"] == "limit"
    assert sorted(one["title"] for one in run.records) == ["第一篇", "第二篇"]
    assert NEWS.format("6") not in [url for url, _ in portal.asked], "nothing is asked for that the limit does not need"
