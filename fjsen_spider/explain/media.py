"""Facts of pictures and films: their tags, and the lines that caption and credit them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from fjsen_spider.explain.fact import Fact, Spot
from fjsen_spider.explain.lines import Line
from fjsen_spider.extraction.blocks import Kind, Role
from fjsen_spider.extraction.captions import read_caption
from fjsen_spider.extraction.layouts.layout import Element
from fjsen_spider.items import Article, Image, Video

_FILMS = ("embed", "iframe", "object", "param", "source", "video", "span")


@dataclass(slots=True)
class _Medium:
    """A picture or film, and the lines below that are its own or its run's."""

    line: Line
    captions: list[Line] = field(default_factory=list)
    credits: list[Line] = field(default_factory=list)
    tag: Element | None = None

    def place(self) -> tuple[Spot, ...]:
        """Return where its tag stands."""
        span = self.line.source.tag(self.tag) if self.tag is not None else None
        return self.line.at([span]) if span else ()


def media_facts(article: Article, lines: Sequence[Line]) -> Iterator[Fact]:
    """Yield pictures and films with what stands under them."""
    pictures, films = _gather(lines)
    _find_tags(pictures, ("img",))
    _find_tags(films, _FILMS)
    for at, (image, medium) in enumerate(zip(article.images, pictures, strict=True)):
        yield from _picture(f"images.{at}", image, medium, article)
    for at, (video, medium) in enumerate(zip(article.videos, films, strict=True)):
        yield from _film(f"videos.{at}", video, medium, article.provenance.get("videos"))


def _gather(lines: Sequence[Line]) -> tuple[list[_Medium], list[_Medium]]:
    """Return pictures and films with the lines below them: a caption is the last picture's, a credit each one's."""
    pictures: list[_Medium] = []
    films: list[_Medium] = []
    run: list[_Medium] = []
    last: Kind | None = None
    for line in lines:
        block = line.block
        if block.kind is Kind.IMAGE and block.url:
            pictures.append(_Medium(line))
            run = [*run, pictures[-1]] if last is Kind.IMAGE else [pictures[-1]]
        elif block.kind is Kind.VIDEO:
            films.append(_Medium(line))
        elif block.role is Role.CAPTION and last is Kind.VIDEO:
            films[-1].captions.append(line)
            continue
        elif block.role is Role.CAPTION and pictures:
            pictures[-1].captions.append(line)
            _add(line, run)
        elif block.role is Role.CREDIT:
            _add(line, (one for one in pictures if one.line.block.page == block.page))
        last = block.kind
    return pictures, films


def _add(credit: Line, media: Iterable[_Medium]) -> None:
    for one in media:
        one.credits.append(credit)


def _find_tags(media: Sequence[_Medium], tags: tuple[str, ...]) -> None:
    """Find the element of each picture or film: they stand in the source in the order of the record."""
    for source in {id(one.line.source): one.line.source for one in media}.values():
        nodes = list(source.within("body", *tags))
        for one in media:
            if one.line.source is source:
                at = next((at for at, node in enumerate(nodes) if _names(node, one.line.block.url)), None)
                one.tag, nodes = (nodes[at], nodes[at + 1 :]) if at is not None else (None, nodes)


def _names(node: Element, url: str | None) -> bool:
    """Tell whether an element's attributes name the file of an address; a film's stands among its player's variables."""
    file = unquote((url or "").rpartition("/")[2])
    named = re.compile(rf"(?<![\w.-]){re.escape(file)}(?![\w.])")
    return bool(file) and any(named.search(unquote(value)) for name, value in node.attrib.items() if name != "alt")


def _picture(key: str, image: Image, medium: _Medium, article: Article) -> Iterator[Fact]:
    line, rules = medium.line, article.provenance
    yield line.fact(key, image.url, rules.get("images"), medium.place())
    if image.alt:
        words = line.source.attribute(medium.tag, "alt") if medium.tag is not None else None
        yield line.fact(f"{key}.alt", image.alt, rules.get("images"), line.at(words.find(image.alt)) if words else ())
    if image.caption:
        told = [(one, read_caption(one.block.text).text) for one in medium.captions]
        yield _caption(f"{key}.caption", image.caption, told, medium, rules.get(f"{key}.caption"))
    if image.credit:
        fits = (one for one in medium.credits if read_caption(one.block.text).credit == image.credit)
        credited = next(fits, line)
        raw = credited.block.text if credited is not line else None
        signed = read_caption(credited.block.text).signature  # a 摄 in brackets is no part of the credit
        spots = credited.spots(image.credit, last=True) or credited.spots(signed, last=True)
        yield credited.fact(f"{key}.credit", image.credit, rules.get(f"{key}.credit"), spots, raw)


def _film(key: str, video: Video, medium: _Medium, rule: str | None) -> Iterator[Fact]:
    if video.url:
        yield medium.line.fact(key, video.url, rule, medium.place())
    if video.caption:
        told = [(one, one.block.text) for one in medium.captions]
        yield _caption(f"{key}.caption", video.caption, told, medium, rule)


def _caption(
    key: str, caption: str, told: Sequence[tuple[Line, str | None]], medium: _Medium, rule: str | None
) -> Fact:
    """Make the fact of a caption, which may run over several lines."""
    parts = [(line, words) for line, words in told if words]
    sure = " ".join(words for _, words in parts) == caption
    places = [_caption_spots(line, words) for line, words in parts] if sure else []
    spots = tuple(spot for place in places for spot in place) if all(places) else ()
    raw = " ".join(line.block.text for line, _ in told)
    return (parts[0][0] if parts else medium.line).fact(key, caption, rule, spots, raw)


def _caption_spots(line: Line, words: str) -> tuple[Spot, ...]:
    """Return where a line says a caption; its full stop may stand behind the credit."""
    return line.spots(words) or (line.spots(words[:-1]) + line.spots(words[-1], last=True) if words[-1] == "。" else ())
