"""Crawls of the real spider through a fault portal, and what they told."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from zlib import crc32

from cases import ROOT
from test_crawl import Run, clean_environment, crawl
from test_losses import article

from faultportal.server import Answer, FaultPortal, http

PACE: Final = {"DOWNLOAD_DELAY": 0.05, "AUTOTHROTTLE_ENABLED": False, "FJSEN_BACKOFF": 0.1, "STATS_DUMP": True}
"""No politeness but that under test."""

SOAK: Final = bool(os.environ.get("FJSEN_SOAK"))
"""Whether there is time for minutes of crawls."""
KILLER: Final = str(ROOT / "tests" / "faultportal" / "killer")
"""In PYTHONPATH, it lets a crawl kill itself at a step that FJSEN_KILL names."""


def address(host: str, number: int = 1) -> str:
    """The address of an article, whose id no other host has."""
    return f"http://{host}.fjsen.com/2018-03/05/content_{crc32(host.encode())}{number:02}.htm"


def robots(host: str) -> str:
    return f"http://{host}.fjsen.com/robots.txt"


def page(title: str = "早市", **options: object) -> Answer:
    return http(article(title), **options)


def crawl_through(
    portal: FaultPortal, data: Path, urls: list[str], env: dict[str, str] | None = None, **settings: object
) -> Run:
    """Crawl these articles and listings, by the proxy that stands for the portal."""
    (data / "seeds.txt").write_text("\n".join(urls), "utf-8")
    chosen = [part for name, value in (PACE | settings).items() for part in ("-s", f"{name}={value}")]
    return crawl(
        data, "-a", f"urls={data / 'seeds.txt'}", *chosen, replay=None, env={"http_proxy": portal.url} | (env or {})
    )


@contextmanager
def begun(
    portal: FaultPortal, data: Path, *arguments: str, env: dict[str, str] | None = None
) -> Iterator[subprocess.Popen]:
    """A crawl on its way, in its own time; what it logs goes into `<data>.log`. It does not outlive the block."""
    pace = ["DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=False", "FJSEN_BACKOFF=0.05", f"FJSEN_DATA={data}"]
    command = [sys.executable, "-m", "scrapy", "crawl", "fjsen", *(part for one in pace for part in ("-s", one))]
    environment = clean_environment() | {"http_proxy": portal.url} | (env or {})
    with data.with_name(f"{data.name}.log").open("ab") as log:
        run = subprocess.Popen([*command, *arguments], cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            yield run
        finally:
            run.kill()
            run.wait()


def stats(run: Run) -> dict[str, int]:
    """The project's own counts of a run."""
    return {name: int(count) for name, count in re.findall(r"'(fjsen/[^']+)': (\d+)", run.err)}


def below(run: Run, prefix: str) -> dict[str, int]:
    """The counts whose names begin so, by what follows."""
    return {name.removeprefix(prefix): count for name, count in stats(run).items() if name.startswith(prefix)}
