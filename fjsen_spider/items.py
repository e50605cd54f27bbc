"""What flows through the project: fetched pages in, the article record out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fjsen_spider.spans import TextSpan, text_spans

SCHEMA_VERSION = "1.0"
ROLES = (
    "author", "reporter", "correspondent", "photographer", "editor",
    "translator", "compiler", "reviewer", "illustrator",
)  # fmt: skip
PLACES = ("byline", "dateline", "body-head", "body-tail", "caption")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """One fetched response, untouched."""

    url: str | None
    """Where it was fetched from; null when a saved page does not tell."""
    body: bytes
    """The payload as sent, after content decoding only."""
    status: int | None = None
    """HTTP status; null when a saved page does not tell."""
    content_type: str | None = None
    """The Content-Type header as sent."""
    retrieved_at: str | None = None
    """When, ISO 8601 with an offset."""
    warc: Mapping[str, Any] | None = None
    """Where the raw response is archived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """All fetched pages of one article: what the spider yields."""

    pages: tuple[RawPage, ...]
    """First page first, then the continuation pages that could be fetched."""
    aliases: tuple[str, ...] = ()
    """URLs under which the same article was met, besides its own."""


def _string(meaning: str | None = None, **extra: Any) -> Any:
    """A nullable string field with a schema.org name and, where given, a pattern or enum."""
    schema = {"schema.org": meaning} if meaning else {}
    return field(default=None, metadata={"json_schema_extra": {**schema, **extra}})


