"""Stage: everyone whom the article credits, by role and place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from fjsen_spider.extraction.blocks import Block, Role, lines
from fjsen_spider.extraction.captions import Caption, read_caption
from fjsen_spider.extraction.credits import is_person, read_credits
from fjsen_spider.extraction.dateline import dateline_at, read_dateline
from fjsen_spider.extraction.draft import Draft
from fjsen_spider.extraction.names import split_names
from fjsen_spider.extraction.surnames import is_name
from fjsen_spider.items import PLACES, Person

_HEAD, _TAIL, _LINE, _CLOSING = 8, 4, 60, 240
_CREDIT_LINE = re.compile(
    r"[□■◎●▲\s]*(?:[\u4e00-\u9fffA-Za-z-]{0,10}?(?:记者|通讯员)|文[/／]|图[/／]|文图|编译|整理)[^。！？，]*$"
)
_CLOSING_CREDIT = re.compile(r"[。！？”]\s?(?P<credit>[\u4e00-\u9fff]{0,6}(?:记者|通讯员) ?[\u4e00-\u9fff· 、]{2,24})$")
_BRACKETS = re.compile(r"(?:[（(【][^（()）【】]{2,80}[)）】]\s*)+[。\s]*$")
_IN_BRACKETS = re.compile(r"[（(【]([^（()）【】]+)[)）】]")
_WRITER = re.compile(
    r"作者[：:]?(?P<name>[\u4e00-\u9fff·]{2,16}?)(?:系|为|是|，|$)|^(?P<first>[\u4e00-\u9fff·]{2,16}?)作者(?:系|为|是)"
)
_AGENCY = re.compile(r"发[（(](?P<name>[\u4e00-\u9fff·]{2,10})摄[)）]$")
_SIGNATURE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,16} |[\u4e00-\u9fff]{0,12}(?:总编辑|主编|社长|董事长|总经理|校长|书记|会长|局长|台长|主任|馆长))"
    r"(?P<name>[\u4e00-\u9fff]{2,4})$"
)
"""How a letter closes: office and name, nothing else."""


def people(draft: Draft) -> Draft:
    """Gather the people of byline, dateline, head and tail of the body, and captions; nobody twice in one place and role."""
    blocks, at = draft.blocks, dateline_at(draft.blocks)
    below = (*_dateline(blocks, at), *_head(blocks, at), *_tail(blocks, at), *_captions(blocks))
    known = {(one.name, one.where) for one in below}
    found = (*(one for one in _byline(draft) if (one.name, one.where) not in known), *below)
    once: dict[tuple[str, str, str], Person] = {}
    for one in found:
        once.setdefault((one.name, one.role, one.where), one)
    gathered = draft.open()
    gathered.fill("credits", people=tuple(once.values()))
    return gathered.close()


def _byline(draft: Draft) -> Iterator[Person]:
    """Yield authors and editors; a generic page may tell them in its body, and which of them are reporters."""
    shown = draft.fields.get("byline_raw") or ""
    credited = {one.name: one.role for one in read_credits(shown)}
    for field, role, label in (
        ("authors", "author", r"(?:作\s?者\s?[：:]\s?)?"),
        ("editors", "editor", r"(?:责任编辑\s?[：:]\s?)?"),
    ):
        rule = draft.provenance.get(field, "").partition(".")[2]
        for name in draft.fields.get(field, ()):
            if is_person(name):
                match = re.search(label + r"\s?".join(map(re.escape, name)), shown)
                yield Person(
                    name=name,
                    role=credited.get(name, role) if rule == "credited" else role,
                    raw=match[0] if match else name,
                    where=rule if rule in PLACES else "byline",
                )


def _dateline(blocks: Sequence[Block], at: int | None) -> Iterator[Person]:
    if at is not None and (opening := read_dateline(blocks[at].text)):
        yield from _persons(opening[1], "dateline", unnamed="reporter")


def _head(blocks: Sequence[Block], dateline: int | None) -> Iterator[Person]:
    """Yield the people of credit lines near the top, and of a first line that is a name and nothing else."""
    text = _text(blocks)
    for at in _credit_lines_on_top(blocks, dateline):
        yield from _persons(blocks[at].text, "body-head")
    if (
        len(text) > 1
        and not blocks[text[0]].strong
        and _is_plain_name(name := "".join(split_names(blocks[text[0]].text)))
    ):
        yield Person(name=name, role="author", raw=blocks[text[0]].text, where="body-head")


def _credit_lines_on_top(blocks: Sequence[Block], dateline: int | None) -> list[int]:
    """Return the lines of the upper half that are nothing but credits."""
    text = _text(blocks)
    return [at for at in text[: min(_HEAD, len(text) // 2)] if at != dateline and _is_credit_line(blocks[at].text)]


def _is_credit_line(line: str) -> bool:
    return len(line) <= _LINE and _CREDIT_LINE.match(line) is not None


def _tail(blocks: Sequence[Block], dateline: int | None) -> Iterator[Person]:
    """Yield the people of the brackets and credits that close the last lines, and of a letter's signature."""
    text = _text(blocks)
    above = {dateline, *_credit_lines_on_top(blocks, dateline)}
    for at in text[-_TAIL:]:
        if at not in above:
            yield from _closing(blocks[at].text, last=at == text[-1])
    line = blocks[text[-1]].text if text else ""
    if not _is_credit_line(line) and (match := _SIGNATURE.match(line)) and is_name(match["name"]):
        yield Person(name=match["name"], role="author", raw=line, where="body-tail")


