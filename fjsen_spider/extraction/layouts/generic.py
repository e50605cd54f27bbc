"""Layout `generic`: what a record says that generic rules have read; it matches no page and is not in `LAYOUTS`."""

from __future__ import annotations

from typing import Final

from fjsen_spider.extraction.layouts.landmarks import Landmarks
from fjsen_spider.extraction.layouts.layout import Layout


def _NOTHING(page: Landmarks) -> tuple[()]:  # noqa: N802 - a selector
    return ()


GENERIC: Final = Layout(name="generic", title=_NOTHING, body=_NOTHING, byline=_NOTHING)
