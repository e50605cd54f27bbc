"""The URL grammar, form by form."""

from __future__ import annotations

from datetime import date
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fjsen_spider.urls import FULL_TEXT, PageKind, absolute, article_id, canonical, channel, classify, follow, is_portal

ARTICLE, LISTING, FRONT, EPAPER, OTHER = PageKind

FORMS = [
    # url, kind, canonical, channel, content id, day, page
    (
        "http://fjnews.fjsen.com/2017-08/14/content_19951448.htm",
        (
            ARTICLE,
            "http://fjnews.fjsen.com/2017-08/14/content_19951448.htm",
            "fjnews",
            "19951448",
            date(2017, 8, 14),
            1,
        ),
    ),
    (
        "http://www.fjsen.com/content/2018-03/16/content_20830017.htm",
        (
            ARTICLE,
            "http://www.fjsen.com/content/2018-03/16/content_20830017.htm",
            "www",
            "20830017",
            date(2018, 3, 16),
            1,
        ),
    ),
    (
        "https://www.fjsen.com/zhuanti/2026-01/05/content_32110035.htm",
        (
            ARTICLE,
            "http://www.fjsen.com/zhuanti/2026-01/05/content_32110035.htm",
            "www",
            "32110035",
            date(2026, 1, 5),
            1,
        ),
    ),
    (
        "http://fjnews.fjsen.com/2017-08/14/content_19951448_12.htm",
        (
            ARTICLE,
            "http://fjnews.fjsen.com/2017-08/14/content_19951448.htm",
            "fjnews",
            "19951448",
            date(2017, 8, 14),
            12,
        ),
    ),
    (
        "http://fjnews.fjsen.com/2017-08/14/content_19951448_all.htm#content_1",
        (
            ARTICLE,
            "http://fjnews.fjsen.com/2017-08/14/content_19951448.htm",
            "fjnews",
            "19951448",
            date(2017, 8, 14),
            FULL_TEXT,
        ),
    ),
    (
        "http://xm.fjsen.com/2021-05/18/content_30801118_0.htm",
        (
            ARTICLE,
            "http://xm.fjsen.com/2021-05/18/content_30801118.htm",
            "xm",
            "30801118",
            date(2021, 5, 18),
            FULL_TEXT,
        ),
    ),
    (
        "http://np.fjsen.com/wap/2025-12/24/content_32103860.htm",
        (ARTICLE, "http://np.fjsen.com/2025-12/24/content_32103860.htm", "np", "32103860", date(2025, 12, 24), 1),
    ),
    (
        "http://np.fjsen.com/2025-12/24/content_32103860.htm?page=pc",
        (ARTICLE, "http://np.fjsen.com/2025-12/24/content_32103860.htm", "np", "32103860", date(2025, 12, 24), 1),
    ),
    (
        "http://np.fjsen.com:80/2025-12/24/content_32103860.html?big5",
        (ARTICLE, "http://np.fjsen.com/2025-12/24/content_32103860.html", "np", "32103860", date(2025, 12, 24), 1),
    ),
    (
        "http://NP.FJSEN.COM//2025-12/24/content_32103860.htm",
        (ARTICLE, "http://np.fjsen.com/2025-12/24/content_32103860.htm", "np", "32103860", date(2025, 12, 24), 1),
    ),
    (  # a day that no calendar has names no article
        "http://np.fjsen.com/2025-02/30/content_32103860.htm",
        (OTHER, "http://np.fjsen.com/2025-02/30/content_32103860.htm", "np", None, None, 1),
    ),
    ("http://news.fjsen.com/e_news.htm", (LISTING, "http://news.fjsen.com/e_news.htm", "news", None, None, 1)),
    ("http://news.fjsen.com/e_news_2.htm", (LISTING, "http://news.fjsen.com/e_news_2.htm", "news", None, None, 2)),
    (
        "http://news.fjsen.com/W_Comments_10.htm",
        (LISTING, "http://news.fjsen.com/W_Comments_10.htm", "news", None, None, 10),
    ),
    (
        "http://taihai.fjsen.com/Cross-strait.htm",
        (LISTING, "http://taihai.fjsen.com/Cross-strait.htm", "taihai", None, None, 1),
    ),
    ("http://xm.fjsen.com/node_163616.htm", (LISTING, "http://xm.fjsen.com/node_163616.htm", "xm", None, None, 1)),
    (
        "http://www.fjsen.com/a/gov/node_171850_3.htm",
        (LISTING, "http://www.fjsen.com/a/gov/node_171850_3.htm", "www", None, None, 3),
    ),
    (
        "http://www.fjsen.com/wap/zhuanti/node_320551.htm",
        (LISTING, "http://www.fjsen.com/zhuanti/node_320551.htm", "www", None, None, 1),
    ),
    (
        "http://www.fjsen.com/2020ncp/wap/node_9.htm",
        (LISTING, "http://www.fjsen.com/2020ncp/node_9.htm", "www", None, None, 1),
    ),
    (  # a message viewer that a script fills
        "http://www.fjsen.com/ztps/node_167626.htm?ID=20411",
        (OTHER, "http://www.fjsen.com/ztps/node_167626.htm", "www", None, None, 1),
    ),
    ("http://www.fjsen.com/", (FRONT, "http://www.fjsen.com/", "www", None, None, 1)),
    ("http://www.fjsen.com", (FRONT, "http://www.fjsen.com/", "www", None, None, 1)),
    ("http://xm.fjsen.com/index.htm", (FRONT, "http://xm.fjsen.com/index.htm", "xm", None, None, 1)),
    ("http://fjsen.com/", (FRONT, "http://fjsen.com/", "www", None, None, 1)),
    (  # ids of the newspaper's archive are not the portal's
        "http://fjrb.fjsen.com/fjrb/html/2018-03/05/content_1088123.htm?div=-1",
        (EPAPER, "http://fjrb.fjsen.com/fjrb/html/2018-03/05/content_1088123.htm", "fjrb", None, None, 1),
    ),
    (
        "http://fjrb.fjsen.com/fjrb/html/2018-03/05/node_22.htm",
        (EPAPER, "http://fjrb.fjsen.com/fjrb/html/2018-03/05/node_22.htm", "fjrb", None, None, 1),
    ),
    (
        "http://huli.xm.fjsen.com/2021-05/18/content_30801118.htm",
        (
            ARTICLE,
            "http://huli.xm.fjsen.com/2021-05/18/content_30801118.htm",
            "huli.xm",
            "30801118",
            date(2021, 5, 18),
            1,
        ),
    ),
    (
        "http://www.fjsen.com/images/attachement/jpg/site2/20180305/aa01.JPG",
        (OTHER, "http://www.fjsen.com/images/attachement/jpg/site2/20180305/aa01.JPG", "www", None, None, 1),
    ),
    ("http://search.fjsen.com/search.php?q=x", (OTHER, "http://search.fjsen.com/search.php", "search", None, None, 1)),
]


