"""Which lines are deck and which are headings: the rulings on bold and 楷体 lines."""

from __future__ import annotations

import re

from fjsen_spider.extraction.blocks import (
    DECK,
    HEADING,
    LABEL,
    PARAGRAPH,
    SUBHEADING,
    TEXT,
    Block,
    Role,
    lines,
    set_roles,
)
from fjsen_spider.extraction.credit_lines import is_credited
from fjsen_spider.extraction.dateline import dateline_at

_SENTENCE = re.compile(r"[。！!][”’」』）)\]】]*$")
_ORDINAL = re.compile(
    r"(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．，]|[一二三四五六七八九十]是|第[一二三四五六七八九十]{1,3}[、，：: ]"
    r"|其[一二三四五]|[（(]?\d{1,2}(?:[）)、]|[.．](?!\d))|[①-⑳])"
)
EDITORIAL = re.compile(r"[【（(]?(?:编者按|编者的话|编者注|编前语|开栏的话)")
_NOTE = re.compile(r"[（(]?编者按[）)]?[：:]?")
"""The label of an editor's note, which is a paragraph."""
_ORIGINAL = re.compile(r"(?P<open>[（(【])?原(?:标题|题)\s?[：:]\s?(?P<title>.+?)(?(open)[）)】]|)$")


def find_deck(blocks: list[Block]) -> None:
    """Mark the headline lines above the first paragraph; 原标题：… is deck wherever it stands, without its label."""
    marked = False
    for at, one in enumerate(blocks):
        if "原" in one.text[:2]:
            blocks[at] = _unlabelled(one)
        marked = marked or one.strong or one.kai
    if not marked:
        return
    dateline = dateline_at(blocks)
    block = _top_block(blocks, dateline)
    if block and (dateline is not None or not _comes_again(blocks, block)):
        set_roles(blocks, dict.fromkeys(block, DECK))


def find_headings(blocks: list[Block]) -> None:
    """Mark headings and their second lines among the paragraphs that are left."""
    if not any(one.strong for one in blocks):
        return
    found: dict[int, Role] = {}
    above: Role | None = None
    for at, one in enumerate(blocks):
        role = one.role if one.kind is TEXT else None
        if role is PARAGRAPH and (one.strong or above is HEADING) and not _is_text(one.text):
            role = found[at] = _heading_role(one, above)
        above = role
    set_roles(blocks, found)


def _unlabelled(one: Block) -> Block:
    if one.role is not PARAGRAPH or one.kind is not TEXT:
        return one
    match = _ORIGINAL.match(one.text)
    return one._replace(role=DECK, text=match["title"]) if match else one


def _top_block(blocks: list[Block], dateline: int | None) -> list[int]:
    """Return the headline lines that open the article, an editor's note and credits left out.

    Without a dateline a whole sentence ends the block: it is a paragraph.
    """
    block: list[int] = []
    note = False
    for at, one in enumerate(blocks):
        if one.kind is not TEXT or one.role not in (PARAGRAPH, LABEL):
            continue
        marked = one.strong or one.kai or (bool(block) and one.text.startswith("——"))
        if at == dateline or one.role is LABEL or not marked or _ORDINAL.match(one.text):
            break
        if is_credited(one.text):
            if block and dateline is None:
                break
            continue
        note = bool(EDITORIAL.match(one.text)) or (note and one.kai and not one.strong)
        if not note and dateline is None and _is_sentence(one.text):
            break
        if not note:
            block.append(at)
    return block


def _comes_again(blocks: list[Block], block: list[int]) -> bool:
    """Tell whether a block of the same form (markup, number of lines) stands further down: then it is a heading."""
    below = [
        at
        for at in lines(blocks)
        if at > block[-1] and _is_heading_line(one := blocks[at]) and not is_credited(one.text)
    ]
    form = [_form(blocks[at]) for at in block[: len(below) + 1]]
    run: list[tuple[bool, bool]] = []
    last = -1
    for at in below:
        if last >= 0 and at != last + 1:
            if run == form:
                return True
            run = []
        run.append(_form(blocks[at]))
        last = at
    return run == form


def _is_text(line: str) -> bool:
    """Tell credits and the label of an editor's note: they stay in the text, however bold they are."""
    return is_credited(line) or _NOTE.fullmatch(line) is not None


def _is_sentence(text: str) -> bool:
    return bool(_SENTENCE.search(text[-8:]))


def _form(one: Block) -> tuple[bool, bool]:
    return one.strong, one.kai


def _is_heading_line(one: Block) -> bool:
    return one.strong and (not _is_sentence(one.text) or bool(_ORDINAL.match(one.text)))


def _heading_role(one: Block, above: Role | None) -> Role:
    named = one.text.endswith(("：", ":"))  # a speaker's name, over words of his own
    second = one.text.startswith("——") or (one.strong and not named and not _ORDINAL.match(one.text))
    if above is HEADING and second:
        return SUBHEADING
    return HEADING if _is_heading_line(one) else PARAGRAPH
