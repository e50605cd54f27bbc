"""A record in the making: what the stages of extraction hand on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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

    def open(self) -> Findings:
        """Begin to add to the draft."""
        return Findings(self)


class Findings:
    """What one stage finds; it is written into a draft once, at the end."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self.fields = dict(draft.fields)
        self.provenance = dict(draft.provenance)
        self.warnings = draft.warnings

    def fill(self, rule: str, **fields: Any) -> None:
        """Add fields found by one rule; empty values are absent and leave no provenance."""
        for key, value in fields.items():
            if value or value not in (None, "", ()):
                self.fields[key] = value
                self.provenance[key] = rule

    def warn(self, *slugs: str) -> None:
        """Add warnings that are not there yet."""
        self.warnings = tuple(dict.fromkeys((*self.warnings, *slugs)))

    def close(
        self,
        *,
        pages: tuple[Document, ...] | None = None,
        blocks: tuple[Block, ...] | None = None,
        left_out: Mapping[str, int] | None = None,
    ) -> Draft:
        """Return the draft with all that was found."""
        before = self._draft
        return Draft(
            raw=before.raw,
            pages=before.pages if pages is None else pages,
            blocks=before.blocks if blocks is None else blocks,
            fields=self.fields,
            provenance=self.provenance,
            warnings=self.warnings,
            left_out=before.left_out if left_out is None else left_out,
        )


Stage: TypeAlias = Callable[[Draft], Draft]
