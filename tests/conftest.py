"""`pytest --update-goldens`: write the records that extraction gives now where a golden differs, and list them."""

from __future__ import annotations

import pytest
from cases import ARTICLES, extracted, name

from fjsen_spider.fixtures.folder import GOLDEN


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="rewrite the goldens that differ, list them, exit 1")


def pytest_cmdline_main(config: pytest.Config) -> int | None:
    if not config.getoption("--update-goldens"):
        return None
    changed = [folder for folder in ARTICLES if _update(folder / GOLDEN, extracted(folder))]
    for folder in changed:
        print(f"changed: {name(folder)}/{GOLDEN}")
    print(f"{len(changed)} goldens changed: read them (git diff fixtures), commit them alone, run the tests again")
    return 1 if changed else 0


def _update(path, text: str) -> bool:
    differs = not path.is_file() or path.read_text("utf-8") != text
    if differs:
        path.write_text(text, "utf-8")
    return differs
