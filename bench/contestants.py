"""Who runs: our extract(), what it costs merely to parse a page, and the published extractors.

Each maker imports its library when asked for. It returns what is timed, a function of a page, and what reads the
fields off its result; a parser gives none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a contestant says of a page; None where it has no such field."""

    title: str | None = None
    date: str | None = None
    source: str | None = None
    editors: str | None = None
    authors: str | None = None
    headings: tuple[str, ...] | None = None
    captions: tuple[str, ...] | None = None
    body: str = ""


Run: TypeAlias = Callable[[Page], Any]
Read: TypeAlias = Callable[[Any], Found]
Contestant: TypeAlias = tuple[Run, Read | None]
REFERENCE = "lxml"


def lxml() -> Contestant:
    """The measure: `lxml.html` parsing the page's bytes, told their encoding."""
    import lxml.html

    parsers = {codec: lxml.html.HTMLParser(encoding=codec) for codec in ("utf-8", "gb18030")}
    return lambda page: lxml.html.document_fromstring(page.raw, parser=parsers[page.codec]), None


def ours() -> Contestant:
    """extract() on the bytes, as any caller uses it."""
    from fjsen_spider.extraction import extract
    from fjsen_spider.items import Article, RawPage

    def read(article: Article) -> Found:
        return Found(
            title=article.title,
            date=article.date,
            source=article.source,
            editors=" ".join(article.editors),
            authors=" ".join(article.authors),
            headings=tuple(line for part in article.subsections for line in (part.heading, part.subheading) if line),
            captions=tuple(image.caption for image in article.images if image.caption),
            body=article.text or "",
        )

    return lambda page: extract(RawPage(url=page.url, body=page.raw)), read


def selectolax() -> Contestant:
    """The quickest parser at hand, on decoded text."""
    from selectolax.lexbor import LexborHTMLParser

    return lambda page: LexborHTMLParser(page.text), None


def resiliparse() -> Contestant:
    """A quick parser for archives, told the encoding."""
    from resiliparse.parse.html import HTMLTree

    return lambda page: HTMLTree.parse_from_bytes(page.raw, page.codec), None


def trafilatura() -> Contestant:
    """With everything on that its documentation offers for metadata and structure."""
    from trafilatura import bare_extraction

    dates = {"original_date": True, "extensive_search": True, "outputformat": "%Y-%m-%d %H:%M"}
    signs = re.compile(r"!\[[^\]]*\]\([^)]*\)|[|]|\*\*|^#+ |^- ", re.MULTILINE)  # its Markdown is no text of the page

    def run(page: Page) -> Any:
        return bare_extraction(
            page.text,
            url=page.url,
            with_metadata=True,
            include_comments=False,
            include_formatting=True,
            include_images=True,
            date_extraction_params=dates,
        )

    def read(told: Any) -> Found:
        return Found(
            title=told.title,
            date=told.date,
            source=told.sitename,
            authors=told.author,
            headings=tuple("".join(head.itertext()) for head in told.body.iter("head")),
            captions=tuple(picture.get("alt") or "" for picture in told.body.iter("graphic")),
            body=signs.sub("", told.text),
        )

    return run, read


def gne() -> Contestant:
    """The extractor made for Chinese news pages, without hints."""
    from gne import GeneralNewsExtractor
    from gne.exceptions import NoContentException

    extractor = GeneralNewsExtractor()

    def run(page: Page) -> Any:
        try:
            return extractor.extract(page.text, host=page.url)
        except NoContentException:  # it finds no text in some fragments
            return {}

    def read(told: Any) -> Found:
        return Found(
            title=told.get("title", ""),
            date=told.get("publish_time", ""),
            authors=told.get("author", ""),
            body=told.get("content", ""),
        )

    return run, read


def newspaper4k() -> Contestant:
    """With its Chinese language pack."""
    from newspaper import Article

    def run(page: Page) -> Any:
        article = Article(page.url, language="zh", fetch_images=False)
        article.download(input_html=page.text)
        article.parse()
        return article

    def read(told: Any) -> Found:
        return Found(
            title=told.title,
            date=str(told.publish_date or ""),
            source=told.meta_site_name,
            authors=" ".join(told.authors),
            body=told.text,
        )

    return run, read


def fundus() -> Contestant:
    """With a parser of our own for the portal: Fundus has none, and no mode without one."""
    from fundus_parser import PROXY

    def run(page: Page) -> Any:
        return PROXY().parse(page.text, error_handling="suppress")

    def read(told: Any) -> Found:
        body = told.get("body")
        return Found(
            title=told.get("title"),
            date=str(told.get("publishing_date") or ""),
            authors=" ".join(told.get("authors") or ()),
            headings=tuple(line for part in body.sections for line in part.headline) if body else (),
            captions=tuple(image.caption or "" for image in told.get("images") or ()),
            body=str(body or ""),
        )

    return run, read


MAKERS: dict[str, Callable[[], Contestant]] = {
    maker.__name__: maker for maker in (lxml, ours, selectolax, resiliparse, trafilatura, gne, newspaper4k, fundus)
}
