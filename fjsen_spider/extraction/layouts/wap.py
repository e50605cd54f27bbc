"""Layout `wap` (2026, touch pages): headline, byline and text in one box."""

from __future__ import annotations

from typing import Final

from fjsen_spider.extraction.layouts.layout import Layout, css, first_box, then

_TITLE = first_box("div.phone_content", "h1")

WAP: Final = Layout(
    name="wap",
    title=_TITLE,
    body=css("div.phone_content"),
    byline=then(_TITLE, "following-sibling::*[position() < 3][contains(., '来源')]"),
)
