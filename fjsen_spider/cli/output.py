"""Where records go: stdout, or a file that is whole or not there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from fjsen_spider.whole_file import whole_file

__all__ = ["standard_output", "whole_file"]


@contextmanager
def standard_output() -> Iterator[BinaryIO]:
    """Give the bytes of stdout: the records are UTF-8 whatever the locale."""
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()
