"""The blocks of all bodies with their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fjsen_spider.explain.fact import Fact, Spot
from fjsen_spider.explain.passage import Passage, merged
from fjsen_spider.explain.source import Source
from fjsen_spider.explain.watermark import Span
from fjsen_spider.extraction.blocks import Block, Kind, Role


@dataclass(frozen=True, slots=True)
class Line:
    """A block with the words of its line, when its place is certain."""

    block: Block
    page: int
    """Index of its page among the sources."""
    source: Source
    passage: Passage

    def spots(self, value: str, *, last: bool = False) -> tuple[Spot, ...]:
        """Return where the line has a value."""
        return self.at(self.passage.find(value, last=last))

    def fact(self, key: str, value: str, rule: str | None, spots: tuple[Spot, ...], raw: str | None = None) -> Fact:
        """Make a fact that this line gives."""
        shown = raw if raw != value else None
        return Fact(key=key, value=value, rule=rule, raw=shown, page=self.block.page, spots=spots)

    def at(self, spans: Sequence[Span]) -> tuple[Spot, ...]:
        """Return stretches of the line's page as places."""
        return tuple(Spot(self.page, span) for span in merged(spans, self.source.text))


def read_lines(blocks: Sequence[Block], sources: Sequence[Source]) -> tuple[Line, ...]:
    """Pair the blocks that the record was made of with the lines of their pages."""
    return tuple(
        Line(block, page, source, passage)
        for page, source in enumerate(sources)
        for block, passage in _paired([one for one in blocks if one.page == source.number], source)
    )


def _paired(blocks: Sequence[Block], source: Source) -> Iterator[tuple[Block, Passage]]:
    """Yield a page's blocks, each with its line; where the two differ, a line is certain only when the page has it once."""
    lines = source.lines
    sure = len(lines) == len(blocks) and all(_is(told, block) for (told, _), block in zip(lines, blocks, strict=True))
    for at, block in enumerate(blocks):
        yield block, lines[at][1] if sure else source.anywhere.narrowed(block.text)


def _is(told: Block, block: Block) -> bool:
    """Tell whether a line is a block's; 原标题： is dropped from the block."""
    return (told.kind, told.page, told.url) == (block.kind, block.page, block.url) and block.text in told.text


def of_role(lines: Sequence[Line], *roles: Role) -> Iterator[Line]:
    """Yield the lines of text with one of these roles."""
    return (one for one in lines if one.block.kind is Kind.TEXT and one.block.role in roles)
