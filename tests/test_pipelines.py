"""Pipelines run the stages of extraction, one each, and count what they drop."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from cases import ARTICLES, NO_ARTICLES, ROOT, name
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.misc import load_object
from twisted.python.failure import Failure

from fjsen_spider import settings
from fjsen_spider.crawling.logformat import PageLogFormatter
from fjsen_spider.crawling.report import RunReport
from fjsen_spider.crawling.run import data_folder, run_name
from fjsen_spider.exporters import RecordLinesExporter
from fjsen_spider.extraction import STAGES, extract, read_draft
from fjsen_spider.fixtures.folder import read_pages
from fjsen_spider.items import Article, RawArticle, RawPage
from fjsen_spider.pipelines.validate import Validate, fault_of, tally
from fjsen_spider.serialize import to_line
from fjsen_spider.spiders.fjsen import FjsenSpider

IN_ORDER = sorted(settings.ITEM_PIPELINES, key=settings.ITEM_PIPELINES.__getitem__)


@pytest.fixture
def crawler(tmp_path):
    chosen = Settings()
    chosen.setmodule(settings)
    chosen.set("FJSEN_DATA", str(tmp_path))
    crawler = Crawler(FjsenSpider, chosen)
    crawler.stats = MemoryStatsCollector(crawler)
    return crawler


def through(crawler: Crawler, item: object) -> object:
    """Hand an item through the pipelines up to the record, as Scrapy does."""
    for path in IN_ORDER[: IN_ORDER.index("fjsen_spider.pipelines.validate.Validate") + 1]:
        item = load_object(path).from_crawler(crawler).process_item(item)
    return item


def test_pipelines_are_the_stages_in_order():
    stages = [pipeline.stage for path in IN_ORDER if hasattr(pipeline := load_object(path), "stage")]
    assert stages == list(STAGES)


@pytest.mark.parametrize("folder", ARTICLES, ids=name)
def test_pipelines_give_what_extract_gives(folder, crawler):
    raw = read_pages(folder)
    assert through(crawler, raw) == extract(*raw.pages, aliases=raw.aliases)


@pytest.mark.parametrize("folder", NO_ARTICLES, ids=name)
def test_no_article_is_dropped_and_counted(folder, crawler):
    with pytest.raises(DropItem, match="not an article"):
        through(crawler, read_pages(folder))
    counted = [key for key in crawler.stats.get_stats() if key.startswith("fjsen/not_article/")]
    assert len(counted) == 1


def test_documented_components_are_those_of_the_settings():
    text = (ROOT / "docs/pipelines.md").read_text("utf-8")
    documented = {path: int(order) for order, path in re.findall(r"^\| (\d+) \| `([\w.]+)` \|", text, re.MULTILINE)}
    configured = settings.ITEM_PIPELINES | settings.EXTENSIONS | settings.ADDONS | settings.DOWNLOADER_MIDDLEWARES
    assert documented == {path: order for path, order in configured.items() if order is not None}


def test_useless_records_are_dropped():
    assert fault_of(Article(text="甲")) == "no-title"
    assert fault_of(Article(title="甲")) == "no-content"
    assert fault_of(Article(title="甲", tables=((("乙",),),))) is None


def test_what_is_left_out_is_counted_where_there_is_any(crawler):
    draft = replace(read_draft(read_pages(ARTICLES[0])), left_out={"offer": 0, "player": 12})
    validate = Validate(crawler)
    validate.process_item(draft)
    validate.close_spider()
    counted = {key: count for key, count in crawler.stats.get_stats().items() if key.startswith("fjsen/left_out/")}
    assert counted == {"fjsen/left_out/player": 12}


def test_what_a_record_counts_in():
    keys = list(tally(Article(title="甲", layout="text", warnings=("missing-page",))))
    assert {
        "fjsen/field/title/filled",
        "fjsen/field/date/missing",
        "fjsen/layout/text",
        "fjsen/warning/missing-page",
    } <= {*keys}
    assert not any("/retrieved_at/" in key for key in keys)


def test_a_page_that_a_stage_fails_on_is_named_and_counted(crawler):
    lost = RawArticle(pages=(RawPage(url="http://xm.fjsen.com/2018-03/05/content_20990001.htm", body=b""),))
    report = RunReport.from_crawler(crawler)  # signals hold on to nothing
    error = ZeroDivisionError("x")
    crawler.signals.send_catch_log(signals.item_error, item=lost, response=None, spider=None, failure=Failure(error))
    assert crawler.stats.get_value("fjsen/error/ZeroDivisionError") == 1
    assert report
    line = PageLogFormatter().item_error(lost, error, None, None)
    assert line["msg"] % line["args"] == f"Page lost: {lost.pages[0].url}"


def test_feed_lines_are_those_of_the_run_unless_fields_are_chosen():
    article = Article(title="老街夜市", images=())
    feed = BytesIO()
    RecordLinesExporter(feed, encoding="utf-8").export_item(article)
    assert feed.getvalue().decode() == to_line(article)
    chosen = BytesIO()
    RecordLinesExporter(chosen, encoding="utf-8", fields_to_export=["url", "title"]).export_item(article)
    assert json.loads(chosen.getvalue()) == {"url": None, "title": "老街夜市"}


def test_runs_of_one_second_do_not_share_a_file(tmp_path):
    start = datetime(2026, 11, 25, 9, 0, 0, tzinfo=UTC)
    first = run_name(tmp_path, start)
    (tmp_path / f"fjsen-{first}.jsonl.part").touch()
    second = run_name(tmp_path, start)
    (tmp_path / "runs").mkdir()
    (tmp_path / f"runs/{second}.json").touch()
    assert [first, second, run_name(tmp_path, start)] == [f"20261125T0900{second:02}Z" for second in (0, 1, 2)]


def test_data_folder_is_beside_scrapy_cfg_wherever_one_stands(monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT / "docs")
    assert data_folder(Settings()) == ROOT / "output"
    monkeypatch.chdir(tmp_path)
    assert data_folder(Settings()) == tmp_path / "output"
    assert data_folder(Settings({"FJSEN_DATA": "there"})) == tmp_path / "there"
