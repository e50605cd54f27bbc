"""Layout `wap` (2026, touch pages): headline, byline and text in one box."""

from __future__ import annotations

from typing import Final

from fjsen_spider.extraction.layouts.layout import Layout, css, first_box, xpath

WAP: Final = Layout(
    name="wap",
    mark="phone_content",
    title=xpath(first_box("div.phone_content", "h1")),
    body=css("div.phone_content"),
    byline=xpath(first_box("div.phone_content", "h1") + "/following-sibling::*[position() < 3][contains(., '来源')]"),
)
