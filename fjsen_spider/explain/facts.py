"""All facts of an article, in the order of its record."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any, Final

from fjsen_spider.explain.body import body_facts, credit_spots
from fjsen_spider.explain.fact import Fact
from fjsen_spider.explain.head import Head
from fjsen_spider.explain.lines import Line, read_lines
from fjsen_spider.explain.media import media_facts
from fjsen_spider.explain.source import Source
from fjsen_spider.extraction.blocks import Block
from fjsen_spider.items import Article
from fjsen_spider.serialize import to_dict

_NOT_FACTS: Final = ("provenance", "warnings", "date_raw")
"""What is shown with the facts, not among them."""
_SOURCED: Final = (
    "id url title deck summary date authors source source_url editors byline_raw people dateline channel column "
    "breadcrumb keywords subsections images videos tables attachments related"
).split()
"""Fields that are read off some place; all others are worked out."""


def read_facts(article: Article, blocks: Sequence[Block], sources: Sequence[Source]) -> tuple[Fact, ...]:
    """Return every filled field of a record, in its order: first what is whole, then its parts."""
    lines = read_lines(blocks, sources)
    head = Head(article, sources[0])
    found = [
        *head.facts(),
        *_people(article, lines, head),
        *body_facts(article, lines),
        *media_facts(article, lines),
        *_worked_out(article),
    ]
    order = [one.name for one in fields(Article)]
    return tuple(sorted(found, key=lambda fact: order.index(fact.field)))


def _people(article: Article, lines: Sequence[Line], head: Head) -> Iterator[Fact]:
    for at, one in enumerate(article.people):
        key, shown = f"people.{at}", f"{one.name} · {one.role} · {one.where}"
        rule = article.provenance["people"]
        line, spots = credit_spots(one, lines)
        if one.where == "byline":
            yield head.fact(key, shown, head.person(one), one.raw)
        elif line:
            yield line.fact(key, shown, rule, spots, one.raw)
        else:  # a credit that is read, but left out of the text
            yield head.fact(key, shown, head.source.anywhere.find_word(one.raw, head.source.text), one.raw)


def _worked_out(article: Article) -> Iterator[Fact]:
    for name, value in to_dict(article).items():
        if name not in _NOT_FACTS and name not in _SOURCED and value not in (None, [], {}):
            yield Fact(key=name, value=_shown(name, value), rule=article.provenance.get(name), worked_out=True)


def _shown(name: str, value: Any) -> str:
    if name == "text":
        return f"{len(value)} characters: deck, headings and paragraphs joined by newlines"
    if isinstance(value, dict):
        return ", ".join(f"{key} {one}" for key, one in value.items())
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
