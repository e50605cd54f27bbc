"""Stage: bytes → parsed pages; which of them the record carries; what is no article."""

from __future__ import annotations

from dataclasses import replace

from fjsen_spider.extraction.document import Document, read_document
from fjsen_spider.extraction.draft import Draft, NotAnArticle
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
    draft = replace(draft, pages=pages)
    warnings = [
        *(flag for page in pages for flag in page.warnings),
        *(["unreadable-page"] if len(readable) < len(others) else []),
    ]
    if carried.fetched != carried.total:
        warnings.append("missing-page")
    if len({_number(page, at) for at, page in enumerate((first, *readable), 1)}) <= len(readable):
        warnings.append("doubled-page")
    return _identify(draft.warn(*dict.fromkeys(warnings)), first, carried)


def _carried(first: Document, others: list[Document]) -> tuple[tuple[Document, ...], Pages]:
    """Return the pages whose text the record carries, and the count.

    A full-text page stands for all pages, but only where a numbered one is missing: it has no page boundaries.
    """
    numbered = {_number(page, at): page for at, page in reversed([*enumerate((first, *others), 1)])}
    full = numbered.pop(FULL_TEXT, None)
    total = max(article_pager(page.landmarks, page.raw.url).total for page in (first, *others))
    if full is not None and len(numbered) < total:
        return (full,), Pages(total=total, fetched=total)
    ordered = tuple(numbered[number] for number in sorted(numbered))
    return ordered, Pages(total=max(total, len(ordered)), fetched=len(ordered))


def _number(page: Document, position: int) -> int:
    """Return the page's number by its address; without one, its place among the pages given."""
    return page.url.page if page.url else position


def _identify(draft: Draft, first: Document, carried: Pages) -> Draft:
    raw, known = first.raw, first.url
    url = known.url if known else canonical(raw.url) if raw.url else None
    met = (*([raw.url] if raw.url and raw.url != url else []), *draft.raw.aliases)
    aliases = tuple(alias for alias in dict.fromkeys(map(address, met)) if alias != url)
    if known:
        number = known.content_id
        draft = draft.fill("url", id=f"fjsen:{number}" if number else None, url=url, channel=known.channel)
        if first.comment.get("articleid", number or "").lstrip("0") != (number or ""):
            draft = draft.warn("id-differs-from-comment")
    else:
        draft = draft.fill("url", url=url)
    draft = draft.fill("pager", pages=carried)
    return draft.fill(
        "response", aliases=aliases, complete=carried.fetched == carried.total, encoding=first.encoding,
        retrieved_at=raw.retrieved_at, first_seen=raw.retrieved_at, status=raw.status, warc=raw.warc,
        layout=first.layout.name if first.layout else None,
    )  # fmt: skip
