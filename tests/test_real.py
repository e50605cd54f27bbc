"""Extraction on captures of the real site, where they are at hand beside the project."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from cases import SHARED

from fjsen_spider.archive.mirror import Mirror
from fjsen_spider.extraction import extract
from fjsen_spider.extraction.comment import read_comment
from fjsen_spider.extraction.text import squeeze

REAL = SHARED / "real"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="no real captures beside the project")


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    path = tmp_path_factory.mktemp("real") / "records.jsonl"
    command = [sys.executable, "-m", "fjsen_spider.cli", "extract", REAL / "articles", "-o", path]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    return path


def _run(script: str, *arguments) -> str:
    told = subprocess.run([sys.executable, SHARED / script, *arguments], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout


def test_every_captured_article_gives_one_record(records):
    ids = [json.loads(line)["id"] for line in records.read_text("utf-8").splitlines()]
    captured = {re.search(r"content_(\d+)", page.name)[1] for page in REAL.rglob("content_*.htm")}
    assert sorted(ids) == sorted(f"fjsen:{one}" for one in captured)


def test_records_are_what_careful_readers_labelled(records):
    _run("score.py", REAL / "gold", records, "--min", "0.97", "--min-field", "0.93")


def test_records_carry_their_whole_bodies(records):
    told = _run("conserve.py", REAL / "articles", records)
    assert float(re.search(r"whole: .*\((\d\.\d+)\)", told)[1]) >= 0.98, told


def test_without_the_cms_comments_title_and_date_are_the_same():
    """Title and date come off the page; the comment is a witness only."""
    comment = re.compile(rb"<!--enpproperty(.*?)/enpproperty-->", re.DOTALL)
    for raw in Mirror(REAL / "articles").articles():
        told = read_comment(raw.pages[0].body.decode())
        article = extract(replace(raw.pages[0], body=comment.sub(b"", raw.pages[0].body)))
        assert squeeze(article.title) == squeeze(told["title"])
        assert article.date == told["date"][:19].replace(" ", "T") + "+08:00"
        assert {article.provenance["title"], article.provenance["date"]} <= {
            "text:title",
            "text:date",
            "picture:title",
            "picture:date",
        }
