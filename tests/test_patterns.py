"""No pattern asks of an interpreter what one that the project supports gets wrong."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import fjsen_spider

_PARSER = importlib.import_module("re._parser")
_COMPILER = importlib.import_module("re._compiler")
_UNLOADABLE = {"fjsen_spider.monitors", "fjsen_spider.cli.__main__"}
"""One needs an extra, the other runs."""


def _patterns() -> Iterator[tuple[str, re.Pattern]]:
    for found in pkgutil.walk_packages(fjsen_spider.__path__, "fjsen_spider."):
        if found.name not in _UNLOADABLE:
            for name, value in vars(importlib.import_module(found.name)).items():
                many = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
                yield from ((f"{found.name}.{name}", one) for one in many if isinstance(one, re.Pattern))


def _repeats_possessively(parsed) -> bool:
    """Tell whether a parsed pattern has what Python up to 3.11.4, Debian 12's among them, matches wrongly.

    A possessive repeat is right there only of what takes one character at a time.
    """
    if isinstance(parsed, _PARSER.SubPattern):
        return any(
            str(operation) == "ATOMIC_GROUP"
            or (str(operation) == "POSSESSIVE_REPEAT" and not _COMPILER._simple(argument[2]))
            or _repeats_possessively(argument)
            for operation, argument in parsed
        )
    return isinstance(parsed, tuple | list) and any(map(_repeats_possessively, parsed))


def _wrong(source: str | bytes, flags: int = 0) -> bool:
    return _repeats_possessively(_PARSER.parse(source, flags))


def test_no_pattern_repeats_a_group_possessively():
    found = dict(_patterns())
    assert len(found) > 100
    assert [name for name, one in found.items() if _wrong(one.pattern, one.flags)] == []


@pytest.mark.parametrize("source", ["(?:ab|c)*+d", "(?>ab?)c", "x(?:(?:a|bc)++)?", "a(?=(?:bc)*+)", "(a|(?:b[^c]*)?+)"])
def test_what_is_looked_for_is_found(source):
    assert _wrong(source)
    assert not _wrong(source.replace("*+", "*").replace("++", "+").replace("?+", "?").replace("?>", "?:"))
