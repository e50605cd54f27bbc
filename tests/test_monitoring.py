"""What monitors read: the textfile for Prometheus, and Spidermon's view of a run."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from test_crawl import crawl

from fjsen_spider.crawling.prometheus import FILE, HELP, write_metrics


def samples(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """The samples, by name and labels; the collector refuses a file that has one twice, or times of its own."""
    found = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    assert all(sample.timestamp is None and sample.exemplar is None for sample in found)
    told = {(sample.name, tuple(sorted(sample.labels.items()))): sample.value for sample in found}
    assert len(told) == len(found)
    assert text.endswith("\n")
    return told


@pytest.fixture(scope="module")
def story(archived) -> dict[str, Any]:
    (file,) = (archived[0] / "runs").glob("*.json")
    return json.loads(file.read_text("utf-8"))


def test_file_of_a_crawl(archived, story):
    text = (archived[0] / FILE).read_text("utf-8")
    told = samples(text)
    assert told["fjsen_run_exit_status", ()] == 0
    assert told["fjsen_run_finished", (("reason", "finished"),)] == 1
    assert told["fjsen_run_articles", (("what", "recorded"),)] == story["articles"]["recorded"] == 87
    assert told["fjsen_run_failed_requests", (("kind", "article"), ("why", "404"))] == 2
    assert told["fjsen_run_field_ratio", (("field", "authors"), ("layout", "text"))] == pytest.approx(54 / 70, abs=1e-4)
    assert told["fjsen_run_responses", (("status", "200"),)] > 100
    assert told["fjsen_last_success_timestamp_seconds", ()] == told["fjsen_run_end_timestamp_seconds", ()]
    assert told["fjsen_articles_due", (("state", "failed"), ("when", "later"))] == 1
    names = {name for name, _ in told}
    assert names <= {*HELP}
    assert all(f"# TYPE {name} gauge\n" in text for name in names)


def test_last_success_is_remembered_over_runs_that_are_none(story):
    first = write_metrics(story, "")
    failed = story | {"exit_status": 69, "end": "2026-12-01T00:00:00+00:00"}
    second = samples(write_metrics(failed, write_metrics(failed, first)))
    success = "fjsen_last_success_timestamp_seconds"
    assert second[success, ()] == samples(first)[success, ()] < second["fjsen_run_end_timestamp_seconds", ()]
    assert not any(name == success for name, _ in samples(write_metrics(failed, "")))


def test_labels_are_quoted(story):
    odd = {'say "no"\\\n': 1}
    told = samples(write_metrics(story | {"errors": odd}, ""))
    assert told["fjsen_run_errors", (("type", *odd),)] == 1


def test_spidermon_tells_a_run_that_is_no_success(tmp_path):
    if find_spec("spidermon") is None:
        pytest.skip("spidermon is not installed: it comes with the extra [monitor]")
    run = crawl(tmp_path, "-a", "channels=xm", "-s", "SPIDERMON_ENABLED=True", "-s", "CLOSESPIDER_ITEMCOUNT=1")
    assert run.status == 75
    assert "Run/is a success... FAIL" in run.err
    assert "the run ended before it was done: closespider_itemcount" in run.err
    assert "Pages/read as they did... OK" in run.err


def test_monitoring_without_spidermon_is_refused(tmp_path):
    if find_spec("spidermon"):
        pytest.skip("spidermon is installed")
    run = crawl(tmp_path, "-s", "SPIDERMON_ENABLED=True")
    assert run.status == 78
    assert "SPIDERMON_ENABLED: Spidermon is not installed" in run.err
