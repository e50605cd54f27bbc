"""Stage: bytes → parsed pages; which of them the record carries; what is no article."""

from __future__ import annotations

from collections.abc import Iterable

from fjsen_spider.extraction.document import Document, read_document
from fjsen_spider.extraction.draft import Draft, Findings, NotAnArticle
from fjsen_spider.extraction.generic import read_generic
from fjsen_spider.extraction.pager import article_pager
from fjsen_spider.extraction.refusals import why_not
from fjsen_spider.items import Pages
from fjsen_spider.urls import FULL_TEXT, address, canonical


def parse(draft: Draft) -> Draft:
    """Parse the pages and put them in order; raise NotAnArticle when the first is no article."""
    first, *others = [read_generic(read_document(raw)) for raw in draft.raw.pages]
    if first.layout is None:
        raise NotAnArticle(why_not(first), first.raw.url)
    readable = [one for one in others if one.layout is not None]
    pages, carried = _carried(first, readable)
    found = draft.open()
    found.warn(*(flag for page in pages for flag in page.warnings))
    if len(readable) < len(others):
        found.warn("unreadable-page")
    if carried.fetched != carried.total:
        found.warn("missing-page")
    if len({_number(page, at) for at, page in enumerate((first, *readable), 1)}) <= len(readable):
        found.warn("doubled-page")
    raw, url = first.raw, _identify(found, first)
    found.fill("pager", pages=carried)
    found.fill(
        "response", aliases=_aliases(url, (raw.url, *draft.raw.aliases)), complete=carried.fetched == carried.total,
        encoding=first.encoding, retrieved_at=raw.retrieved_at, first_seen=raw.retrieved_at, status=raw.status,
        warc=raw.warc, layout=first.layout.name if first.layout else None,
    )  # fmt: skip
    return found.close(pages=pages)


def _carried(first: Document, others: list[Document]) -> tuple[tuple[Document, ...], Pages]:
    """Return the pages whose text the record carries, and the count.

    A full-text page stands for all pages, but only where a numbered one is missing: it has no page boundaries.
    """
    numbered = {_number(page, at): page for at, page in reversed([*enumerate((first, *others), 1)])}
    full = numbered.pop(FULL_TEXT, None)
    total = max(article_pager(page.landmarks, page.raw.url, led=page.names_pages).total for page in (first, *others))
    if full is not None and len(numbered) < total:
        return (full,), Pages(total=total, fetched=total)
    ordered = tuple(numbered[number] for number in sorted(numbered))
    return ordered, Pages(total=max(total, len(ordered)), fetched=len(ordered))


def _number(page: Document, position: int) -> int:
    """Return the page's number by its address; without one, its place among the pages given."""
    return page.url.page if page.url else position


def _identify(found: Findings, first: Document) -> str | None:
    """Note under which id the article is known; return its address."""
    known = first.url
    if known is None:
        url = canonical(first.raw.url) if first.raw.url else None
        found.fill("url", url=url)
        return url
    number = known.content_id
    found.fill("url", id=f"fjsen:{number}" if number else None, url=known.url, channel=known.channel)
    if first.comment.get("articleid", number or "").lstrip("0") != (number or ""):
        found.warn("id-differs-from-comment")
    return known.url


def _aliases(url: str | None, met: Iterable[str | None]) -> tuple[str, ...]:
    """Return the other addresses under which the article was met."""
    others = dict.fromkeys(one for one in met if one and one != url)
    return tuple(alias for alias in dict.fromkeys(map(address, others)) if alias != url)
