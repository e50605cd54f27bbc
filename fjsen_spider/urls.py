"""The portal's URL grammar: what a URL names, and its canonical form."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

DOMAIN: Final = "fjsen.com"
FULL_TEXT: Final = 0
"""The page number of a full-text page (`_all`, `_0`)."""
EPAPER_HOST: Final = "fjrb.fjsen.com"

_ARTICLE = re.compile(
    r"(?P<day>\d{4}-\d{2}/\d{2})/content_(?P<id>\d{1,12})(?:_(?P<page>\d{1,4}|all))?\.(?:html?|HTML?)", re.ASCII
)
_LISTING = re.compile(
    r"(?P<stem>node_\d{1,12}|(?!content_)[A-Za-z][A-Za-z-]*(?:_[A-Za-z-]+)*)(?:_(?P<page>\d{1,4}))?\.html?", re.ASCII
)
_FRONT = frozenset({"", "index.htm", "index.html"})
_SCHEMELESS = re.compile(
    r"(?:[a-z0-9-]+\.)+(?:com|net|org|cn|tv|cc|hk|tw|info)(?::\d+)?(?:[/?#]|$)", re.IGNORECASE | re.ASCII
)
_FILE_PAGE = re.compile(r"(.*/content_\d+)(?:_(?:\d+|all))?(\.(?:html?|HTML?))", re.ASCII)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)*fjsen\.com", re.ASCII)
_PLAIN = re.compile(
    r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d{1,4})?/(?:[\w./?&=~,;:@!+*()'$-]++|%(?!3[CEce]))*"
)
"""An address that needs no taking apart to be known as one."""
_RELATIVE = re.compile(r"(?P<up>(?:\.\./)*)(?P<path>[\w-][\w.-]*(?:/[\w-][\w.-]*)*)")
_FOLDER = re.compile(r"(?P<site>https?://[\w-]+(?:\.[\w-]+)*)(?P<path>(?:/[\w-][\w.-]*)*/[\w.-]*)", re.ASCII)
_JUNK = re.compile(r"[<>\s\"{}|\\^`]|%3C|%3E", re.IGNORECASE)


class PageKind(StrEnum):
    """What a URL of the portal names."""

    ARTICLE = "article"
    LISTING = "listing"
    """A column page: `node_N` or named. Only the columns of `sites` are crawled as one."""
    FRONT = "front"
    EPAPER = "epaper"
    """The newspaper's own page archive, whose ids are not the portal's."""
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageUrl:
    """A classified URL of the portal."""

    kind: PageKind
    url: str
    """Canonical; an article's is that of its first page."""
    channel: str
    """The host's label: `fjnews`, `xm`, `www`."""
    content_id: str | None = None
    day: date | None = None
    page: int = 1
    """Of an article or listing; 0 a full-text page."""


def _portal(url: str) -> SplitResult | None:
    """Split an http(s) URL on `fjsen.com` or a host of it; None for any other, and for one that cannot be read."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and _HOST.fullmatch(parts.hostname or "") and (parts.port or 80)
    except ValueError:
        return None
    return parts if known else None


def is_portal(url: str) -> bool:
    """Tell whether the URL is http(s) on `fjsen.com` or a host of it."""
    return _portal(url) is not None


def channel(url: str) -> str | None:
    """Return the host's label (`xm` for xm.fjsen.com), None off the portal."""
    parts = _portal(url)
    return _label(parts) if parts else None


def _label(parts: SplitResult) -> str:
    return (parts.hostname or "").removesuffix(DOMAIN).rstrip(".") or "www"


def canonical(url: str) -> str:
    """Return the one form under which a page is known.

    On the portal: http, lower-case host, no `/wap/`, continuation suffix, query or fragment. Elsewhere the URL
    without its fragment.
    """
    parts = _portal(url)
    return _site(parts) + _first_page(_without_wap(_path(parts))) if parts else address(url)


def address(url: str) -> str:
    """Return where a page was met: as `canonical`, but with its `/wap/` and continuation suffix."""
    parts = _portal(url)
    return _site(parts) + _path(parts) if parts else url.partition("#")[0]


def _site(parts: SplitResult) -> str:
    host = parts.hostname or ""
    return f"http://{host}" if parts.port in (None, 80, 443) else f"http://{host}:{parts.port}"


