"""Layout `picture` (2017-18, features and galleries): a summary beside the headline, no author slot."""

from __future__ import annotations

from typing import Final

from fjsen_spider.extraction.layouts.layout import Layout, css, first_box
from fjsen_spider.extraction.layouts.slots import BAIDU, BODY

PICTURE: Final = Layout(
    name="picture",
    title=first_box("div.big_title", "h1"),
    body=BODY,
    summary=css("div.big_right"),
    pictures=True,
    **BAIDU,
)
