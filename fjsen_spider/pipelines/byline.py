"""Draft → date, authors, source, editors and the rest of the byline."""

from __future__ import annotations

from fjsen_spider.extraction.stages.byline import byline
from fjsen_spider.pipelines.stage import StagePipeline


class Byline(StagePipeline):
    """Runs the stage `byline`."""

    stage = staticmethod(byline)
