"""Layout `biaoti` (2020-21): headline in a plain box, byline by labels only."""

from __future__ import annotations

from typing import Final

from fjsen_spider.extraction.layouts.layout import Layout, css, then
from fjsen_spider.extraction.layouts.slots import BODY

BIAOTI: Final = Layout(
    name="biaoti",
    title=css("div.biaoti"),
    body=BODY,
    # The box around the first words behind the headline that say where the text is from.
    byline=then(
        css("div.biaoti"),
        "(following::text()[contains(., '来源')])[1]/ancestor::*[not(self::a or self::span or self::font)][1]",
    ),
)
