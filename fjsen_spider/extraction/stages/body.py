"""Stage: the running text: deck, subsections, dateline, related links, tables, attachments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from fjsen_spider.extraction.blocks import DECK, LEFT_OUT, OFFER, PARAGRAPH, RELATED, TABLE, TEXT, Block
from fjsen_spider.extraction.dateline import dateline_at, read_dateline
from fjsen_spider.extraction.document import Document
from fjsen_spider.extraction.draft import Draft, Findings, NotAnArticle
from fjsen_spider.extraction.generic.noise import is_noise
from fjsen_spider.extraction.labels import is_document
from fjsen_spider.extraction.layouts.generic import GENERIC
from fjsen_spider.extraction.layouts.layout import Element
from fjsen_spider.extraction.refusals import GONE
from fjsen_spider.extraction.roles import give_roles
from fjsen_spider.extraction.sections import build_sections
from fjsen_spider.extraction.text import collapse, string_of
from fjsen_spider.extraction.walk import Body, read_body
from fjsen_spider.items import Attachment, Link, Pages

_LABELLED = re.compile(r"\w")
_SHORT, _SIBLINGS = 200, 20
_OUTSIDE_TOLERATED = 20


def body(draft: Draft) -> Draft:
    """Read the body; raise NotAnArticle when it is empty, or short and says that the page is missing."""
    found, rule = draft.open(), draft.first.rule("body")
    bodies = [_read(page, number) for number, page in enumerate(draft.pages, 1)]
    blocks = give_roles([block for one in bodies for block in one.blocks], lone_picture=_may_be_lone(draft))
    found.warn(*_flags(bodies))
    _refuse(found, blocks, draft.first.raw.url)
    _without_empty(found, bodies)
    special = [one for one in blocks if one.role is not PARAGRAPH or one.kind is not TEXT or one.links]
    deck = tuple([one.text for one in special if one.role is DECK])
    subsections, text = build_sections(deck, blocks)
    at = dateline_at(blocks)
    opening = read_dateline(blocks[at].text) if at is not None else None
    found.fill(rule, deck=deck, subsections=subsections, text=text, dateline=opening[0] if opening else None)
    if special:
        found.fill(
            rule,
            tables=tuple([one.rows for one in special if one.kind is TABLE]),
            related=tuple(dict.fromkeys(_related(special))),
            attachments=tuple(dict.fromkeys(_attachments(special))),
        )
    return found.close(blocks=blocks, left_out=_left_out(bodies, special))


def _read(page: Document, number: int) -> Body:
    container = page.node("body")
    if container is None:
        return Body()
    read = [node for node in (page.node("title"), page.node("byline")) if node is not None]
    elsewhere: frozenset[Element] = frozenset()
    if any(container in node.iterancestors(container.tag) for node in read):
        # One that holds paragraphs or pictures was left open: it is read, lest they be lost.
        elsewhere = frozenset(node for node in read if next(node.iterdescendants("p", "br", "img"), None) is None)
    body = read_body(container, page=page.url.page if page.url else number, base=page.raw.url, skip=elsewhere)
    body.followed |= page.layout is not GENERIC and _is_followed(container)
    return body


def _is_followed(container: Element) -> bool:
    """Tell whether paragraphs stand right behind the container: it may have been closed too early."""
    behind = islice(container.itersiblings("p", "div"), _SIBLINGS)
    shown = (one for one in behind if (collapse(one.text or "") if one.tag == "div" else string_of(one)))
    return not all(map(is_noise, shown))


def _without_empty(found: Findings, bodies: Sequence[Body]) -> None:
    """Take back the count of pages that hold nothing: a page that was cut off is a page that is missing."""
    pages, empty = found.fields["pages"], sum(not one.blocks for one in bodies)
    if empty:
        carried = Pages(total=pages.total, fetched=pages.fetched - empty)
        found.fill("body", pages=carried, complete=False)
        found.warn("missing-page")


def _may_be_lone(draft: Draft) -> bool:
    """Tell whether one picture makes a gallery: in a template for pictures, or when other pages are missing."""
    return not draft.fields.get("complete") or bool(draft.first.layout and draft.first.layout.pictures)


def _refuse(found: Findings, blocks: Sequence[Block], url: str | None) -> None:
    if not any(one.role not in LEFT_OUT for one in blocks):
        cause = next((flag for flag in ("truncated-tree", "body-unclosed") if flag in found.warnings), "empty-body")
        raise NotAnArticle(cause, url)
    shown = ""
    for one in blocks:
        if len(shown) >= _SHORT:
            return
        shown += one.text if one.kind is TEXT else ""
    if len(shown) < _SHORT and GONE.search(f"{found.fields.get('title', '')} {shown}"):
        raise NotAnArticle("soft-404", url)


def _left_out(bodies: Iterable[Body], blocks: Iterable[Block]) -> dict[str, int]:
    """Return what is left out on purpose: reason → characters."""
    counts: dict[str, int] = {}
    told = [entry for one in bodies for entry in one.left_out.items()]
    for reason, characters in told + [(one.role.value, len(one.text)) for one in blocks if one.role in LEFT_OUT]:
        counts[reason] = counts.get(reason, 0) + characters
    return counts


def _flags(bodies: Sequence[Body]) -> Iterable[str]:
    if any(one.truncated for one in bodies):
        yield "truncated-tree"
    if any(one.unclosed or one.followed for one in bodies):
        yield "body-unclosed"
    if any(one.left_out.get("outside-marks", 0) > _OUTSIDE_TOLERATED for one in bodies):
        yield "text-outside-marks"
    if any("player" in one.left_out for one in bodies):
        yield "player-slot"  # a film that a script loads: its address is not in the page


def _attachments(blocks: Iterable[Block]) -> Iterable[Attachment]:
    for one in blocks:
        for link in one.links:
            if is_document(link.url):
                yield Attachment(url=link.url, name=link.title)


def _related(blocks: Iterable[Block]) -> Iterable[Link]:
    """Yield the links of related lines, the first of a group with its label; pieces that markup has split are joined."""
    label: str | None = None
    for one in blocks:
        if one.role is OFFER:
            label = one.text
        elif one.role is RELATED:
            whole: dict[str, str] = {}
            for link in one.links:
                whole[link.url] = whole.get(link.url, "") + link.title
            label = label or (one.unlinked if _LABELLED.search(one.unlinked) else None)
            for url, title in whole.items():
                yield Link(title=title, url=url, label=label)
                label = None
