"""Pages of no known layout, read by what Chinese news pages have in common."""

from __future__ import annotations

from fjsen_spider.extraction.generic.reader import read_generic
from fjsen_spider.extraction.generic.slots import find_slots

__all__ = ["find_slots", "read_generic"]
