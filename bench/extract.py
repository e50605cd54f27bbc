"""Time and score extract() and published extractors on the same pages, in one run, in interleaved rounds.

    pip install -U pip && pip install -e '.[bench]'  # pip 23.2 cannot
    python bench/extract.py [--only ours lxml] [--group full] [--json OUT]

Times are CPU times of this process: the median over the rounds for each page, and the ratio to the `lxml.html` parse of
the same page. Fundus pins an older lxml and needs an environment of its own:

    python -m venv FUNDUS && FUNDUS/bin/pip install fundus 'curl_cffi<0.14' && FUNDUS/bin/pip install --no-deps -e .
    FUNDUS/bin/python bench/extract.py --only ours lxml fundus
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from accuracy import COLUMNS, Score, score
from contestants import MAKERS, REFERENCE, Contestant, Run
from pages import Page, bare_pages, full_pages, long_pages

GROUPS: dict[str, Callable[[], list[Page]]] = {"full": full_pages, "long": long_pages, "bare": bare_pages}
_LEAST = 10
"""Milliseconds that one timing takes at least: quick contestants run a page several times for it."""


def main() -> None:
    """Run the groups asked for; print the tables."""
    options = _options()
    warnings.simplefilter("ignore")
    logging.disable(logging.ERROR)
    contestants = _contestants([REFERENCE, *options.only] if options.only else list(MAKERS))
    report = {}
    for group in options.group or GROUPS:
        pages = GROUPS[group]()
        times = _race(pages, contestants, options.rounds, options.slow_rounds)
        scores = _scores(pages, contestants)
        report[group] = _summary(pages, times, scores)
        _print(group, pages, report[group], scores)
    if options.json:
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--only", nargs="+", choices=MAKERS, help="run these, and the lxml parse that they are measured by"
    )
    parser.add_argument("--group", nargs="+", choices=GROUPS, help="run on these groups of pages only")
    parser.add_argument("--rounds", type=int, default=41)
    parser.add_argument("--slow-rounds", type=int, default=5, help="rounds of contestants above 10 ms a page")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the figures there too")
    return parser.parse_args()


def _contestants(names: list[str]) -> dict[str, Contestant]:
    found: dict[str, Contestant] = {}
    for name in dict.fromkeys(names):
        try:
            found[name] = MAKERS[name]()
        except ImportError as missing:
            print(f"skipped: {name} ({missing}); see `python bench/extract.py --help`", file=sys.stderr)
    return found


def _race(
    pages: list[Page], contestants: dict[str, Contestant], rounds: int, slow_rounds: int
) -> dict[str, list[float]]:
    """Return the median milliseconds of each contestant for each page."""
    repeats = {name: [_repeats(run, page) for page in pages] for name, (run, _) in contestants.items()}
    gc.freeze()
    taken: dict[str, list[list[float]]] = {name: [[] for _ in pages] for name in contestants}
    for number in range(rounds):
        for at, page in enumerate(pages):
            for name, (run, _) in contestants.items():
                if number < slow_rounds or statistics.median(taken[name][at]) < 10:
                    taken[name][at].append(_time(run, page, repeats[name][at]))
    return {name: [statistics.median(one) for one in found] for name, found in taken.items()}


def _repeats(run: Run, page: Page) -> int:
    run(page)
    return max(1, round(_LEAST / max(_time(run, page, 1), 0.01)))


def _time(run: Run, page: Page, repeats: int) -> float:
    gc.collect()  # nobody pays for what another has left behind
    start = time.process_time()
    for _ in range(repeats):
        run(page)
    return (time.process_time() - start) * 1000 / repeats


def _scores(pages: list[Page], contestants: dict[str, Contestant]) -> dict[str, Score]:
    return {
        name: score(pages, [read(run(page)) for page in pages])
        for name, (run, read) in contestants.items()
        if read is not None
    }


def _summary(pages: list[Page], times: dict[str, list[float]], scores: dict[str, Score]) -> dict[str, Any]:
    ratios = {name: [a / b for a, b in zip(found, times[REFERENCE], strict=True)] for name, found in times.items()}
    return {
        "pages": [page.name for page in pages],
        "contestants": {
            name: {
                "milliseconds": statistics.median(found),
                "ratio": statistics.median(ratios[name]),
                "ratios": [round(one, 3) for one in ratios[name]],
                **(scores[name]._asdict() | {"offered": sorted(scores[name].offered)} if name in scores else {}),
            }
            for name, found in times.items()
        },
    }


def _print(group: str, pages: list[Page], summary: dict[str, Any], scores: dict[str, Score]) -> None:
    sizes = sorted(len(page.raw) / 1024 for page in pages)
    print(f"\n## {group}: {len(pages)} pages of {sizes[0]:.0f}–{sizes[-1]:.0f} KB\n")
    print("| contestant | ms/page | ratio | lowest | highest |\n|---|---|---|---|---|")
    for name, row in summary["contestants"].items():
        spread = f"{min(row['ratios']):.2f} | {max(row['ratios']):.2f}"
        print(f"| {name} | {row['milliseconds']:.3f} | {row['ratio']:.2f} | {spread} |")
    print(f"\n| contestant | {' | '.join(COLUMNS)} | body recall | noise |\n{'|---' * (len(COLUMNS) + 3)}|")
    for name, one in scores.items():
        cells = [f"{one.right[key]}/{one.wanted[key]}" if key in one.offered else "–" for key in COLUMNS]
        print(f"| {name} | {' | '.join(cells)} | {one.recall:.3f} | {one.noise:.3f} |")


if __name__ == "__main__":
    main()
