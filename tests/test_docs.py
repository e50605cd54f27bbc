"""The generated pages are current, and the schema fits what is written."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest
from cases import ARTICLES, ROOT, SHARED, golden, name
from jsonschema import Draft202012Validator, ValidationError

from fjsen_spider.archive.mirror import Mirror
from fjsen_spider.doubts import WARNINGS
from fjsen_spider.extraction import NotAnArticle, extract
from fjsen_spider.fixtures.folder import read_pages
from fjsen_spider.items import Article, RawArticle
from fjsen_spider.schema import json_schema, pages
from fjsen_spider.serialize import to_dict
from fjsen_spider.urls import article_id

DOCS = ROOT / "docs"
EXAMPLE = SHARED / "record-example.json"


@pytest.fixture(scope="module")
def validator():
    schema = json.loads((DOCS / "article.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("page", pages())
def test_generated_page_is_current(page):
    assert (DOCS / page).read_text("utf-8") == pages()[page], "run `make docs`"


@pytest.mark.parametrize("folder", ARTICLES, ids=name)
def test_golden_is_valid(folder, validator):
    validator.validate(golden(folder))


def test_example_record_is_valid(validator):
    if not EXAMPLE.is_file():
        pytest.skip("no example record beside the project")
    validator.validate(json.loads(EXAMPLE.read_text("utf-8")))


def test_schema_requires_every_field_and_refuses_others():
    names = [field.name for field in fields(Article)]
    assert json_schema()["required"] == names == list(json_schema()["properties"])
    with pytest.raises(ValidationError, match="Additional properties"):
        Draft202012Validator(json_schema()).validate(golden(ARTICLES[0]) | {"headline": "x"})


def test_every_field_says_what_it_means():
    assert [key for key, field in json_schema()["properties"].items() if not field.get("description")] == []


def test_links_between_the_documents_lead_somewhere():
    for page in [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "deploy").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} → {target}"


def test_bytes_of_fixtures_are_nobodys_to_change(tmp_path: Path):
    page = "fixtures/text/1/page.html"
    told = subprocess.run(
        ["git", "check-attr", "text", "--", page], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if told.returncode:
        pytest.skip("not a git checkout")
    assert told.stdout.strip() == f"{page}: text: unset"


def test_sample_in_the_readme_is_a_record_of_the_demo():
    sample = json.loads(re.search(r"```json\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)[1])
    raw = next(
        one.pages for one in Mirror(ROOT / "fixtures/portal").articles() if article_id(one.pages[0].url) == sample["id"]
    )
    record = to_dict(extract(*raw))
    assert {key: record[key] for key in sample} == sample


def test_every_warning_is_explained():
    articles = [read_pages(folder) for folder in ARTICLES] + [*Mirror(ROOT / "fixtures/portal").articles()]
    met = {slug for raw in articles for slug in _warnings(raw)}
    assert met <= set(WARNINGS)


def test_every_warning_that_is_explained_can_be_raised():
    source = "".join(path.read_text("utf-8") for path in (ROOT / "fjsen_spider/extraction").rglob("*.py"))
    raised = {*re.findall(r'"([a-z]+(?:-[a-z0-9]+)+)"', source)}
    assert 'f"{field}-differ-from-comment"' in source
    raised |= {"authors-differ-from-comment", "editors-differ-from-comment"}
    assert set(WARNINGS) - raised == set()


def _warnings(raw: RawArticle) -> tuple[str, ...]:
    try:
        return extract(*raw.pages).warnings
    except NotAnArticle:
        return ()
