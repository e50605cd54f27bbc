"""Draft → subsections, text and related links."""

from __future__ import annotations

from fjsen_spider.extraction.stages.body import body
from fjsen_spider.pipelines.stage import StagePipeline


class Body(StagePipeline):
    """Runs the stage `body`."""

    stage = staticmethod(body)
