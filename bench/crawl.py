"""What a crawl with everything on costs beside bare Scrapy over the same pages, on loopback.

    python bench/crawl.py [--pages 2000] [--rounds 5] [--gzip]
    python bench/crawl.py --memory 50000

Bare Scrapy fetches the same listings and articles and yields one small item of each; this project's spider keeps its ledger
and archive, extracts and makes sure of every record. Both in turn, from a server in a process of its own, without delay and
with the same concurrency. With `--memory`, one crawl whose resident set is looked at on the way.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import Process
from pathlib import Path
from typing import NamedTuple

from portal_server import COLUMN, Tally, serve

ROOT = Path(__file__).resolve().parent.parent
FAST = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 8,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "LOG_LEVEL": "ERROR",
}


class Measured(NamedTuple):
    """One crawl."""

    rate: float
    """Pages a second, from the first to the last one answered."""
    resident: float
    """The largest resident set in MB."""
    processor: float
    """Milliseconds of CPU time a page, start and end included."""


@contextmanager
def serving(pages: int, *, packed: bool) -> Iterator[Tally]:
    """Serve a portal of so many articles."""
    tally = Tally()
    server = Process(target=serve, args=(tally, pages, packed), daemon=True)
    server.start()
    if not tally.ready.wait(60):
        raise RuntimeError("the server does not start")
    try:
        yield tally
    finally:
        server.terminate()
        server.join()


def command(contestant: str, folder: Path) -> list[str]:
    """Return how a contestant is started."""
    scrapy = [sys.executable, "-m", "scrapy"]
    settings = [part for name, value in FAST.items() for part in ("-s", f"{name}={value}")]
    if contestant == "bare":
        return [*scrapy, "runspider", str(ROOT / "bench/bare_spider.py"), *settings, "-o", str(folder / "items.jsonl")]
    (folder / "seeds.txt").write_text(COLUMN, "utf-8")
    own = ["-a", f"urls={folder / 'seeds.txt'}", "-s", f"FJSEN_DATA={folder / 'data'}"]
    return [*scrapy, "crawl", "fjsen", *settings, *own]


def run(contestant: str, tally: Tally, pages: int, watch: Callable[[int, int], object] | None = None) -> Measured:
    """Crawl once; `watch` is told the process and the articles answered, now and then."""
    tally.reset()
    env = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as scratch:
        folder = Path(scratch)
        cwd = ROOT if contestant == "full" else folder
        process = subprocess.Popen(  # noqa: S603
            command(contestant, folder), cwd=cwd, env=env | {"http_proxy": tally.url}, stderr=subprocess.PIPE
        )
        while watch and process.poll() is None:
            watch(process.pid, tally.articles)
            time.sleep(0.2)
        told = process.stderr.read().decode() if process.stderr else ""
        _, status, used = os.wait4(process.pid, 0) if process.returncode is None else (0, process.returncode, None)
        records = _lines(folder)
    if status or records != pages or tally.articles != pages:
        raise RuntimeError(
            f"{contestant}: status {status}, {tally.articles} asked for, {records} items of {pages}\n{told}"
        )
    if used is None:
        return Measured(tally.rate, 0, 0)
    return Measured(tally.rate, used.ru_maxrss / 1024, 1000 * (used.ru_utime + used.ru_stime) / pages)


def _lines(folder: Path) -> int:
    return sum(file.read_bytes().count(b"\n") for file in [*folder.glob("*.jsonl"), *folder.glob("data/*.jsonl")])


def compare(pages: int, rounds: int, *, packed: bool) -> None:
    """Print each round, then the medians as JSON."""
    found: dict[str, list[Measured]] = {"bare": [], "full": []}
    print("| round | crawl | pages/s | ms CPU a page | RSS MB |\n|---|---|---|---|---|")
    with serving(pages, packed=packed) as tally:
        for number in range(rounds):
            for contestant in sorted(found, reverse=number % 2 == 1):
                one = run(contestant, tally, pages)
                found[contestant].append(one)
                print(f"| {number + 1} | {contestant} | {one.rate:.0f} | {one.processor:.2f} | {one.resident:.0f} |")
    ratios = [full.rate / bare.rate for bare, full in zip(found["bare"], found["full"], strict=True)]
    memory = [full.resident / bare.resident for bare, full in zip(found["bare"], found["full"], strict=True)]
    print(
        json.dumps({
            "pages": pages, "rounds": rounds, "gzip": packed,
            "throughput_ratio": round(statistics.median(ratios), 3),
            "throughput_ratios": [round(one, 3) for one in ratios],
            "memory_ratio": round(statistics.median(memory), 3),
        })
    )  # fmt: skip


def memory(pages: int, *, packed: bool) -> None:
    """Print the resident set of one crawl after each tenth of its articles."""
    rows: list[tuple[int, float]] = []

    def watch(process: int, articles: int) -> None:
        if articles >= len(rows) * pages // 10:
            try:
                resident = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1]) * 4096 / 1024**2
            except (OSError, IndexError):
                return
            rows.append((articles, resident))
            print(f"| {articles} | {resident:.0f} |", flush=True)

    print("| articles | RSS MB |\n|---|---|")
    with serving(pages, packed=packed) as tally:
        run("full", tally, pages, watch)
    settled = [resident for articles, resident in rows if articles >= pages // 10]
    print(json.dumps({"pages": pages, "grown_megabytes": round(settled[-1] - settled[0], 1), "largest": max(settled)}))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--gzip", action="store_true", help="pages come packed, as many servers send them")
    parser.add_argument("--memory", type=int, metavar="PAGES", help="one crawl of so many pages, and its memory")
    options = parser.parse_args()
    if options.memory:
        memory(options.memory, packed=options.gzip)
    else:
        compare(options.pages, options.rounds, packed=options.gzip)


if __name__ == "__main__":
    main()
