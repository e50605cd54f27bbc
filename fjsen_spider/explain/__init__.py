"""Where each value of a record comes from: its rule, its raw words and its place in the page's source."""

from __future__ import annotations

from dataclasses import dataclass

from fjsen_spider.explain.fact import Fact, Spot
from fjsen_spider.explain.facts import read_facts
from fjsen_spider.explain.source import Source
from fjsen_spider.extraction import finish, read_draft
from fjsen_spider.items import Article, RawArticle

__all__ = ["Explanation", "Fact", "Source", "Spot", "explain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """An article, the facts that it states, and the sources of its pages."""

    article: Article
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]


def explain(raw: RawArticle) -> Explanation:
    """Explain the article of some pages; raise NotAnArticle as `extract` does."""
    draft = read_draft(raw)
    article = finish(draft)
    sources = tuple(Source(page, number) for number, page in enumerate(draft.pages, 1))
    return Explanation(article=article, facts=read_facts(article, draft.blocks, sources), sources=sources)
