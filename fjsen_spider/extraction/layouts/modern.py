"""Layout `modern` (2026): as `text`, from the newer CMS, with labels inside every slot."""

from __future__ import annotations

from typing import Final

from fjsen_spider.extraction.layouts.layout import Layout, first_box
from fjsen_spider.extraction.layouts.slots import AUTHOR, BAIDU, BODY

MODERN: Final = Layout(
    name="modern",
    title=first_box("div.cont-head", "h1"),
    body=BODY,
    authors=AUTHOR,
    **BAIDU,
)
