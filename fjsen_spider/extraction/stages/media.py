"""Stage: pictures and films with their captions and credits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fjsen_spider.extraction.blocks import CAPTION, CREDIT, IMAGE, PARAGRAPH, TEXT, VIDEO, Block
from fjsen_spider.extraction.captions import read_caption
from fjsen_spider.extraction.draft import Draft
from fjsen_spider.items import Image, Video


def media(draft: Draft) -> Draft:
    """Give the pictures and films of the body the captions and credits that stand under them."""
    shown = _pair(draft.blocks)
    pictures = [one for one in shown if one.block.kind is IMAGE]
    images = tuple(
        Image(
            url=one.block.url or "",
            caption=one.caption,
            credit=one.credit,
            alt=one.block.text or None,
            page=one.block.page or None,
        )
        for one in pictures
    )
    videos = tuple(Video(url=one.block.url, caption=one.caption) for one in shown if one.block.kind is VIDEO)
    found = draft.open()
    found.fill(draft.first.rule("body"), images=images, videos=videos)
    found.provenance.update(_rules(draft, pictures))
    if any("://" not in one.url for one in images):
        found.warn("relative-url")
    return found.close()


def _rules(draft: Draft, pictures: Sequence[_Shown]) -> dict[str, str]:
    """Return which rule gave each caption and credit."""
    rule = draft.first.rule
    captions = {f"images.{at}.caption": rule(f"caption.{one.mark}") for at, one in enumerate(pictures) if one.mark}
    credits = {
        f"images.{at}.credit": rule(f"caption.{one.credit_mark}") for at, one in enumerate(pictures) if one.credit_mark
    }
    return captions | credits


@dataclass(slots=True)
class _Shown:
    """A picture or film with what stands under it."""

    block: Block
    lines: list[str] = field(default_factory=list)
    credit: str | None = None
    mark: str | None = None
    """What told that the line is a caption."""
    credit_mark: str | None = None

    @property
    def caption(self) -> str | None:
        return " ".join(self.lines) or None


def _pair(blocks: Sequence[Block]) -> list[_Shown]:
    """Give each picture and film the lines under it: a caption to the last of a run, a credit to each of it."""
    shown: list[_Shown] = []
    run: list[_Shown] = []
    uncredited: list[_Shown] = []
    fresh = False
    for one in blocks:
        if one.role is PARAGRAPH and one.kind is TEXT:
            fresh = False
            continue
        if one.kind in (IMAGE, VIDEO):
            shown.append(_Shown(one))
            run = run if fresh and run[-1].block.kind is one.kind else []
            run.append(shown[-1])
            if uncredited and uncredited[0].block.page != one.page:
                uncredited = []
            uncredited += [shown[-1]] if one.kind is IMAGE else []
        elif one.role is CAPTION and run and run[-1].block.kind is VIDEO:
            run[-1].lines.append(one.text)
        elif one.role is CAPTION and run:
            caption = read_caption(one.text)
            run[-1].lines += [caption.text] if caption.text else []
            run[-1].mark = run[-1].mark or (_mark(one) if caption.text else None)
            _credit(run, caption.credit, _mark(one))
        elif one.role is CREDIT:
            _credit(uncredited, read_caption(one.text).credit, "credit")
            uncredited = []
        fresh = one.kind in (IMAGE, VIDEO)
    return shown


def _credit(shown: Sequence[_Shown], credit: str | None, mark: str) -> None:
    for one in shown:
        if credit and one.credit is None:
            one.credit, one.credit_mark = credit, mark


def _mark(one: Block) -> str:
    """Name what tells that a line is a caption."""
    if one.kai:
        return "kai"
    if one.center:
        return "center"
    return "credit" if read_caption(one.text).credit else "gallery"
