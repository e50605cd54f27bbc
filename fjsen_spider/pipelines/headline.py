"""Draft → title, deck, summary."""

from __future__ import annotations

from fjsen_spider.extraction.stages.headline import headline
from fjsen_spider.pipelines.stage import StagePipeline


class Headline(StagePipeline):
    """Runs the stage `headline`."""

    stage = staticmethod(headline)
