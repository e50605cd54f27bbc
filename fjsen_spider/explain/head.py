"""Facts of the first page outside the running text: address, headline, byline, frame, CMS comment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from fjsen_spider.explain.fact import Fact, Spot
from fjsen_spider.explain.passage import Passage, join, merged, read_source
from fjsen_spider.explain.source import Source
from fjsen_spider.explain.watermark import Span
from fjsen_spider.extraction.layouts import BREADCRUMB
from fjsen_spider.extraction.layouts.layout import META_KEYWORDS
from fjsen_spider.extraction.text import collapse, string_of
from fjsen_spider.items import Article, Person
from fjsen_spider.urls import absolute

_LABELS: Final = {"authors": "作者[：:]", "source": "(?:来源|稿源)[：:]", "editors": "(?:责任编辑|责编|编辑)[：:]"}
"""In a byline without slots a value stands behind its label."""
_LISTS: Final = ("authors", "editors", "breadcrumb", "keywords")
_WITNESS: Final = {"author": "authors", "editor": "editors"}


class Head:
    """The record's fields that the first page gives outside of its body."""

    def __init__(self, article: Article, source: Source) -> None:
        self.article, self.source = article, source
        self.rules = article.provenance

    def facts(self) -> Iterator[Fact]:
        """Yield the facts, in no order."""
        yield from self.address()
        yield from self.plain()
        yield from self.lists()
        if self.article.column:
            for name, value in (("id", self.article.column.id), ("name", self.article.column.name)):
                if value:
                    spans = self.source.comment(f"node{name}").find(value)
                    yield self.fact(f"column.{name}", value, spans)

    def address(self) -> Iterator[Fact]:
        """Yield what the page's address tells."""
        article, address = self.article, self.source.page.raw.url or ""
        whole = read_source(address, Span(0, len(address)))
        host = whole.behind(whole.words.find("://") + 3)
        if article.id:
            yield self.fact("id", article.id, whole.find(article.id.rpartition(":")[2]))
        if article.url:
            yield self.fact("url", article.url, whole.everything(), address)
        if article.channel:
            yield self.fact("channel", article.channel, host.find(article.channel))
        if article.date and self.rules.get("date") == "url":
            year_month, _, day = article.date.rpartition("-")
            yield self.fact("date", article.date, whole.find(f"{year_month}/{day}"))

    def plain(self) -> Iterator[Fact]:
        """Yield the fields of one value."""
        article = self.article
        for name in ("title", "summary", "source", "byline_raw"):
            if value := getattr(article, name):
                yield self.fact(name, value, self.find(name, value), self.raw(name))
        if article.date and self.rules.get("date") != "url":
            spans = self.find("date", article.date_raw or "")
            yield self.fact("date", article.date, spans, article.date_raw)
        if article.source_url:
            yield self.fact("source_url", article.source_url, self.linked(article.source_url))

    def lists(self) -> Iterator[Fact]:
        """Yield the names and words of the lists."""
        for name in _LISTS:
            for at, value in enumerate(getattr(self.article, name)):
                yield self.fact(f"{name}.{at}", value, self.find(name, value), self.raw(name))

    def person(self, one: Person) -> tuple[Span, ...]:
        """Return where the byline credits somebody."""
        field = _WITNESS.get(one.role, "byline_raw")
        return self.passage(field).find_word(one.raw, self.source.text) or self.find(field, one.name)

    def fact(self, key: str, value: str, spans: tuple[Span, ...], raw: str | None = None) -> Fact:
        """Make a fact of the first page."""
        rule = self.rules.get(key.partition(".")[0])
        in_address = rule == "url"
        places = merged(spans, "" if in_address else self.source.text)
        return Fact(
            key=key,
            value=value,
            rule=rule,
            raw=raw if raw != value else None,
            page=self.source.number,
            spots=tuple(Spot(0, span, in_address) for span in places),
        )

    def find(self, field: str, value: str) -> tuple[Span, ...]:
        """Return where the rule of a field found a value; what no slot gives, where the page says it once."""
        passage = self.passage(field)
        if label := re.search(_LABELS[field], passage.words) if field in _LABELS else None:
            passage = passage.behind(label.end())
        found = passage.find_word(value, self.source.text) if field in _LISTS else passage.find(value)
        without_slot = self.rules.get(field, "").startswith("generic:")
        return found or (self.source.anywhere.find_word(value, self.source.text) if without_slot else ())

    def passage(self, field: str) -> Passage:
        """Return what the rule of a field read."""
        place, _, name = self.rules.get(field, "").partition(":")
        if place == "comment":
            return self.source.comment(name)
        if place == "chrome":
            return join(map(self.source.element, (node for find in BREADCRUMB for node in find(self.source.landmarks))))
        if place == "meta":
            found = META_KEYWORDS(self.source.tree)
            return self.source.attribute(found[0].getparent(), "content") if found else Passage()
        if name not in self.source.slots:
            return self.headline() if field == "title" else self.source.anywhere.narrowed(self.article.byline_raw)
        beside = self.source.tail(name) if name == "editors" else Passage()
        return join((self.source.element(self.source.slots[name]), beside))

    def headline(self) -> Passage:
        """Return the heading that says the title, where the layout has no slot for it."""
        headings = [one for one in self.source.tree.iter("h1", "h2") if string_of(one) == self.article.title]
        return self.source.element(headings[0]) if len(headings) == 1 else self.source.anywhere

    def raw(self, field: str) -> str | None:
        """Return what the rule of a field read, as the page shows it."""
        place, _, name = self.rules.get(field, "").partition(":")
        if place == "comment":
            return self.source.page.comment.get(name)
        if name == "byline":
            return self.article.byline_raw
        node = self.source.slots.get(name)
        if node is None or name == "title":
            return None
        return collapse(f"{string_of(node)} {node.tail or ''}") if name == "editors" else string_of(node)

    def linked(self, url: str) -> tuple[Span, ...]:
        """Return where the byline gives an address."""
        slot = "source" if "source" in self.source.slots else "byline"
        for link in self.source.within(slot, "a"):
            if absolute(self.source.page.raw.url, link.get("href") or "") == url:
                return self.source.attribute(link, "href").everything()
        return ()
