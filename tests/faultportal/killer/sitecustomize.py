"""Loaded by a crawl that is to die: FJSEN_KILL=`<step>:<n>:<when>` kills it at the n-th step, as a power cut would."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections import Counter
from pathlib import Path

STEP, NUMBER, WHEN = os.environ["FJSEN_KILL"].split(":")
RECORDS_A_COMMIT = 5
seen = Counter()
real_open = Path.open


def is_due(step: str) -> bool:
    seen[step] += 1
    return step == STEP and seen[step] == int(NUMBER)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(step: str, real):
    """Kill the process right before or behind a call."""

    def call(*args, **options):
        due = is_due(step)
        if due and WHEN == "before":
            die()
        result = real(*args, **options)
        if due:
            die()
        return result

    return call


class TornFile(io.FileIO):
    """Kills the process when half of a write is done."""

    def write(self, data):
        if not is_due("write"):
            return super().write(data)
        super().write(data[: {"before": 0, "torn": len(data) // 2, "after": len(data)}[WHEN]])
        return die()


def opened(self, mode="r", buffering=-1, *args, **options):
    if self.name.endswith(".jsonl.part") and "x" in mode and is_due("begin"):
        die()
    torn = "x" in mode and buffering == 0
    return TornFile(str(self), "xb") if torn else real_open(self, mode, buffering, *args, **options)


def commit_often(real):
    """Let a commit be every few records, so that many moments lie beside one."""

    def commit(ledger):
        if store := sys.modules.get("fjsen_spider.crawling.store"):
            store.MOST = RECORDS_A_COMMIT
        return real(ledger)

    return commit


if "scrapy" in " ".join(sys.orig_argv):
    from fjsen_spider.crawling.ledger.ledger import Ledger

    for name in ("fsync", "rename", "replace", "unlink"):
        setattr(os, name, deadly(name, getattr(os, name)))
    Path.open = opened
    Ledger.commit = deadly("commit", commit_often(Ledger.commit))
    Ledger.end = deadly("end", Ledger.end)
