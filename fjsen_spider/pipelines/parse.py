"""RawArticle → draft: decoded, parsed, layout known."""

from __future__ import annotations

from typing import Any

from fjsen_spider.extraction import Draft
from fjsen_spider.extraction.stages.parse import parse
from fjsen_spider.items import RawArticle
from fjsen_spider.pipelines.stage import StagePipeline


class Parse(StagePipeline):
    """Begins a draft and runs the stage `parse`."""

    stage = staticmethod(parse)

    def process_item(self, item: Any) -> Any:
        """Begin with the spider's raw pages."""
        return super().process_item(Draft(raw=item) if isinstance(item, RawArticle) else item)
