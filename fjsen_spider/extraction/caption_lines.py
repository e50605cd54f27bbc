"""Which lines are captions and credits of the pictures and films above them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, islice, takewhile
from operator import attrgetter

from fjsen_spider.extraction.blocks import CAPTION, CREDIT, IMAGE, TABLE, TEXT, VIDEO, Block, Role, set_roles
from fjsen_spider.extraction.captions import is_credit, read_caption
from fjsen_spider.extraction.dateline import dateline_at, read_dateline

_BREAKS, _LONGEST = 2, 200
"""Breaks in a paragraph, and characters of it, that may be a caption by its end."""
_TAKEN_ON = re.compile(r"[（(][^（()）]{0,8}\d日[^（()）]{0,4}摄[)）]。?$")
"""`（8月25日摄）` tells when a picture was taken: no credit, but the mark of a caption."""


def find_captions(blocks: list[Block], *, lone_picture: bool) -> None:
    """Mark captions and lines that are nothing but a picture's credit."""
    first = next((at for at, one in enumerate(blocks) if one.kind is not TEXT), len(blocks))
    if first == len(blocks):
        return
    gallery, opening = _is_gallery(blocks, lone_picture=lone_picture), _opening_run(blocks)
    found: dict[int, Role] = {}
    above: Block | None = None
    pictured = -1
    for at, one in enumerate(blocks[first:], first):
        if one.kind is not TEXT:
            above, pictured = one, one.page if one.kind is IMAGE else pictured
            continue
        begun = one.continued and found.get(at - 1) is CAPTION
        under = above is not None and above.page == one.page and at not in opening and not _is_byline(one)
        if begun or (above is not None and under and (gallery or _is_caption(one, above, _closing(blocks, at)))):
            found[at] = CAPTION
            pictured = -1 if read_caption(one.text).credit else pictured
        elif pictured == one.page and is_credit(one.text) and not _is_byline(one):
            found[at], pictured = CREDIT, -1
        above = None
    set_roles(blocks, found)


def _is_byline(one: Block) -> bool:
    """Tell an ordinary line of who reported and took the pictures (`某报记者 甲乙 摄影报道`): it is the article's."""
    return one.text.endswith("摄影报道") and not (one.center or one.kai) and read_caption(one.text).text is None


def _closing(blocks: Sequence[Block], at: int) -> Block:
    """Return the last line of a short paragraph: a credit behind a break is the whole paragraph's."""
    behind = takewhile(lambda one: one.kind is TEXT and one.continued, islice(blocks, at + 1, at + 2 + _BREAKS))
    lines = [blocks[at], *behind]
    return lines[-1] if len(lines) <= _BREAKS + 1 and sum(len(one.text) for one in lines) <= _LONGEST else lines[0]


def _is_only_credit(line: str) -> bool:
    """Tell a line that is a credit beyond doubt: `（某局 供图）`; what somebody else provides may be anything."""
    caption = read_caption(line)
    sure = caption.role is not None or "供图" in (caption.credit or "") or line[:1] in "（([［【"
    return caption.text is None and caption.credit is not None and sure


def _is_caption(one: Block, above: Block, last: Block) -> bool:
    """Tell by its marks whether the line under a picture or film is its caption; `last` is that of its paragraph."""
    if above.kind is VIDEO and one.text.startswith(("视频：", "视频:")):
        return True
    credited = read_caption(one.text).credit is not None or (last is not one and _is_only_credit(last.text))
    if above.kind is TABLE or read_dateline(one.text) or (one.strong and not credited):
        return False
    return one.center or one.kai or credited or bool(_TAKEN_ON.search(one.text))


def _opening_run(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the uncredited 楷体 lines, two or more, directly above the dateline: they are deck."""
    run: list[int] = []
    if not any(one.kai for one in blocks):
        return frozenset()
    for at in range((dateline_at(blocks) or 0) - 1, -1, -1):
        one = blocks[at]
        if one.kind is not TEXT or not one.kai or read_caption(one.text).credit:
            break
        run.append(at)
    return frozenset(run if len(run) > 1 else [])


def _is_gallery(blocks: Sequence[Block], *, lone_picture: bool) -> bool:
    """Tell whether every page holds only pictures, each followed by at most one paragraph.

    A dateline makes it a report with pictures.
    """
    pictures = sum([one.kind is IMAGE for one in blocks])
    if pictures < 2 and not lone_picture:
        return False
    pages = (page for _, page in groupby(blocks, key=attrgetter("page")))
    return all(map(_only_pictures, pages)) and not any(one.kind is TEXT and read_dateline(one.text) for one in blocks)


def _only_pictures(page: Iterable[Block]) -> bool:
    texts, seen = 0, False
    for one in page:
        if one.kind is IMAGE:
            texts, seen = 0, True
        elif one.kind is not TEXT:
            return False
        elif not is_credit(one.text):
            texts += 1
            if texts > 1 or not seen or one.strong:
                return False
    return seen
