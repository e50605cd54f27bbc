"""Draft → everyone credited, and the dateline."""

from __future__ import annotations

from fjsen_spider.extraction.stages.people import people
from fjsen_spider.pipelines.stage import StagePipeline


class People(StagePipeline):
    """Runs the stage `people`."""

    stage = staticmethod(people)
