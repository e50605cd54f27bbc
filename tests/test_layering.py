"""The house stands: imports point down only, and extraction knows no Scrapy."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from cases import FIXTURES, ROOT

PACKAGE = ROOT / "fjsen_spider"

# A part imports from its own floor and from those below it.
FLOORS = (
    ("urls", "sites", "items", "spans", "doubts", "__init__"),
    ("serialize", "schema", "display", "whole_file", "personal"),
    ("extraction",),
    ("archive",),
    ("pipelines", "crawling", "corpus", "exporters", "fixtures", "explain", "compare", "verify", "status", "history"),
    ("cli", "spiders", "settings", "commands", "monitors"),
)
FLOOR = {part: number for number, parts in enumerate(FLOORS) for part in parts}
MODULES = sorted(PACKAGE.rglob("*.py"))


def _part(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imported(module: Path) -> set[str]:
    """The parts of this package that a module imports, anywhere in it."""
    parts: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names]
                if node.module == "fjsen_spider"
                else [node.module]
            )
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        parts |= {name.split(".")[1] for name in names if name.startswith("fjsen_spider.")}
    return {part if part in FLOOR or (PACKAGE / part).exists() else "__init__" for part in parts}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(PACKAGE)))
def test_imports_point_down(module):
    own = FLOOR[_part(module)]
    assert [part for part in _imported(module) if FLOOR[part] > own] == []


def test_every_part_has_a_floor():
    assert {_part(module) for module in MODULES} <= set(FLOOR)


def test_extraction_runs_where_scrapy_and_twisted_cannot_be_imported():
    page = next(FIXTURES.glob("text/*/page.html"))
    script = f"""
import sys
sys.modules["scrapy"] = sys.modules["twisted"] = None
from fjsen_spider.extraction import extract
from fjsen_spider.items import RawPage
body = open({str(page)!r}, "rb").read()
assert extract(RawPage(url="http://xm.fjsen.com/2018-05/08/content_20980126.htm", body=body)).title
import fjsen_spider.compare.terminal, fjsen_spider.explain.page, fjsen_spider.explain.terminal
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr


def test_extraction_reads_no_clock_no_network_and_no_settings():
    forbidden = {
        "time",
        "socket",
        "urllib.request",
        "http.client",
        "os",
        "random",
        "logging",
        "scrapy",
        "twisted",
        "requests",
    }
    for module in (PACKAGE / "extraction").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert forbidden.isdisjoint(names), module
