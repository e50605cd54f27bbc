"""Draft → images, videos, tables, attachments."""

from __future__ import annotations

from fjsen_spider.extraction.stages.media import media
from fjsen_spider.pipelines.stage import StagePipeline


class Media(StagePipeline):
    """Runs the stage `media`."""

    stage = staticmethod(media)
