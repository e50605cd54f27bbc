"""What a start costs when millions of URLs are known: a crawl of the bundled portal over a ledger of that size.

Run it as `python bench/ledger.py [--known 5000000]`.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fjsen_spider.crawling.ledger import FILE, Ledger

ROOT = Path(__file__).resolve().parent.parent
CHUNK = 100_000


def fill(path: Path, known: int) -> None:
    """Write a ledger that has done so many articles, on forty hosts, each listed once."""
    ledger = Ledger.begin(path, "20200101T000000Z", 1_577_836_800)
    connection, content = ledger.connection, os.urandom(32)
    for first in range(30_000_000, 30_000_000 + known, CHUNK):
        numbers = range(first, min(first + CHUNK, 30_000_000 + known))
        connection.executemany(
            "INSERT INTO article VALUES (?, 'done', ?, ?, '2020-01-01', NULL, 0, 'recorded', "
            "'2020-01-01T00:00:00+00:00', 1577836800, 1, ?, 'fjsen-20200101T000000Z.jsonl', ?, 3000)",
            ((number, f"c{number % 40}.fjsen.com", number, content, number * 3000) for number in numbers),
        )
        connection.executemany(
            "INSERT INTO listed VALUES (?, 1, ?, ?, 1)",
            ((n, f"http://c{n % 40}.fjsen.com/2020-01/01/content_{n}.htm", n) for n in numbers),
        )
        ledger.commit()
    ledger.end(1_577_836_800, "finished")


def crawl(folder: Path) -> tuple[float, float]:
    """Crawl the bundled portal; return seconds and the largest resident set in MB."""
    settings = {"FJSEN_REPLAY": ROOT / "fixtures/portal", "FJSEN_DATA": folder, "LOG_LEVEL": "ERROR"}
    chosen = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    begun = time.perf_counter()
    command = [sys.executable, "-m", "scrapy", "crawl", "fjsen", *chosen]
    subprocess.run(command, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)  # noqa: S603
    return time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Print the cost of a crawl with an empty ledger and with a large one, and of the start after a kill."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--known", type=int, default=5_000_000)
    known = options.parse_args().known
    with tempfile.TemporaryDirectory() as scratch:
        print("known     what                      seconds   MB resident   MB on disk")
        small, large = Path(scratch, "small"), Path(scratch, "large")
        large.mkdir()
        print(row(0, "crawl of 91 articles", *crawl(small), small / FILE))
        fill(large / FILE, known)
        print(row(known, "crawl of 91 articles", *crawl(large), large / FILE))
        print(row(known, "second crawl, nothing new", *crawl(large), large / FILE))
        Ledger.begin(large / FILE, "20200102T000000Z", 1_577_923_200).close()
        print(row(known, "start after a kill", *crawl(large), large / FILE))


def row(known: int, what: str, seconds: float, resident: float, ledger: Path) -> str:
    """Return a line of the table."""
    return f"{known:<9} {what:<25} {seconds:7.1f}   {resident:11.0f}   {ledger.stat().st_size / 1e6:10.0f}"


if __name__ == "__main__":
    main()
