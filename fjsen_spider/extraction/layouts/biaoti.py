"""Layout `biaoti` (2020-21): headline in a plain box, byline by labels only."""

from __future__ import annotations

from typing import Final

from fjsen_spider.extraction.layouts.layout import Layout, css, xpath
from fjsen_spider.extraction.layouts.slots import BODY

BIAOTI: Final = Layout(
    name="biaoti",
    title=css("div.biaoti"),
    body=BODY,
    # The innermost element behind the headline that says where the text is from.
    byline=xpath(
        "(//div[contains(concat(' ', normalize-space(@class), ' '), ' biaoti ')]/following::*"
        "[contains(., '来源')][not(descendant::*[not(self::a or self::span or self::font)][contains(., '来源')])]"
        "[not(self::a or self::span or self::font)])[1]"
    ),
)
