"""The forty cases: what goes wrong, and what is to become of it. Each has a test whose name begins with its number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

TESTS: Final = Path(__file__).resolve().parent.parent
_TEST: Final = re.compile(r"^def (test_(\d\d)_\w+)", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    number: int
    fault: str
    expected: str


CASES: Final = tuple(
    Case(number, fault, expected)
    for number, (fault, expected) in enumerate(
        [
            ("503 twice, then the page", "asked again, later each time; one record"),
            (
                "503 for ever",
                "given up after the retries, `failed: 503` in the ledger and due again; in a row they end the run, exit 69",
            ),
            ("429 with Retry-After in seconds", "waited for, by the whole host"),
            (
                "Retry-After as a date; a day; nonsense",
                "waited for; cut to FJSEN_RETRY_AFTER_MAX and counted; the usual back-off",
            ),
            ("a body that drips", "cut at DOWNLOAD_TIMEOUT, asked again, then given up; no record"),
            ("no header ever comes", "cut at DOWNLOAD_TIMEOUT, asked again; the page then comes"),
            ("gzip cut short, its Content-Length right", "asked again; never read when it stays so"),
            ("Content-Length too long; too short", "asked again; recorded with the warning `cut-short`"),
            ("a plain page labelled gzip", "read as it is"),
            ("300 MB in a gzip body of 300 KB", "refused before it is unpacked, memory stays below 300 MB"),
            ("a page of 1 GB, announced or not", "cut at DOWNLOAD_MAXSIZE, not asked again"),
            ("GBK labelled UTF-8", "read as GB18030, no character lost"),
            ("UTF-8 labelled gb2312, by header or page", "read as UTF-8"),
            ("GBK that says nothing", "read as GB18030"),
            ("a byte order mark against the header", "the mark wins"),
            ("a UTF-8 paragraph in a GBK page", "recorded with the warning `encoding-mixed`"),
            ("redirects in a circle", "refused after REDIRECT_MAX_TIMES, counted"),
            ("a redirect to another site", "refused, counted, nothing sent there"),
            (
                "addresses inside: loopback, private, metadata; dotted, decimal, hexadecimal, short, IPv6; by redirect and by name",
                "refused at the address, nothing sent there",
            ),
            ("a redirect to file:, data: or ftp:", "not followed"),
            (
                "traps: a pager without end, page numbers, calendars, session ids, paths that repeat, an article without end",
                "only the portal's own kinds of URL are followed; budgets for a column's pages and for depth end the rest",
            ),
            ("a page that is gone, with status 200", "`gone` in the ledger, no record"),
            ("a firewall's page (412, 521, or a script)", "never solved, counted; in a row they end the run, exit 69"),
            ("nesting deeper than a parser follows", "the warning `truncated-tree`, or all the text"),
            ("NUL and control characters", "left out; the line is valid JSON"),
            ("an entity bomb", "nothing is expanded; no sitemap is asked for"),
            ("two bodies, ids that stand twice", "the first is read, `second-body` warned of, alike in every process"),
            ("an empty page with status 200", "asked again, then failed and due again; no record"),
            (
                "robots.txt: 503, silence, a web page, huge, slow",
                "nothing asked of the host; nothing asked; allowed; read to 500 KiB; all who wait obey",
            ),
            ("`kill -9` at any moment", "after the next run that ends: nothing lost, twice, torn or unreadable"),
            ("SIGTERM; a second one", "what is on its way is finished, exit 75; exit 75 at once, nothing lost"),
            (
                "a full disk: under the archive, the records, the ledger",
                "the run ends, exit 74; what is there is whole, the next run goes on",
            ),
            ("a folder that cannot be written", "refused before the first request, exit 74"),
            ("two runs in one folder", "the second ends at once, exit 75, and names the first; the first goes on"),
            ("a lock that a killed run left", "holds nobody up"),
            (
                "a damaged ledger; one of an older or a newer version",
                "kept aside and made again from records and archive; brought up to date; refused, exit 78",
            ),
            (
                "a clock in 1970, a year ahead, or jumping while a run goes",
                "waits keep their length; a clock that went back is told; nothing is lost or put off for years",
            ),
            (
                "an article unchanged, edited, taken down, moved",
                "no record; a record with revision 2; a tombstone; an alias",
            ),
            (
                "one article by channel, touch page, pages; a date of the future, or none",
                "one record with aliases; the date as shown and a warning; that of the URL and a warning",
            ),
            (
                "cells that a spreadsheet runs; markup in titles; file names; numbers of persons",
                (
                    "`'` before them in CSV, and nowhere else; escaped in pages; names are of times and numbers only; "
                    "flagged `personal-data`, masked on demand"
                ),
            ),
        ],
        start=1,
    )
)


def names_of(number: int) -> list[str]:
    """The tests of a case, as pytest names them."""
    return [
        f"{file.name}::{name}"
        for file in sorted(TESTS.glob("test_*.py"))
        for name, of in _TEST.findall(file.read_text("utf-8"))
        if int(of) == number
    ]


def table() -> str:
    """The cases as a table in Markdown."""
    rows = [
        f"| {case.number}. | {case.fault} | {case.expected} | {'<br>'.join(f'`{name}`' for name in names_of(case.number))} |"
        for case in CASES
    ]
    return "\n".join(["| | what goes wrong | what becomes of it | test |", "|---|---|---|---|", *rows]) + "\n"