def _list(meaning: str | None = None) -> Any:
    """A list field with a schema.org name."""
    return field(default=(), metadata={"json_schema_extra": {"schema.org": meaning} if meaning else {}})


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whom the article credits."""

    name: str
    """The name, print spacing removed."""
    role: str = field(metadata={"json_schema_extra": {"enum": list(ROLES)}})
    """What the credit says: 记者 reporter, 通讯员 correspondent, 摄 photographer, …"""
    raw: str
    """The words of the page that name the person in this role."""
    where: str = field(metadata={"json_schema_extra": {"enum": list(PLACES)}})
    """The part of the page that carries the credit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The opening of a report: who reports, from when."""

    outlet: str | None
    """东南网, 新华社布鲁塞尔, 厦门日报, …"""
    date_text: str | None
    """The date as shown, without year: 8月14日."""
    raw: str
    """The whole opening, credits in brackets included; it stays in the paragraph's text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """栏目: the column of a channel that the article was published in."""

    id: str | None
    """The CMS's nodeid."""
    name: str | None
    """The CMS's nodename."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subsection:
    """A part of the body under one heading; the lead has none."""

    heading: str | None = None
    """小标题, with its brackets or numbering; null for the lead."""
    subheading: str | None = None
    """Second line of a two-line heading."""
    level: int = 0
    """0 the lead, 1 a heading, 2 a heading under a boxed or labelled one."""
    paragraphs: tuple[str, ...] = ()
    """Running text, in order."""
    images: tuple[int, ...] = ()
    """Indices into the record's images."""
    start: int = 0
    """Offset of its first character (heading included) in text, in code points."""
    end: int = 0
    """Offset behind its last character in text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of the body."""

    url: str
    """Absolute address."""
    caption: str | None = None
    """图注, without the credit; never also a paragraph."""
    credit: str | None = None
    """Who made or gave it, as shown, without 摄."""
    alt: str | None = None
    """The alt text, where the page has one."""
    page: int | None = 1
    """The article page that carries it; null when only a full-text page does, which does not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """A film of the body."""

    url: str | None
    """Address of the film, or of its player; null when only a caption tells of it."""
    caption: str | None = None
    """Its caption."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that the page offers beside its text."""

    title: str
    """The words of the link."""
    url: str
    """Absolute address."""
    label: str | None = field(default=None, metadata={"json_schema_extra": {"x-optional": True}})
    """The label that opens a group of links (相关阅读：, …主要稿件：), with its first link only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A document offered for download."""

    url: str
    """Absolute address."""
    name: str
    """The words of its link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """How many pages the article has and how many of them are in the record."""

    total: int = 1
    """As the pager says."""
    fetched: int = 1
    """Pages whose text the record carries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How the bytes became text."""

    declared: str | None
    """By the HTTP header, or else by the page."""
    used: str
    """The codec that decoded what was read of the page."""
    replacements: int = 0
    """Characters of it that were lost to U+FFFD; more than 0 is flagged in warnings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of the portal: one line of the JSON Lines."""

    schema_version: str = SCHEMA_VERSION
    """Version of this contract."""
    kind: str = field(default="article", metadata={"json_schema_extra": {"enum": ["article", "tombstone"]}})
    """`article`, or `tombstone` for one that the site took down."""
    id: str | None = _string("identifier", pattern=r"^fjsen:\d+$")
    """`fjsen:<content id>`; the content id is site-wide. null for a page that is not of the portal."""
    url: str | None = _string("url")
    """Canonical address: http, without /wap/, continuation suffix and query. null when a saved page does not tell."""
    aliases: tuple[str, ...] = _list("sameAs")
    """Other addresses under which it was met (another host, /wap/), http and without query."""
    title: str | None = _string("headline")
    """The visible headline, without site or channel suffix."""
    deck: tuple[str, ...] = _list("alternativeHeadline")
    """Print headlines above the first paragraph (引题, 主题, 副题, 原标题 without its label), in page order."""
    summary: str | None = _string("abstract")
    """导语 or 摘要, where the template has one."""
    date: str | None = _string("datePublished", pattern=r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?\+08:00)?$")
    """Publication time, ISO 8601 at +08:00, as precise as the page is."""
    date_raw: str | None = _string()
    """The publication time as shown."""
    authors: tuple[str, ...] = _list("author")
    """People of the byline's author slot, or else of the CMS comment, in order; editors never."""
    source: str | None = _string("sourceOrganization")
    """来源: the outlet that the text comes from."""
    source_url: str | None = _string("isBasedOn")
    """The link of the source, when it has one."""
    editors: tuple[str, ...] = _list("editor")
    """责任编辑: every one, in order."""
    byline_raw: str | None = _string()
    """The whole byline as shown."""
    people: tuple[Person, ...] = _list("contributor")
    """Everyone credited, with role and place."""
    dateline: Dateline | None = field(default=None, metadata={"json_schema_extra": {"schema.org": "dateline"}})
    """The opening of the report, where it has one."""
    channel: str | None = _string("isPartOf")
    """频道: the host's label (`fjnews`, `xm`, …)."""
    column: Column | None = field(default=None, metadata={"json_schema_extra": {"schema.org": "articleSection"}})
    """栏目, out of the CMS comment."""
    breadcrumb: tuple[str, ...] = _list("WebPage.breadcrumb")
    """您所在的位置, without 正文."""
    keywords: tuple[str, ...] = _list("keywords")
    """Of the CMS comment or the page's meta, split on spaces and commas."""
    subsections: tuple[Subsection, ...] = _list("hasPart")
    """The body, flat, in reading order."""
    images: tuple[Image, ...] = _list("image")
    """Pictures in reading order."""
    videos: tuple[Video, ...] = _list("video")
    """Films of the body."""
    tables: tuple[tuple[tuple[str | None, ...], ...], ...] = _list()
    """Tables of the body: rows of cells; an empty cell is null."""
    attachments: tuple[Attachment, ...] = _list("associatedMedia")
    """Documents offered by the body."""
    related: tuple[Link, ...] = _list("WebPage.relatedLink")
    """Links that the body offers beside its text (相关阅读, 延伸阅读, …); never in paragraphs."""
    text: str | None = _string("articleBody")
    """Deck, headings and paragraphs joined by newlines; no captions, related links or table cells."""
    pages: Pages = field(default_factory=Pages, metadata={"json_schema_extra": {"schema.org": "pagination"}})
    """Pages of the article, and how many the record carries."""
    complete: bool = True
    """False when a page of the article is missing."""
    layout: str | None = _string()
    """The template that matched."""
    provenance: Mapping[str, str] = field(default_factory=dict)
    """`{field: rule}`: which rule gave each field that was read; parts have keys such as `images.0.caption`."""
    warnings: tuple[str, ...] = ()
    """Slugs of what is doubtful about the record."""
    encoding: Encoding | None = None
    """How the bytes became text."""
    retrieved_at: str | None = _string()
    """When the first page was fetched."""
    status: int | None = None
    """HTTP status of the first page, where a server answered."""
    warc: Mapping[str, Any] | None = None
    """Where the raw bytes are archived: `file`, `offset` and `length` of the WARC record."""
    content_sha256: str | None = _string(pattern="^[0-9a-f]{64}$")
    """SHA-256 of title, text and captions joined by newlines (UTF-8): what counts as a revision."""
    revision: int = 1
    """1 for the first version seen, then counting."""
    first_seen: str | None = _string()
    """When the article was first fetched."""
    changed_fields: tuple[str, ...] = ()
    """What differs from the previous revision."""

    def spans(self) -> tuple[TextSpan, ...]:
        """Return where each line of `text` stands, in order: deck, headings and paragraphs, a newline between two."""
        return tuple(text_spans(self.deck, self.subsections))
