"""Which lines are links beside the text, and which are labels over links or over prose."""

from __future__ import annotations

import re

from fjsen_spider.extraction.blocks import (
    ATTACHMENT,
    EMPTY_LABEL,
    LABEL,
    LEFT_OUT,
    OFFER,
    PARAGRAPH,
    PICTURE_LINK,
    RELATED,
    SPECIAL,
    TEXT,
    Block,
    Role,
    set_roles,
)
from fjsen_spider.extraction.credit_lines import is_credited

_LABEL = re.compile(
    r"[【\[［>＞■◆●▶]*\s?(?P<name>新闻回放|回放|新闻链接|相关链接|链接|相关阅读|相关新闻|相关报道|延伸阅读|推荐阅读|更多阅读|新闻多看点)"
    r"\s?[】\]］]*\s?[：:＞>]*"
)
_ENDS = frozenset("放接读闻道点】]］：:＞>")
"""What a label can end in."""
_OFFERS = frozenset("新闻链接 相关链接 链接 相关阅读 相关新闻 相关报道 延伸阅读 推荐阅读 更多阅读".split())
"""Labels that offer something to read; over nothing they say nothing."""
_BOX = re.compile(r"【[^【】]{1,24}】[：:]?$")
_INTRODUCTIONS = ("主要稿件：", "主要稿件:")
_POINTERS = frozenset(">＞》")
_SPECIAL = re.compile(r"[>＞》]{2,}.{1,30}[<＜《]{2,}$")
_MARKS = re.compile(r"[\s·•●■◆▶►▲>＞<＜、，,。：:；;|｜/—\-\d.．()（）【】\[\]“”\"《》?？!！]+")
_LONGEST_LABEL = 60
_DOCUMENT = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|rar|zip|txt)$", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|bmp|webp)$", re.IGNORECASE)


def is_document(url: str) -> bool:
    """Tell whether a link offers a document for download."""
    return bool(_DOCUMENT.search(url))


def find_links(blocks: list[Block]) -> None:
    """Mark lines that are links and nothing else; a link inside a sentence is part of it."""
    found: dict[int, Role] = {}
    for at, one in enumerate(blocks):
        if not (one.links or one.text[:1] in _POINTERS) or one.kind is not TEXT or one.role is not PARAGRAPH:
            continue
        if one.text[0] in _POINTERS and _SPECIAL.match(one.text):
            found[at] = SPECIAL
        elif one.links and not one.text.startswith("——") and not _rest(one):
            found[at] = _link_role(one)
    set_roles(blocks, found)


def find_labels(blocks: list[Block]) -> None:
    """Mark labels: over prose a heading, over links or nothing no part of the text."""
    short = [
        at
        for at, one in enumerate(blocks)
        if len(one.text) <= _LONGEST_LABEL and one.text[-1:] in _ENDS and one.kind is TEXT and one.role is PARAGRAPH
    ]
    if not short:
        return
    recurs = sum(_BOX.match(blocks[at].text) is not None for at in short) > 1
    after = _following(blocks)
    set_roles(blocks, {at: role for at in short if (role := _label_role(blocks[at], after[at], recurs=recurs))})


def _rest(one: Block) -> str:
    """Return what a line says besides its links, labels and marks."""
    rest = one.unlinked
    return rest and _MARKS.sub("", _LABEL.sub("", rest).replace("附件", ""))


def _link_role(one: Block) -> Role:
    if all(is_document(link.url) for link in one.links):
        return ATTACHMENT
    return PICTURE_LINK if all(_PICTURE.search(link.url) for link in one.links) else RELATED


def _label_role(one: Block, after: Role | None, *, recurs: bool) -> Role | None:
    match = _LABEL.fullmatch(one.text)
    introduces = one.text.endswith(("：", ":") if one.strong else _INTRODUCTIONS)
    if after is RELATED and (introduces or (match and match["name"] in _OFFERS)):
        return OFFER
    if match and match["name"] in _OFFERS and after in (None, ATTACHMENT):
        return EMPTY_LABEL
    boxed = (
        _BOX.match(one.text)
        and not is_credited(one.text)
        and (one.strong or one.kai or one.center or recurs or len(one.text) <= 10)
    )
    return LABEL if after and (match or boxed) else None


def _following(blocks: list[Block]) -> list[Role | None]:
    """Return for each block the role of the next line of text that is kept."""
    below: Role | None = None
    roles: list[Role | None] = []
    for one in reversed(blocks):
        roles.append(below)
        if one.kind is TEXT and one.role not in LEFT_OUT:
            below = one.role
    return roles[::-1]
