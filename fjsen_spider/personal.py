"""What is about private persons: mobile numbers, identity numbers, mail addresses; found in a record, and masked on demand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from fjsen_spider.items import Article
from fjsen_spider.serialize import from_dict, to_dict

_HINTS = tuple(map(re.compile, (r"1[3-9][0-9]{9}", r"1[3-9][0-9][ -][0-9]{4}[ -]", r"20[0-9]{9}")))
"""Mobile numbers and years of birth: nearly no page has any, and a pattern that opens with a digit of its own tells so at once."""
_PERSONAL = re.compile(
    r"(?<!\d)(?:(?:\+?86[ -]?)?1[3-9]\d(?P<gap>[ -]?)\d{4}(?P=gap)\d{4}(?![\d.]|\s?[元吨米克升度件个次株亩平立万亿千美公人])|(?P<identity>[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dXx])(?![\dA-Za-z]))"
    r"|(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}",
    re.ASCII,
)
_WEIGHTS: Final = tuple(2**power % 11 for power in range(17, 0, -1))
_CHECKS: Final = "10X98765432"
"""Of an identity number (GB 11643): its last character, by the weighted sum of the others."""
_KEPT: Final = frozenset({"id", "url", "source_url", "aliases", "warc", "provenance", "content_sha256"})
"""Fields that tell where a record is from, and what it was: they stay as they are."""


def is_personal(text: str) -> bool:
    """Tell whether a text holds a mobile number, an identity number or a mail address."""
    hinted = "@" in text or any(hint.search(text) for hint in _HINTS)
    return hinted and any(map(_is_true, _PERSONAL.finditer(text)))


def masked(article: Article) -> Article:
    """Return the record with `*` for each letter and digit of what is personal, so that every offset holds."""
    return from_dict({key: value if key in _KEPT else _masked(value) for key, value in to_dict(article).items()})


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return _PERSONAL.sub(_stars, value)
    if isinstance(value, Mapping):
        return {key: one if key in _KEPT else _masked(one) for key, one in value.items()}
    return [_masked(one) for one in value] if isinstance(value, (list, tuple)) else value


def _stars(match: re.Match[str]) -> str:
    return re.sub(r"[^@.]", "*", match[0]) if _is_true(match) else match[0]


def _is_true(match: re.Match[str]) -> bool:
    """Tell an identity number, by its last character, from any other long number."""
    number = match["identity"]
    if number is None:
        return True
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return _CHECKS[total % 11] == number[-1].upper()
