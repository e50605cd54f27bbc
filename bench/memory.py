"""Extract many different pages in one process and watch its memory and its pace.

    python bench/memory.py [--pages 10000]

No page comes twice: words, addresses and styles change from one to the next, so that whatever is kept of them shows.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import time
from itertools import cycle, islice
from pathlib import Path

from pages import Page, bare_pages, full_pages

from fjsen_spider.extraction import extract
from fjsen_spider.items import RawPage

_COMMON = "的一了在是年人有上到个地海新"


def main() -> None:
    """Print one row for every twentieth part of the run, then the growth behind the first rows as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000, help="how many")
    parser.add_argument("--settle", type=int, default=500, help="pages before the memory counts")
    options = parser.parse_args()
    rows = _run(options.pages, max(1, options.pages // 20))
    print("| pages | RSS MB | ms/page |\n|---|---|---|")
    for pages, memory, pace in rows:
        print(f"| {pages} | {memory:.1f} | {pace:.2f} |")
    settled = [row for row in rows if row[0] >= options.settle]
    print(
        json.dumps(
            {"grown_megabytes": round(max(row[1] for row in settled) - settled[0][1], 2), "pages": options.pages}
        )
    )


def _run(pages: int, step: int) -> list[tuple[int, float, float]]:
    """Return (pages so far, megabytes, milliseconds of CPU time a page) after every step."""
    rows, spent = [], 0.0
    for number, page in enumerate(islice(cycle([*full_pages()[::4], *bare_pages()]), pages), 1):
        raw = varied(page, number)
        start = time.process_time()
        extract(raw)
        spent += time.process_time() - start
        if number % step == 0:
            gc.collect()
            rows.append((number, _resident(), spent * 1000 / step))
            spent = 0.0
    return rows


def varied(page: Page, number: int) -> RawPage:
    """Return a page with other words, another address and other styles than any before it."""
    words = {ord(one): chr(0x4E00 + (number * 31 + at * 997) % 20_000) for at, one in enumerate(_COMMON)}
    text = page.text.translate(words).replace("30px", f"{number}px")
    url = re.sub(r"content_\d+", f"content_{20_900_000 + number}", page.url)
    return RawPage(url=url, body=text.encode(page.codec))


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1024 / 1024


if __name__ == "__main__":
    main()
