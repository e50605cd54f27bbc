"""What a page is when it is no article."""

from __future__ import annotations

import re
from typing import Final

from fjsen_spider.extraction.document import Document
from fjsen_spider.extraction.layouts.layout import Element, outermost
from fjsen_spider.extraction.layouts.no_article import BODY, ENTRIES, HEADLINES, SCRIPTS, UNSEEN
from fjsen_spider.extraction.text import string_of
from fjsen_spider.urls import PageKind, classify

GONE: Final = re.compile(
    r"页面(?:不存在|没有找到|找不到|已(?:被)?删除|丢失)|(?:访问|查找|请求)的(?:页面|内容|文章)[^。]{0,12}(?:不存在|搬家|删除|失效|找不到)"
    r"|找不到(?:该|您|你)?[^。]{0,8}页面|文章(?:不存在|已(?:被)?删除)|404 ?(?:Not Found|错误|页面)|Not Found",
    re.IGNORECASE,
)
"""What a missing page says when it is answered with status 200."""
_CHALLENGE_STATUS: Final = frozenset({412, 521})
_TRACES = re.compile(r"enpcontent|new_message_id|pubtime_baidu|source_baidu|cont-news|big_title", re.IGNORECASE)


def why_not(document: Document) -> str:
    """Return the reason why a page that no rule can read is no article."""
    tree = document.tree
    if reason := refused_outright(document):
        return reason
    if _has_article_links(tree):
        return "listing"
    if _TRACES.search(document.text):
        return "unknown-layout"
    return "challenge" if SCRIPTS(tree) and _visible(tree) < 10 else "no-article"


def refused_outright(document: Document) -> str | None:
    """Return the reason why a page is no article, whatever its markup is."""
    if not document.text.strip():
        return "empty-response"
    if document.raw.status in _CHALLENGE_STATUS:
        return "challenge"
    if is_gone(document.tree):
        return "soft-404"
    return "listing" if document.url and document.url.kind in (PageKind.LISTING, PageKind.FRONT) else None


def is_gone(tree: Element) -> bool:
    """Tell whether headline or document title say that the page is missing."""
    return any(GONE.search(string_of(node)) for node in outermost(HEADLINES(tree)))


def _has_article_links(tree: Element) -> bool:
    found = [href for entry in outermost(ENTRIES(tree)) for a in entry.iter("a") if (href := a.get("href"))]
    links = [classify(href) if "://" in href else None for href in found]
    relative = [href for href in found if "content_" in href and "://" not in href]
    return sum(link is not None and link.kind is PageKind.ARTICLE for link in links) + len(relative) >= 3


def _visible(tree: Element) -> int:
    """Return how many characters a reader without scripts would see, notices to switch them on left out."""
    return sum(len(string_of(node)) for node in BODY(tree)) - sum(len(string_of(node)) for node in UNSEEN(tree))
