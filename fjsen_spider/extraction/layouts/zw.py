"""Layout `zw` (2019): no headline element, the title is the document's."""

from __future__ import annotations

from typing import Final

from fjsen_spider.extraction.layouts.layout import Layout, css, first_box, unless
from fjsen_spider.extraction.layouts.slots import AUTHOR, BAIDU

ZW: Final = Layout(
    name="zw",
    title=unless(css("h1"), css("title")),
    body=first_box("div.left", "div.zw"),
    authors=AUTHOR,
    **BAIDU,
)
