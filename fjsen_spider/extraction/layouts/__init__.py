"""The portal's templates as data: which selectors read which layout."""

from __future__ import annotations

from typing import Final

from fjsen_spider.extraction.layouts.biaoti import BIAOTI
from fjsen_spider.extraction.layouts.landmarks import Landmarks
from fjsen_spider.extraction.layouts.layout import BREADCRUMB, Layout
from fjsen_spider.extraction.layouts.modern import MODERN
from fjsen_spider.extraction.layouts.picture import PICTURE
from fjsen_spider.extraction.layouts.text import TEXT
from fjsen_spider.extraction.layouts.wap import WAP
from fjsen_spider.extraction.layouts.zw import ZW

LAYOUTS: Final[tuple[Layout, ...]] = (TEXT, PICTURE, ZW, BIAOTI, MODERN, WAP)

__all__ = ["BREADCRUMB", "LAYOUTS", "Landmarks", "Layout"]