@pytest.mark.parametrize(("url", "expected"), FORMS, ids=[url for url, _ in FORMS])
def test_a_url_names(url, expected):
    known = classify(url)
    assert (known.kind, known.url, known.channel, known.content_id, known.day, known.page) == expected


@pytest.mark.parametrize("url", [url for url, _ in FORMS])
def test_the_canonical_form_is_its_own(url):
    assert canonical(canonical(url)) == canonical(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.fjrb.com/2018-03/05/content_1.htm",
        "http://notfjsen.com/2018-03/05/content_1.htm",
        "http://fjsen.com.example.org/2018-03/05/content_1.htm",
        "ftp://www.fjsen.com/2018-03/05/content_1.htm",
        "javascript:void(0)",
        "http://www.fjsen.com:8080/2018-03/05/content_1.htm",
        "http://[fjsen.com/",
        "",
    ],
)
def test_what_is_off_the_portal_has_no_name(url):
    assert classify(url) is None
    assert article_id(url) is None


def test_an_article_has_one_id_under_all_its_addresses():
    urls = [
        "http://np.fjsen.com/2025-12/24/content_32103860.htm",
        "https://np.fjsen.com/wap/2025-12/24/content_32103860_2.htm?page=pad",
        "http://www.fjsen.com/zhuanti/2025-12/24/content_32103860_all.htm#content_3",
        "http://np.fjsen.com/2025-12/24/content_32103860_0.htm",
        "http://np.fjsen.com/2025-12/24/content_0032103860.htm",
    ]
    assert {article_id(url) for url in urls} == {"fjsen:32103860"}


def test_a_page_elsewhere_keeps_its_address_without_the_fragment():
    assert canonical("https://Example.org/a?b=c#d") == "https://Example.org/a?b=c"


