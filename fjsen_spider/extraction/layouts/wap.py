"""Layout `wap` (2026, touch pages): headline, byline and text in one box."""

from __future__ import annotations

from typing import Final

from fjsen_spider.extraction.layouts.layout import Layout, css, xpath

WAP: Final = Layout(
    name="wap",
    title=css("div.phone_content", "h1"),
    body=css("div.phone_content"),
    byline=xpath(
        "(//div[contains(concat(' ', normalize-space(@class), ' '), ' phone_content ')]//h1"
        "/following-sibling::*[position() < 3][contains(., '来源')])[1]"
    ),
)