def _path(parts: SplitResult) -> str:
    path = re.sub(r"/{2,}", "/", parts.path) or "/"
    return "/" + urljoin("/", path).removeprefix("/") if "/." in path else path


def _first_page(path: str) -> str:
    continued = _FILE_PAGE.fullmatch(path)
    return continued[1] + continued[2] if continued else path


def _without_wap(path: str) -> str:
    steps = path.split("/")
    return "/".join(step for at, step in enumerate(steps) if step != "wap" or at == len(steps) - 1)


@lru_cache(maxsize=1024)
def classify(url: str) -> PageUrl | None:
    """Tell what a URL names; None when it is not of the portal."""
    parts = _portal(url)
    if parts is None or parts.port not in (None, 80, 443):
        return None
    path = _without_wap(_path(parts))
    first = _first_page(path)
    known = PageUrl(kind=PageKind.OTHER, url=_site(parts) + first, channel=_label(parts))
    if parts.hostname == EPAPER_HOST:
        return replace(known, kind=PageKind.EPAPER)
    if match := _ARTICLE.fullmatch("/".join(path.split("/")[-3:])):
        return _article(known, match)
    directory, _, name = first.rpartition("/")
    if name in _FRONT:
        return replace(known, kind=PageKind.FRONT) if directory == "" else known
    if (match := _LISTING.fullmatch(name)) and not re.search(r"(?:^|&)ID=", parts.query):
        return replace(known, kind=PageKind.LISTING, page=int(match["page"] or 1))
    return known


def _article(known: PageUrl, match: re.Match[str]) -> PageUrl:
    try:
        day = date.fromisoformat(match["day"].replace("/", "-"))
    except ValueError:
        return known
    page = match["page"] or "1"
    number = FULL_TEXT if page == "all" else int(page)
    return replace(known, kind=PageKind.ARTICLE, content_id=str(int(match["id"])), day=day, page=number)


def article_id(url: str | None) -> str | None:
    """Return `fjsen:<content id>` of an article URL of the portal, None of any other."""
    known = classify(url) if url else None
    return f"fjsen:{known.content_id}" if known and known.content_id else None


def content_number(url: str) -> int:
    """Return the content id of an article URL of the portal; raise ValueError for any other."""
    known = classify(url)
    if known is None or known.content_id is None:
        raise ValueError(f"{url} is no article of {DOMAIN}")
    return int(known.content_id)


def absolute(base: str | None, href: str) -> str | None:
    """Resolve an href for a record; None for junk.

    A host written without scheme gets `http://` (`www.fjsen.com`); what is no http(s) address (`#1`,
    `javascript:`, an escaped tag) is junk.
    """
    href = href.strip()
    if _PLAIN.fullmatch(href):
        return href
    if url := _beside(base or "", href):
        return url
    if not href or href.startswith("#") or _JUNK.search(href) or href in ("http://", "https://"):
        return None
    try:
        whole = href.startswith(("http://", "https://"))
        url = href if whole else urljoin(base or "", "http://" + href if _SCHEMELESS.match(href) else href)
        parts = urlsplit(url)
        readable = parts.hostname and (parts.port or 80)  # reading the port raises on `http://host:x/`
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and readable else None


def _beside(base: str, href: str) -> str | None:
    """Resolve a plain relative path as `urljoin` does, only quicker; None for an href of any other form."""
    relative, folder = _RELATIVE.fullmatch(href), _folder(base)
    if relative is None or folder is None or _SCHEMELESS.match(href):
        return None
    site, *steps = folder
    return "/".join((site, *steps[: max(0, len(steps) - relative["up"].count("/"))], relative["path"]))


@lru_cache(maxsize=64)
def _folder(base: str) -> tuple[str, ...] | None:
    """Return site and folders of a plain address; None for one with dots, empty steps or a query in it."""
    match = _FOLDER.fullmatch(base)
    return (match["site"], *match["path"].split("/")[1:-1]) if match else None


def follow(base: str, href: str) -> PageUrl | None:
    """Classify a link of a page for the crawl; None for junk, hosts without scheme and what is off the portal."""
    url = None if _SCHEMELESS.match(href.strip()) else absolute(base, href)
    return classify(url) if url else None