def _closing(line: str, *, last: bool) -> Iterator[Person]:
    if brackets := _BRACKETS.search(line[-_CLOSING:]):
        for inner in _IN_BRACKETS.findall(brackets[0]):
            yield from _bracket(inner, last=last)
    elif _is_credit_line(line):
        yield from _persons(line, "body-tail")
    elif match := _CLOSING_CREDIT.search(line[-_CLOSING:]):
        yield from _persons(match["credit"], "body-tail")


def _bracket(inner: str, *, last: bool) -> Iterator[Person]:
    """Yield the people of one closing bracket; bare names in the very last one are who wrote it."""
    names = split_names(inner)
    if writer := _WRITER.search(inner):
        name = writer["name"] or writer["first"]
        yield from (Person(name=one, role="author", raw=inner, where="body-tail") for one in [name] if is_person(one))
    elif last and all(map(_is_plain_name, names)):
        yield from (Person(name=one, role="author", raw=inner, where="body-tail") for one in names)
    else:
        yield from _persons(inner, "body-tail")


def _captions(blocks: Iterable[Block]) -> Iterator[Person]:
    for one in blocks:
        if one.role in (Role.CAPTION, Role.CREDIT):
            caption = read_caption(one.text)
            if caption.credit and (agency := _AGENCY.search(caption.credit)):
                yield Person(name=agency["name"], role="photographer", raw=caption.credit, where="caption")
            elif caption.credit and caption.photographed:
                yield from _photographers(caption)


def _photographers(caption: Caption) -> Iterator[Person]:
    """Yield who took a picture: behind 摄 a reporter is its photographer only."""
    for one in read_credits(caption.credit or "", unnamed="photographer"):
        yield Person(name=one.name, role="photographer", raw=caption.signature, where="caption")


def _persons(text: str, where: str, unnamed: str | None = None) -> Iterator[Person]:
    for one in read_credits(text, unnamed=unnamed):
        yield Person(name=one.name, role=one.role, raw=one.raw, where=where)


def _is_plain_name(word: str) -> bool:
    """Tell a name that stands alone, without a role: there a foreign one could be anything."""
    return is_name(word) and "·" not in word


def _text(blocks: Sequence[Block]) -> list[int]:
    return lines(blocks, Role.PARAGRAPH, Role.DECK)
