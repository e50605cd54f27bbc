"""A record in the making: what the stages of extraction hand on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from fjsen_spider.extraction.blocks import Block
from fjsen_spider.extraction.document import Document
from fjsen_spider.items import RawArticle


class NotAnArticle(ValueError):  # noqa: N818 - it names what the page is, which is no fault of anybody
    """The page is no article; `reason` is the slug that is counted in the run's report."""

    def __init__(self, reason: str, url: str | None = None) -> None:
        super().__init__(f"{url or 'page'}: not an article ({reason})")
        self.reason = reason
        self.url = url


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Raw pages, what has been read of them, and the fields found so far."""

    raw: RawArticle
    pages: tuple[Document, ...] = ()
    """Parsed pages whose text the record will carry, in order."""
    blocks: tuple[Block, ...] = ()
    """The body as labelled blocks, in reading order."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    provenance: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    """What of the body is left out on purpose: reason → characters."""

    @property
    def first(self) -> Document:
        """The article's first page."""
        return self.pages[0]

    def fill(self, rule: str, **fields: Any) -> Draft:
        """Add fields found by one rule; empty values are absent and leave no provenance."""
        found = {key: value for key, value in fields.items() if value not in (None, "", ())}
        if not found:
            return self
        return replace(
            self, fields={**self.fields, **found}, provenance={**self.provenance, **dict.fromkeys(found, rule)}
        )

    def warn(self, *slugs: str) -> Draft:
        """Add warnings that are not there yet."""
        new = tuple(slug for slug in slugs if slug not in self.warnings)
        return replace(self, warnings=(*self.warnings, *new)) if new else self


Stage: TypeAlias = Callable[[Draft], Draft]
