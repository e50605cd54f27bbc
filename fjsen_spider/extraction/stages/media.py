"""Stage: pictures and films with their captions and credits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fjsen_spider.extraction.blocks import Block, Kind, Role
from fjsen_spider.extraction.captions import read_caption
from fjsen_spider.extraction.draft import Draft
from fjsen_spider.items import Image, Video


def media(draft: Draft) -> Draft:
    """Give the pictures and films of the body the captions and credits that stand under them."""
    images, videos, marks = _pair(draft.blocks)
    draft = draft.fill(draft.first.rule("body"), images=tuple(images), videos=tuple(videos))
    draft = replace(
        draft,
        provenance={**draft.provenance, **{at: draft.first.rule(f"caption.{mark}") for at, mark in marks.items()}},
    )
    relative = any("://" not in one.url for one in images)
    return draft.warn("relative-url") if relative else draft


def _pair(blocks: Sequence[Block]) -> tuple[list[Image], list[Video], dict[str, str]]:
    images: list[Image] = []
    videos: list[Video] = []
    marks: dict[str, str] = {}
    run: list[int] = []
    last: Kind | None = None
    for one in blocks:
        if one.kind is Kind.IMAGE and one.url:
            run = [*run, len(images)] if last is Kind.IMAGE else [len(images)]
            images.append(Image(url=one.url, alt=one.text or None, page=one.page or None))
        elif one.kind is Kind.VIDEO:
            videos.append(Video(url=one.url))
        elif one.role is Role.CAPTION and last is Kind.VIDEO:
            videos[-1] = replace(videos[-1], caption=_joined(videos[-1].caption, one.text))
            continue
        elif one.role is Role.CAPTION and images:
            _caption(images, run, one.text)
            marks[f"images.{len(images) - 1}.caption"] = _mark(one)
        elif one.role is Role.CREDIT:
            _credit(
                images,
                [at for at, image in enumerate(images) if image.page == (one.page or None)],
                read_caption(one.text).credit,
            )
        last = one.kind
    return images, videos, marks


def _mark(one: Block) -> str:
    """Name what tells that a line is a caption."""
    if one.kai:
        return "kai"
    if one.center:
        return "center"
    return "credit" if read_caption(one.text).credit else "gallery"


def _caption(images: list[Image], run: list[int], line: str) -> None:
    """Give the caption to the last picture of a run and the credit to each."""
    caption = read_caption(line)
    images[-1] = replace(images[-1], caption=_joined(images[-1].caption, caption.text))
    _credit(images, run, caption.credit)


def _credit(images: list[Image], which: Sequence[int], credit: str | None) -> None:
    for at in which:
        if credit and images[at].credit is None:
            images[at] = replace(images[at], credit=credit)


def _joined(above: str | None, line: str | None) -> str | None:
    return " ".join(filter(None, (above, line))) or None
