"""An explained article as one HTML file: the source on the left, the record on the right, each value linked with its place.

Nothing of the article's page is markup here, and the policy lets nothing but this file's own style and script count.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import Final

from fjsen_spider.display import visible
from fjsen_spider.doubts import WARNINGS
from fjsen_spider.explain import Explanation, Fact, Source
from fjsen_spider.explain.highlight import Place, marked
from fjsen_spider.explain.watermark import tokens

KINDS: Final = {
    "title": "title", "deck": "deck", "summary": "deck", "date": "date", "authors": "authors", "source": "source",
    "source_url": "source", "editors": "editors", "byline_raw": "byline", "people": "people", "dateline": "dateline",
    "paragraph": "paragraph", "heading": "heading", "images": "picture", "videos": "picture", "caption": "caption",
    "tables": "paragraph", "related": "link", "attachments": "link",
}  # fmt: skip
"""Field → colour; what the page's frame, address and CMS comment give has one in common."""
_LAST: Final = {"heading": "heading", "subheading": "heading", "caption": "caption", "credit": "caption"}


def page(explanation: Explanation) -> str:
    """Return the HTML file."""
    style, script = _own("page.css"), _own("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    title = escape(visible(explanation.article.title or explanation.article.id or "Article"))
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}, explained</title>
<style>{style}</style>
</head>
<body>
<header><h1 lang="zh">{title}</h1>{"".join(_head(explanation))}</header>
<main class="sources" aria-label="Source">{"".join(_sources(explanation))}</main>
<aside class="record" aria-label="Record">{"".join(_record(explanation))}</aside>
<script>{script}</script>
</body>
</html>
"""


def _own(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _kind(fact: Fact) -> str:
    """Name the colour of a fact."""
    last = fact.key.rpartition(".")[2]
    if last in _LAST:
        return _LAST[last]
    return KINDS.get("paragraph" if fact.field == "subsections" else fact.field, "frame")


def _head(explanation: Explanation) -> Iterator[str]:
    article = explanation.article
    pages = f"{article.pages.fetched} of {article.pages.total} pages" if article.pages.total > 1 else "one page"
    lost = sum(fact.lost for fact in explanation.facts)
    told = (article.id or "no id", f"layout {article.layout}", pages, f"{len(explanation.facts)} values")
    yield f"<p>{escape(' · '.join(told))}{f' · <b>{lost} without their place in the source</b>' if lost else ''}</p>"
    used = dict.fromkeys(_kind(fact) for fact in explanation.facts if fact.spots)
    yield f'<p class="legend">{"".join(f"<span class={chr(34)}m k-{kind}{chr(34)}>{kind}</span> " for kind in used)}</p>'


def _sources(explanation: Explanation) -> Iterator[str]:
    for at, source in enumerate(explanation.sources):
        places = list(_places(explanation, at))
        address = source.page.raw.url or "address unknown"
        shown = "".join(marked(address, [place for place, in_address in places if in_address]))
        yield f'<section id="page-{source.name}"><h2>page {source.name} <code>{shown}</code></h2><pre lang="zh">'
        found = marked(source.text, [place for place, in_address in places if not in_address], tokens(source.text))
        yield from (f'<span class="l">{line}</span>' for line in found)
        yield "</pre></section>"


def _places(explanation: Explanation, page_index: int) -> Iterator[tuple[Place, bool]]:
    for number, fact in enumerate(explanation.facts):
        extent = sum(spot.span.end - spot.span.start for spot in fact.spots)
        for at, spot in enumerate(fact.spots):
            if spot.page == page_index:
                yield Place(spot.span, number, _kind(fact), at == 0, extent), spot.in_address


def _record(explanation: Explanation) -> Iterator[str]:
    if slugs := explanation.article.warnings:
        told = "".join(f"<li><code>{escape(one)}</code> {escape(WARNINGS.get(one, ''))}</li>" for one in slugs)
        yield f'<section class="warnings"><h2>warnings</h2><ul>{told}</ul></section>'
    numbered = list(enumerate(explanation.facts))
    for _, facts in groupby((one for one in numbered if not one[1].worked_out), key=lambda one: one[1].field):
        yield f"<section>{''.join(_fact(number, fact, explanation.sources) for number, fact in facts)}</section>"
    yield "<section><h2>worked out</h2>"
    yield from (_fact(number, fact, explanation.sources) for number, fact in numbered if fact.worked_out)
    yield "</section>"


def _fact(number: int, fact: Fact, sources: tuple[Source, ...]) -> str:
    classes = "fact lost" if fact.lost else "fact"
    name = escape(fact.key).replace(".", ".<wbr>")
    key = f'<a class="key" href="#s{number}">{name}</a>' if fact.spots else f'<span class="key">{name}</span>'
    notes = [f"<code>{escape(fact.rule)}</code>"] if fact.rule else []
    notes += [place] if (place := _place(fact, sources)) else []
    if fact.raw:
        notes.append(f'raw: <span lang="zh">{escape(visible(fact.raw))}</span>')
    return (
        f'<article class="{classes} k-{_kind(fact)}" id="f{number}" data-f="{number}">{key}'
        f'<div><p class="value" lang="zh">{escape(visible(fact.value))}</p><p class="note">{" · ".join(notes)}</p></div></article>'
    )


def _place(fact: Fact, sources: tuple[Source, ...]) -> str:
    if not fact.spots:
        return "" if fact.worked_out else "<b>not found in the source</b>"
    spot = fact.spots[0]
    source = sources[spot.page]
    return "address" if spot.in_address else f"page {source.name}, line {source.line(spot.span.start)}"
