"""The portal on this machine, and `pytest --update-goldens`: write the goldens that differ, and list them."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from cases import ARTICLES, extracted, name
from faultportal.server import serving
from loopback import Portal
from validating import crawl_through, validating

from fjsen_spider.fixtures.folder import GOLDEN


@pytest.fixture
def portal():
    with Portal() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def faults():
    """A portal that does as its scripts say."""
    with serving() as server:
        yield server


@pytest.fixture(scope="session")
def archived(tmp_path_factory):
    """The data folder of a crawl of the whole portal over real connections, and what the portal was asked."""
    folder = tmp_path_factory.mktemp("archived") / "data"
    with validating() as server:
        run = crawl_through(server, folder)
    assert run.status == 0, run.err
    return folder, {one.url for one in server.asked}


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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the kill test came to, all seeds together."""
    total: Counter[str] = Counter()
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        total.update(dict(report.user_properties).get("killed", {}) if report.when == "call" else {})
    if total:
        terminalreporter.write_line("killed: " + ", ".join(f"{count} {name}" for name, count in total.items()))
