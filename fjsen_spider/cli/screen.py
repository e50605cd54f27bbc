"""The terminal that a command writes to for people."""

from __future__ import annotations

import os
import sys
from typing import Final

from rich.console import Console

_PIPED: Final = 140
"""Columns where there is no terminal to ask: into a pager or a file."""


def screen() -> Console:
    """Return stdout: in colour and as wide as the terminal, plain when piped; COLUMNS sets the width of both."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # a terminal without Chinese shows what it can
    piped = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return Console(width=_PIPED if piped else None, highlight=False, markup=False, emoji=False)
