"""Layout `zw` (2019): no headline element, the title is the document's."""

from __future__ import annotations

from typing import Final

from fjsen_spider.extraction.layouts.layout import Layout, css, first_box, then, unless
from fjsen_spider.extraction.layouts.slots import AUTHOR, BAIDU

ZW: Final = Layout(
    name="zw",
    title=unless(then(css("body"), ".//h1[text()[normalize-space()]]"), css("title")),  # a logo in a h1 is no headline
    body=first_box("div.left", "div.zw"),
    authors=AUTHOR,
    **BAIDU,
)
