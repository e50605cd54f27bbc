"""A mirror tree, by URL and article by article."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fjsen_spider.archive.mirror import Mirror

HOST = "http://xm.fjsen.com"


@pytest.fixture
def mirror(tmp_path):
    (tmp_path / "secret.htm").write_bytes(b"not in the tree")
    for path in (
        "xm.fjsen.com/index.htm",
        "xm.fjsen.com/a/index.html",
        "xm.fjsen.com/2018-03/05/content_20990001.htm",
        "xm.fjsen.com/2018-03/05/content_20990001_10.htm",
        "xm.fjsen.com/2018-03/05/content_20990001_2.htm",
        "xm.fjsen.com/2018-03/05/content_20990001_all.htm",
        "xm.fjsen.com/wap/2018-03/05/content_20990001.htm",
        "fz.fjsen.com/2018-03/05/content_20990001_3.htm",
        "xm.fjsen.com/2018-03/05/content_20990002_2.htm",
        "fjrb.fjsen.com/html/2018-03/05/content_20990001.htm",
    ):
        file = tmp_path / "tree" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(path)
    (tmp_path / "tree" / "xm.fjsen.com" / "link.htm").symlink_to(tmp_path / "secret.htm")
    return Mirror(tmp_path / "tree")


@pytest.mark.parametrize(
    ("url", "file"),
    [
        (f"{HOST}/", "xm.fjsen.com/index.htm"),
        (HOST, "xm.fjsen.com/index.htm"),
        (f"{HOST}/a/", "xm.fjsen.com/a/index.html"),
        (
            "https://XM.fjsen.com:443/2018-03/05/content_20990001.htm?page=pc#1",
            "xm.fjsen.com/2018-03/05/content_20990001.htm",
        ),
        (f"{HOST}//2018-03/05/content%5F20990001.htm", "xm.fjsen.com/2018-03/05/content_20990001.htm"),
    ],
)
def test_a_url_is_answered_from_its_file(mirror, url, file):
    page = mirror.get(url)
    assert (page.url, page.body.decode(), page.retrieved_at) == (url, file, None)


def test_a_name_that_is_not_utf_8_is_asked_for_by_its_bytes(mirror):
    Path(os.fsdecode(os.fsencode(mirror.root) + b"/xm.fjsen.com/\xb9\xfa.htm")).write_bytes(b"GBK")
    assert mirror.get(f"{HOST}/%B9%FA.htm").body == b"GBK"


@pytest.mark.parametrize(
    "url",
    [
        f"{HOST}/2018-03/05/content_1.htm",
        f"{HOST}/a",
        "http://pt.fjsen.com/",
        f"{HOST}/../../secret.htm",
        f"{HOST}/..%2f..%2fsecret.htm",
        "http://../secret.htm",
        f"{HOST}/link.htm",
        f"{HOST}/%00",
        f"{HOST}/{'x' * 5000}.htm",
        "http://[xm.fjsen.com/",
        "/secret.htm",
        "",
    ],
)
def test_what_is_not_in_the_tree_is_not_there(mirror, url):
    assert mirror.get(url) is None


def test_the_pages_of_an_article_are_merged_in_their_order(mirror):
    articles = [[page.url for page in article.pages] for article in mirror.articles()]
    assert articles == [
        ["http://fjrb.fjsen.com/html/2018-03/05/content_20990001.htm"],  # the newspaper's ids are its own
        [
            f"{HOST}/2018-03/05/content_20990001.htm",
            f"{HOST}/2018-03/05/content_20990001_2.htm",
            "http://fz.fjsen.com/2018-03/05/content_20990001_3.htm",
            f"{HOST}/2018-03/05/content_20990001_10.htm",
            f"{HOST}/2018-03/05/content_20990001_all.htm",
        ],
        [f"{HOST}/index.htm"],
        [f"{HOST}/link.htm"],
        [f"{HOST}/2018-03/05/content_20990002_2.htm"],
        [f"{HOST}/a/index.html"],
    ]


def test_the_other_hosts_of_an_article_are_its_aliases(mirror):
    merged = [article for article in mirror.articles() if len(article.pages) == 5]
    assert [article.aliases for article in merged] == [("http://fz.fjsen.com/2018-03/05/content_20990001.htm",)]
