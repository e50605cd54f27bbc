"""Layout `text` (2017-18, most articles): headline and byline above, the text in a table."""

from __future__ import annotations

from typing import Final

from fjsen_spider.extraction.layouts.layout import Layout, first_box
from fjsen_spider.extraction.layouts.slots import AUTHOR, BAIDU, BODY

TEXT: Final = Layout(
    name="text",
    title=first_box("div.cont_head", "h1"),
    body=BODY,
    authors=AUTHOR,
    **BAIDU,
)
