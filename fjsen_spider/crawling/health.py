"""Whether pages still read as they did: this run's records against those of the last runs, layout by layout."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final, Self

from scrapy.settings import BaseSettings

from fjsen_spider.crawling.configuration import number

KINDS: Final = {"filled": "", "own": "out of the page's own line "}
"""What is counted of a field → how it is told: it is there; it is there, and not by the CMS comment or the URL only."""
MOST_RUNS: Final = 200
"""Reports read back."""
SURE: Final = 4
"""A difference of so many standard deviations is not by chance."""


@dataclass(frozen=True, slots=True)
class Limits:
    """From when on a difference is drift."""

    least: float
    """Records below which nothing is said."""
    drop: float
    """Percentage points."""
    quarantine: float
    """Percent of the articles read."""

    @classmethod
    def of(cls, settings: BaseSettings) -> Self:
        """Read the settings."""
        names = ("FJSEN_DRIFT_LEAST", "FJSEN_DRIFT_DROP", "FJSEN_DRIFT_QUARANTINE")
        return cls(*(number(settings, name) for name in names))


@dataclass(slots=True)
class Sample:
    """Records of some runs: how many, and how many of them are of each kind."""

    records: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, records: int, counts: Mapping[str, int]) -> None:
        """Put others to these."""
        self.records += records
        self.counts.update(counts)

    def percent(self, name: str) -> float:
        """Return how many of a hundred records are of a kind."""
        return 100 * self.counts[name] / self.records


def fill(stats: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return layout → its records, and how many of them have each field, out of a run's stats."""
    layouts = _below(stats, "fjsen/layout/")
    return {
        layout: {"records": records, **{kind: _below(stats, f"fjsen/{kind}/{layout}/") for kind in KINDS}}
        for layout, records in layouts.items()
    }


def quarantined(stats: Mapping[str, Any]) -> dict[str, int]:
    """Return reason → pages that read oddly, out of a run's stats."""
    return _below(stats, "fjsen/quarantined/")


def _below(stats: Mapping[str, Any], prefix: str) -> dict[str, int]:
    return {key.removeprefix(prefix): stats[key] for key in sorted(stats) if key.startswith(prefix)}


def stories_before(folder: Path, arguments: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the reports of the last runs that were asked for the same channels or URLs, newest first."""
    for file in islice(sorted(folder.glob("*.json"), reverse=True), MOST_RUNS):
        try:
            story = json.loads(file.read_bytes())
            same = all(story["arguments"].get(name) == arguments.get(name) for name in ("channels", "urls"))
            if same and story["fill"].keys() | story["quarantined"].keys():
                yield story
        except (OSError, ValueError, LookupError, AttributeError, TypeError):
            continue  # a report of another version, or somebody's own file


def findings(run: Mapping[str, Any], before: Sequence[Mapping[str, Any]], limits: Limits) -> Iterator[str]:
    """Yield what is not as it was, a line each; `run` and the runs before, newest first, have `fill` and `quarantined`.

    A small run is judged together with as many before it as make up the least number of records.
    """
    for layout in run["fill"]:
        stories = [story["fill"][layout] for story in (run, *before) if layout in story["fill"]]
        recent, base = _samples(stories, limits)
        if min(recent.records, base.records) >= limits.least:
            yield from _fallen(layout, recent, base, limits)
    yield from _quarantined([run, *before], limits)


def _samples(layouts: Sequence[Mapping[str, Any]], limits: Limits) -> tuple[Sample, Sample]:
    """Put the newest records together to a sample, and the others to one."""
    recent, base = Sample(), Sample()
    for one in layouts:
        counts = {f"{kind}/{name}": count for kind in KINDS for name, count in one[kind].items()}
        (base if recent.records >= limits.least else recent).add(one["records"], counts)
    return recent, base


def _fallen(layout: str, recent: Sample, base: Sample, limits: Limits) -> Iterator[str]:
    told = set()
    for name in sorted(base.counts):  # a field that is not filled comes before one that is told elsewhere
        kind, _, what = name.partition("/")
        before, now = base.percent(name), recent.percent(name)
        if what not in told and before - now >= limits.drop and _deviations(recent, base, name) >= SURE:
            told.add(what)
            yield (
                f"layout {layout}: {what} {KINDS[kind]}in {now:.0f} % of {recent.records} records, "
                f"before in {before:.0f} % of {base.records}"
            )


def _deviations(recent: Sample, base: Sample, name: str) -> float:
    """Return how many standard deviations lie between the shares of two samples."""
    share = (recent.counts[name] + base.counts[name]) / (recent.records + base.records)
    spread = math.sqrt(share * (1 - share) * (1 / recent.records + 1 / base.records))
    return abs(recent.percent(name) - base.percent(name)) / 100 / spread if spread else 0


def _quarantined(stories: Sequence[Mapping[str, Any]], limits: Limits) -> Iterator[str]:
    """Yield a line when too many of the last articles read oddly; a run that read none has nothing to say."""
    reasons, read = Counter[str](), 0
    for story in stories:
        odd = Counter(story["quarantined"])
        reasons += odd
        read += sum(one["records"] for one in story["fill"].values()) + odd.total() - odd["generic-layout"]
        if not read or read >= limits.least:
            break
    if read >= limits.least and 100 * reasons.total() > limits.quarantine * read:
        told = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
        yield f"{reasons.total()} of {read} articles read oddly ({told}), see quarantine/"
