"""What a rule found for a field."""

from __future__ import annotations

from typing import NamedTuple


class Found(NamedTuple):
    """The values of a field as shown, the rule that found them and the address that they link to."""

    values: tuple[str, ...]
    rule: str
    href: str | None = None
