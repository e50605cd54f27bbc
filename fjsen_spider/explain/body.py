"""Facts of the running text: each line, table, link and credit of the body with its page and place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from fjsen_spider.explain.fact import Fact, Spot
from fjsen_spider.explain.lines import Line, of_role
from fjsen_spider.extraction.blocks import Block, Kind, Role
from fjsen_spider.extraction.text import squeeze
from fjsen_spider.items import Article, Link, Person

_RUNNING: Final = (Role.LABEL, Role.HEADING, Role.SUBHEADING, Role.PARAGRAPH)
_CREDITING: Final = {
    "dateline": (Role.PARAGRAPH,),
    "body-head": (Role.PARAGRAPH, Role.DECK),
    "body-tail": (Role.PARAGRAPH, Role.DECK),
    "caption": (Role.CAPTION, Role.CREDIT),
}


def body_facts(article: Article, lines: Sequence[Line]) -> Iterator[Fact]:
    """Yield what the bodies give besides pictures and films."""
    yield from _text(article, lines)
    yield from _links(article, lines)
    tables = [one for one in lines if one.block.kind is Kind.TABLE]
    for at, (rows, line) in enumerate(zip(article.tables, tables, strict=True)):
        shown = " / ".join("｜".join(cell or "" for cell in row) for row in rows)
        cells = "".join(cell or "" for row in rows for cell in row)
        yield line.fact(f"tables.{at}", shown, article.provenance["tables"], line.spots(cells))
    if opening := article.dateline:
        first = next(one for one in of_role(lines, Role.PARAGRAPH) if one.block.text.startswith(opening.raw))
        shown = " · ".join(filter(None, (opening.outlet, opening.date_text)))
        yield first.fact("dateline", shown, article.provenance["dateline"], first.spots(opening.raw), opening.raw)


def _text(article: Article, lines: Sequence[Line]) -> Iterator[Fact]:
    """Yield every line of the text: deck, headings, paragraphs."""
    parts = [(f"deck.{at}", value) for at, value in enumerate(article.deck)]
    for at, part in enumerate(article.subsections):
        named = {"heading": part.heading, "subheading": part.subheading}
        parts += [(f"subsections.{at}.{name}", value) for name, value in named.items() if value]
        parts += [(f"subsections.{at}.paragraphs.{number}", value) for number, value in enumerate(part.paragraphs)]
    shown = [*of_role(lines, Role.DECK), *of_role(lines, *_RUNNING)]
    for (key, value), line in zip(parts, shown, strict=True):
        rule = article.provenance.get(key.partition(".")[0])
        yield line.fact(key, value, f"{rule}.{_mark(line.block)}", line.spots(value))


def _mark(block: Block) -> str:
    """Name what a line is and the marks that tell it."""
    marks = {"strong": block.strong, "kai": block.kai, "center": block.center}
    return ".".join((block.role.value, *(mark for mark, given in marks.items() if given)))


def _links(article: Article, lines: Sequence[Line]) -> Iterator[Fact]:
    """Yield what the body offers beside its text."""
    for at, link in enumerate(article.related):
        yield from _link(f"related.{at}", link, lines, article.provenance["related"])
    for at, one in enumerate(article.attachments):
        link = Link(title=one.name, url=one.url)
        yield from _link(f"attachments.{at}", link, lines, article.provenance["attachments"])


def _link(key: str, link: Link, lines: Sequence[Line], rule: str) -> Iterator[Fact]:
    """Yield a link: its words, which markup may have split, and where it leads."""
    line = next((one for one in lines if _offers(one, link)), None)
    if line is not None:
        yield line.fact(key, link.title, rule, _link_spots(line, link.url), link.url)
        if link.label:
            yield _label(f"{key}.label", link.label, line, lines, rule)


def _link_spots(line: Line, url: str) -> tuple[Spot, ...]:
    """Return where a line has the words of a link: behind those of the links before it."""
    found: list[Spot] = []
    rest = line.passage
    for one in line.block.links:
        title = squeeze(one.title)
        spots = line.at(rest.find(title))
        if one.url == url:
            found += spots
        if not spots:
            return ()
        rest = rest.behind(rest.words.find(title) + len(title))
    return tuple(found)


def _offers(line: Line, link: Link) -> bool:
    """Tell whether a line gives a link, or its pieces."""
    titles = [one.title for one in line.block.links if one.url == link.url]
    return bool(titles) and (link.title in titles or "".join(titles) == link.title)


def _label(key: str, label: str, line: Line, lines: Sequence[Line], rule: str) -> Fact:
    """Make the fact of a label, which stands above its links or in their line."""
    offers = [one for one in of_role(lines, Role.OFFER) if one.block.text == label]
    own = next((one for one in offers if _before(one, line, lines)), line)
    return own.fact(key, label, rule, own.spots(label))


def _before(label: Line, line: Line, lines: Sequence[Line]) -> bool:
    """Tell whether a label stands above a line with nothing but links between them."""
    between = lines[lines.index(label) + 1 : lines.index(line)]
    return lines.index(label) < lines.index(line) and all(one.block.role is Role.OFFER for one in between)


def credit_spots(one: Person, lines: Sequence[Line]) -> tuple[Line | None, tuple[Spot, ...]]:
    """Return the line that credits somebody, and where."""
    crediting = [line for line in of_role(lines, *_CREDITING.get(one.where, ())) if one.raw in line.block.text]
    if not crediting:
        return None, ()
    last = one.where == "body-tail"
    line = crediting[-1 if last else 0]
    return line, line.spots(one.raw, last=last)