BASE = "http://fjnews.fjsen.com/2018-03/05/content_1.htm"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("../../images/attachement/jpg/a.jpg", "http://fjnews.fjsen.com/images/attachement/jpg/a.jpg"),
        ("content_1_2.htm", "http://fjnews.fjsen.com/2018-03/05/content_1_2.htm"),
        ("//cdnmedia.fjsen.com/mp4/a.mp4", "http://cdnmedia.fjsen.com/mp4/a.mp4"),
        ("www.fjsen.com", "http://www.fjsen.com"),
        ("  http://xm.fjsen.com/ ", "http://xm.fjsen.com/"),
        ("#1", None),
        ("http://", None),
        ("", None),
        ("javascript:void(0)", None),
        ("mailto:a@example.org", None),
        ("<P>http://www.fjsen.com/2018-03/05/content_2.htm</P>", None),
        ("%3CP%3Ehttp://www.fjsen.com/%3C/P%3E", None),
        ("http://host:port/", None),
    ],
)
def test_an_href_is_resolved_or_junk(href, url):
    assert absolute(BASE, href) == url


@pytest.mark.parametrize(
    ("href", "followed"),
    [
        ("2017-10/10/content_20216454.htm", "http://fjnews.fjsen.com/2018-03/05/2017-10/10/content_20216454.htm"),
        ("http://xm.fjsen.com/2018-03/05/content_2.htm", "http://xm.fjsen.com/2018-03/05/content_2.htm"),
        ("www.fjsen.com", None),
        ("fujian.12345.gov.cn", None),
        ("#1", None),
        ("http://www.example.org/", None),
        ("<P>http://www.fjsen.com/2018-03/05/content_2.htm</P>", None),
    ],
)
def test_only_links_of_the_portal_are_followed(href, followed):
    known = follow(BASE, href)
    assert (known.url if known else None) == followed


@pytest.mark.parametrize(
    ("url", "label"),
    [
        ("http://www.fjsen.com/a", "www"),
        ("http://fjsen.com/a", "www"),
        ("https://xm.fjsen.com/", "xm"),
        ("http://a.org/", None),
    ],
)
def test_the_channel_is_the_hosts_label(url, label):
    assert channel(url) == label
    assert is_portal(url) == (label is not None)


@pytest.mark.parametrize(
    "url",
    [
        "http://xm.fjsen.com:abc/2018-03/05/content_1.htm",
        "http://xm.fjsen.com:99999/",
        "http://.fjsen.com/",
        "http://..fjsen.com/",
        "http://evil.com\\.fjsen.com/",
        "http://[xm.fjsen.com/",
    ],
)
def test_an_address_that_names_no_host_is_not_of_the_portal(url):
    assert (is_portal(url), classify(url), channel(url)) == (False, None, None)


def test_numbers_that_no_page_has_are_no_ids():
    assert classify(f"http://xm.fjsen.com/2018-03/05/content_{'9' * 5000}.htm").kind is PageKind.OTHER


@pytest.mark.parametrize(
    "base", [BASE, "http://a.fjsen.com", "http://a.fjsen.com/b/..", "http://a.fjsen.com//b/c", "http://a/b?c=/d"]
)
@pytest.mark.parametrize(
    "href",
    [
        "a",
        "../a.jpg",
        "../../../../a/b-c_d.e",
        "图/一.jpg",
        "a/../b",
        "../a./b",
        "..",
        "./a",
        "a..b",
        "a/",
        "-a",
        "a?b",
        "/a",
    ],
)
def test_a_relative_href_is_resolved_as_a_browser_does(base, href):
    assert absolute(base, href) == urljoin(base, href)


@pytest.mark.parametrize(
    "path", ["a/../2018-03/05/content_1.htm", "2018-03/05/wap/content_1.htm", "./2018-03//05/content_1.htm"]
)
def test_ways_round_the_path_lead_to_the_same_article(path):
    assert classify(f"http://xm.fjsen.com/{path}").url == "http://xm.fjsen.com/2018-03/05/content_1.htm"


@given(st.text(alphabet="http:/.fjsenwapcontent_0123456789?#@[]\\ -%", max_size=60))
def test_no_string_is_too_odd_to_classify(tail):
    for url in (tail, f"http://xm.fjsen.com/{tail}", f"http://{tail}.fjsen.com/"):
        known = classify(url)
        assert known is None or classify(known.url) is not None
        absolute("http://xm.fjsen.com/2018-03/05/content_1.htm", tail)
