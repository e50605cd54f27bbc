"""Layout `wap` (2026, touch pages): headline, byline and text in one box."""

from __future__ import annotations

from typing import Final

from fjsen_spider.extraction.layouts.layout import Layout, css, has_class, xpath

WAP: Final = Layout(
    name="wap",
    mark="phone_content",
    title=css("div.phone_content", "h1"),
    body=css("div.phone_content"),
    byline=xpath(
        f"//h1[ancestor::div{has_class('phone_content')}]/following-sibling::*[position() < 3][contains(., '来源')]"
    ),
)
