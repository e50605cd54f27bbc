"""Pages that read oddly: kept in the form of fixtures, few of them, and never at the cost of the run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from cases import FIXTURES
from test_cli import fjsen
from test_crawl import crawl
from test_losses import ITEM, LISTING, PAGER, article, save

from fjsen_spider.fixtures.folder import read_pages
from fjsen_spider.items import RawPage
from fjsen_spider.pipelines.quarantine import write

NEWS = "http://xm.fjsen.com/2018-03/05/content_{}.htm"
COLUMN = "http://xm.fjsen.com/node_1.htm"
FIREWALL = "<html><body><script>document.cookie = 'acw_sc__v2=' + x</script></body></html>"

RAISING = """
from fjsen_spider import settings
from fjsen_spider.spiders.fjsen import FjsenSpider

class Raise:
    def process_item(self, item):
        if item.raw.pages[0].url.endswith("content_3.htm"):
            raise ZeroDivisionError
        return item

class Raising(FjsenSpider):
    custom_settings = {"ITEM_PIPELINES": {**settings.ITEM_PIPELINES, "raising.Raise": 120}}

    def parse_listing(self, response, walk=None):
        raise KeyError
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    """Articles as they should be, and oddities of every kind."""
    tree = tmp_path_factory.mktemp("tree")
    save(tree, NEWS.format(1), article("如常"))
    generic = (FIXTURES / "generic/20991201/page.html").read_text("utf-8")
    save(tree, NEWS.format(2), generic)
    save(tree, NEWS.format(3), article("两页", "content_3_2.htm"))
    save(tree, NEWS.format("3_2"), article("两页", "content_3_2.htm"))
    save(tree, NEWS.format(4), (FIXTURES / "not_articles/login_form/page.html").read_text("utf-8"))
    save(tree, NEWS.format(5), (FIXTURES / "not_articles/soft_404/page.html").read_text("utf-8"))
    save(tree, NEWS.format(6), FIREWALL)
    save(tree, COLUMN, LISTING.format(ITEM.format(NEWS.format(1)), PAGER.format("")))
    (tree / "raising.py").write_text(RAISING, "utf-8")
    (tree / "seeds.txt").write_text("\n".join([*(NEWS.format(number) for number in range(1, 7)), COLUMN]), "utf-8")
    return tree


def crawl_oddities(tree: Path, data: Path, *options: object):
    own = ["-a", f"urls={tree / 'seeds.txt'}", "-s", "SPIDER_MODULES=raising", "-s", "STATS_DUMP=1", *options]
    return crawl(data, *own, replay=tree, env={"PYTHONPATH": str(tree)})


@pytest.fixture(scope="module")
def quarantined(tree, tmp_path_factory) -> Path:
    data = tmp_path_factory.mktemp("quarantine") / "data"
    run = crawl_oddities(tree, data)
    assert run.status == 69, "the firewall's page is owed"
    assert run.ids == ["fjsen:1", "fjsen:2"]
    assert run.report["quarantined"] == {"challenge": 1, "error": 2, "generic-layout": 1, "no-article": 1}
    return data / "quarantine"


def test_what_is_kept_and_why(quarantined):
    metas = {file.parent.name: json.loads(file.read_text("utf-8")) for file in quarantined.glob("*/meta.json")}
    (listing,) = {*metas} - {"2", "3", "4", "6"}
    assert len(metas) == len([*quarantined.iterdir()]) == 5
    assert len(listing) == 16, "what has no content id is named by its bytes"
    assert {name: meta["why"] for name, meta in metas.items()} == {
        "2": "no layout matches",
        "3": "error: ZeroDivisionError",
        "4": "not an article: no-article",
        "6": "a firewall's page: acw-sc-v2",
        listing: "error: KeyError",
    }
    assert sorted(page.name for page in (quarantined / "3").glob("*.html")) == ["page.html", "page_2.html"]
    assert [page.url for page in read_pages(quarantined / "3").pages] == [NEWS.format(3), NEWS.format("3_2")]


def test_each_is_made_a_fixture(quarantined, tmp_path):
    shutil.copytree(FIXTURES / "text" / "20961089", tmp_path / "fixtures/text/20961089")
    (tmp_path / "scrapy.cfg").touch()
    for folder in quarantined.iterdir():
        told = fjsen("fixture", "add", folder, "--why", f"as {folder.name}", cwd=tmp_path)
        assert told.returncode == 0, told.stderr
        name = folder.name if len(folder.name) < 16 else "node_1"
        (page,) = tmp_path.glob(f"fixtures/*/{name}/page.html")
        assert page.read_bytes() == (folder / "page.html").read_bytes()


def test_quarantine_that_cannot_be_written_costs_nothing(tree, tmp_path):
    (tmp_path / "quarantine").touch()
    run = crawl_oddities(tree, tmp_path, "-s", "FJSEN_QUARANTINE_MOST=2")
    assert run.status == 69
    assert run.ids == ["fjsen:1", "fjsen:2"]
    assert "'fjsen/quarantine/failed': 2" in run.err, "more are not tried"


def test_folder_that_nobody_empties_does_not_grow(tmp_path):
    pages = [[RawPage(url=NEWS.format(number), body=b"x")] for number in range(3)]
    assert [write(tmp_path, one, {"why": "odd"}, 2) for one in pages] == [True, True, False]
    assert write(tmp_path, [RawPage(url=NEWS.format(1), body=b"newer")], {"why": "odd"}, 2), (
        "in the place of an older copy"
    )
    assert sorted(one.name for one in tmp_path.iterdir()) == ["0", "1"]
    assert (tmp_path / "1/page.html").read_bytes() == b"newer"
