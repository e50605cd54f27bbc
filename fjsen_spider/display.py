"""Words of a page on somebody's screen: harmless there, and short."""

from __future__ import annotations

import re

from rich.cells import cell_len

_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """Spell out what would steer a terminal or turn the direction of writing; tabs and newlines stay."""
    return _HARMFUL.sub(lambda match: f"\\u{{{ord(match[0]):x}}}", text)


def shortened(text: str, cells: int) -> str:
    """Cut a text to one line of a width; a Chinese character is two cells wide."""
    line = " ".join(visible(text).split())
    if cell_len(line) <= cells:
        return line
    while cell_len(line) > cells - 1:
        line = line[: -max(1, (cell_len(line) - cells) // 2)]
    return line + "…"
