"""Pages of the portal → article records: pure functions, free of Scrapy."""

from __future__ import annotations

from typing import Final

from fjsen_spider.extraction.draft import Draft, NotAnArticle, Stage
from fjsen_spider.extraction.finish import finish
from fjsen_spider.extraction.stages.body import body
from fjsen_spider.extraction.stages.byline import byline
from fjsen_spider.extraction.stages.headline import headline
from fjsen_spider.extraction.stages.media import media
from fjsen_spider.extraction.stages.parse import parse
from fjsen_spider.extraction.stages.people import people
from fjsen_spider.items import Article, RawArticle, RawPage

STAGES: Final[tuple[Stage, ...]] = (parse, headline, byline, body, media, people)

__all__ = ["STAGES", "Draft", "NotAnArticle", "Stage", "extract", "finish", "read_draft"]


def extract(page: RawPage, *continuations: RawPage, aliases: tuple[str, ...] = ()) -> Article:
    """Read one article off its pages; raise NotAnArticle with the reason for anything else.

    The same bytes and URLs give the same record, in any process and any year.
    """
    return finish(read_draft(RawArticle(pages=(page, *continuations), aliases=aliases)))


def read_draft(raw: RawArticle) -> Draft:
    """Run all stages: the draft still has the parsed pages and the body's blocks, which tell where a value is from."""
    draft = Draft(raw=raw)
    for stage in STAGES:
        draft = stage(draft)
    return draft
