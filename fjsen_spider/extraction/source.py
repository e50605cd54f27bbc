"""What is read of a page, in UTF-8: the article's region where it is certain, or else all of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from fjsen_spider.extraction.cut import cut
from fjsen_spider.extraction.encoding import as_declared, declared, losses, to_utf8, without_control
from fjsen_spider.extraction.scan import COMMENT, Found, scan
from fjsen_spider.items import Encoding, RawPage

WHOLE_BELOW: Final = 8_000
"""Bytes under which a page is read whole: there is nothing to gain."""
_OPENING: Final = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The markup that is to be parsed."""

    markup: bytes
    comments: str
    """The CMS comments; all of the markup where they have another form than usual."""
    encoding: Encoding
    warnings: tuple[str, ...]


def read_region(raw: RawPage) -> Source | None:
    """Read the article's region; None where the page does not name it, or the region is not in the declared charset."""
    if len(raw.body) < WHOLE_BELOW:
        return None
    words, left_open = scan(raw.body)
    if (region := cut(raw.body, words)) is None:
        return None
    label = declared(raw.body, raw.content_type)
    if (told := as_declared(region, label)) is None:
        return None
    markup, codec = told
    lost, warnings = losses(markup)
    return Source(
        markup=without_control(markup),
        comments=_comments(raw.body, words).decode(codec) or markup.decode(),
        encoding=Encoding(declared=label, used=codec, replacements=lost),
        warnings=warnings + _cut_short(raw.body, left_open=left_open),
    )


def read_whole(raw: RawPage) -> Source:
    """Read all of a page; never fails, whatever the bytes are."""
    page, encoding, warnings = to_utf8(raw.body, raw.content_type)
    words, left_open = scan(page)
    markup = without_control(page)
    return Source(
        markup=markup,
        comments=(_comments(page, words) or markup).decode(),
        encoding=encoding,
        warnings=warnings + _cut_short(page, left_open=left_open),
    )


def _comments(page: bytes, words: Iterable[Found]) -> bytes:
    return without_control(b"".join([page[one.start : one.end] for one in words if one.role == COMMENT]))


def _cut_short(page: bytes, *, left_open: bool) -> tuple[str, ...]:
    """Warn of a whole page without its end tag, and of one that ends inside a comment or script."""
    whole = b"<html" in page[:_OPENING].lower()
    has_end = b"</html" in page[-_OPENING:].lower() or b"</html" in page.lower()
    return ("cut-short",) if left_open or (whole and not has_end) else ()
