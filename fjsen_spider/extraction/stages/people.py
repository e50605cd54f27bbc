"""Stage: everyone whom the article credits, by role and place."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import takewhile

from fjsen_spider.extraction.blocks import CAPTION, CREDIT, DECK, PARAGRAPH, Block, lines
from fjsen_spider.extraction.captions import Caption, read_caption
from fjsen_spider.extraction.credit_lines import CREDIT_LINE, SENTENCE_ENDS, is_credit_line
from fjsen_spider.extraction.credits import is_person, read_credits
from fjsen_spider.extraction.dateline import dateline_at, read_dateline
from fjsen_spider.extraction.draft import Draft
from fjsen_spider.extraction.headlines import EDITORIAL
from fjsen_spider.extraction.names import split_names
from fjsen_spider.extraction.surnames import is_name
from fjsen_spider.items import PLACES, Person

_HEAD, _TAIL, _CLOSING = 8, 4, 240
_CREDIT, _NAME = 40, 24
"""Characters that a credit behind a sentence, and a signature, have at most."""
_CREDITED = re.compile(r"记者|通讯员|[/／][文图摄]|文[/／]")
_LONGEST_BYLINE = 1_000
"""Characters of a byline in which its names are looked for, as it shows them."""
_BYLINE = {
    "authors": ("author", re.compile(r"作\s?者\s?[：:]\s?$")),
    "editors": ("editor", re.compile(r"责任编辑\s?[：:]\s?$")),
}
"""Field → the role of its people and the label before them."""
_CLOSING_CREDIT = re.compile(r"[。！？”]\s?(?P<credit>[\u4e00-\u9fff]{0,6}(?:记者|通讯员) ?[\u4e00-\u9fff· 、]{2,24})$")
_BRACKETS = re.compile(r"(?:[（(【](?:[^（()）【】]{2,80}|完)[)）】]\s*)+[。\s]*$")
_CLOSED = (")", "）", "】")
_IN_BRACKETS = re.compile(r"[（(【]([^（()）【】]+)[)）】]")
_WRITER = re.compile(
    r"作者[：:]?(?![系为是])(?P<name>[\u4e00-\u9fff·]{2,16}?)(?:系|为|是|，|$)|^(?P<first>[\u4e00-\u9fff·]{2,16}?)作者(?:系|为|是)"
)
_TRANSLATED = re.compile(r"(?:^|(?<=[，,、 ]))(?P<name>[\u4e00-\u9fff·]{2,10}) ?译$")
_AGENCY = re.compile(r"发[（(](?P<names>[\u4e00-\u9fff· 、]{2,20}?) ?[摄作绘][)）]$")
_SIGNATURE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,16} |[\u4e00-\u9fff]{0,12}(?:总编辑|主编|社长|董事长|总经理|校长|书记|会长|局长|台长|主任|馆长))"
    r"(?P<name>[\u4e00-\u9fff]{2,4})$"
)
"""How a letter closes: office and name, nothing else."""
_LETTER = re.compile(
    r"(?:[\u4e00-\u9fff]{2,16} )?[\u4e00-\u9fff]{0,12}"
    r"(?:教师|老师|校长|院长|书记|主任|教授|医生|护士|经理|局长|学生|家长|读者|市民|居民|村民|干部|民警|总编辑|主编|社长)"
    r" ?(?P<name>[\u4e00-\u9fff]{2,4})$"
)
"""The same where a date or notice stands under it, as under an office's own papers: there the office must be a person's."""
_NO_SIGNER = frozenset("部厅局委办处科院校所站社队馆室县市区镇乡村省州庄")
"""What the name of an office or place ends in."""
_CLOSES = re.compile(
    r"(?:\d{4}|[〇○零一二三四五六七八九]{4})\s?年.{1,4}月.{1,4}日|[（(][^（()）]*(?:转载|完)[^（()）]*[)）]"
)
"""What may stand under a signature: a date, a notice."""


def people(draft: Draft) -> Draft:
    """Gather the people of byline, dateline, head and tail of the body, and captions; nobody twice in one place and role."""
    blocks, at = draft.blocks, dateline_at(draft.blocks)
    text = lines(blocks, PARAGRAPH, DECK)
    on_top = _credit_lines_on_top(blocks, text, at)
    below = (
        *_dateline(blocks, at),
        *_head(blocks, text, on_top),
        *_tail(blocks, text, {at, *on_top}),
        *_captions(blocks),
    )
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
    shown = (draft.fields.get("byline_raw") or "")[:_LONGEST_BYLINE]
    rules = {field: draft.provenance.get(field, "").partition(".")[2] for field in _BYLINE}
    told = not {"credited", "byline"}.isdisjoint(rules.values()) or _CREDITED.search(shown) is not None
    credits = read_credits(shown) if told else []
    credited = {one.name: one.role for one in reversed(credits) if one.role != "editor"}  # the first one counts
    for field, (role, label) in _BYLINE.items():
        rule = rules[field]
        for name in draft.fields.get(field, ()):
            if is_person(name):
                yield Person(
                    name=name,
                    role=credited.get(name, role) if field == "authors" else role,
                    raw=_as_shown(name, label, shown),
                    where=rule if rule in PLACES else "byline",
                )


def _as_shown(name: str, label: re.Pattern[str], shown: str) -> str:
    """Return a name as the byline shows it, with its label: there it may be spaced out."""
    at = shown.find(name[0])
    while at >= 0:
        if end := _spaced_end(name, shown, at):
            labelled = label.search(shown, 0, at)
            return shown[labelled.start() if labelled else at : end]
        at = shown.find(name[0], at + 1)
    return name


def _spaced_end(name: str, shown: str, at: int) -> int | None:
    """Return where a name that begins at a place ends, with a space between any two of its characters."""
    if shown.startswith(name, at):
        return at + len(name)
    for character in name:
        if not shown.startswith(character, at):
            return None
        at += 1 + shown.startswith(" ", at + 1)
    return at - shown.startswith(" ", at - 1)


def _dateline(blocks: Sequence[Block], at: int | None) -> list[Person]:
    line = blocks[at].text if at is not None else ""
    opening = read_dateline(line)
    if opening is None:
        return []
    alone = is_credit_line(line)  # and so are the names behind its brackets
    return _persons(line if alone else opening[1], "dateline", unnamed=None if alone else "reporter")


def _head(blocks: Sequence[Block], text: Sequence[int], on_top: Sequence[int]) -> Iterator[Person]:
    """Yield the people of credit lines near the top, and of a first line that is a name and nothing else."""
    for at in on_top:
        yield from _persons(blocks[at].text, "body-head")
    first = blocks[text[0]] if len(text) > 1 else None
    yield from _note(blocks, text)
    name = "".join(split_names(first.text)) if first and not first.strong and len(first.text) <= CREDIT_LINE else ""
    if first and _is_plain_name(name):
        yield Person(name=name, role="author", raw=first.text, where="body-head")


def _note(blocks: Sequence[Block], text: Sequence[int]) -> Iterator[Person]:
    """Yield who signs an editor's note on top, in the brackets that close it."""
    if not text or not EDITORIAL.match(blocks[text[0]].text):
        return
    note = [blocks[text[0]], *takewhile(lambda one: one.kai, (blocks[at] for at in text[1:_HEAD]))]
    if brackets := _BRACKETS.search(note[-1].text[-_CLOSING:]):
        for inner in _IN_BRACKETS.findall(brackets[0]):
            yield from _persons(inner, "body-head")


def _credit_lines_on_top(blocks: Sequence[Block], text: Sequence[int], dateline: int | None) -> list[int]:
    """Return the lines of the upper half that are nothing but credits."""
    return [at for at in text[: min(_HEAD, len(text) // 2)] if at != dateline and is_credit_line(blocks[at].text)]


def _tail(blocks: Sequence[Block], text: Sequence[int], above: Container[int | None]) -> Iterator[Person]:
    """Yield the people of the brackets and credits that close the last lines, and of a letter's signature."""
    for at in text[-_TAIL:]:
        if at not in above:
            yield from _closing(blocks[at].text, last=at == text[-1])
    lines = [blocks[at].text for at in text[-_TAIL:]]
    under = [*takewhile(_CLOSES.fullmatch, reversed(lines))]
    line = lines[-1 - len(under)] if len(under) < len(lines) else ""
    name = _signer(line, _LETTER) or (None if under else _signer(line, _SIGNATURE))
    if name and not is_credit_line(line):
        yield Person(name=name, role="author", raw=line, where="body-tail")


def _signer(line: str, signature: re.Pattern[str]) -> str | None:
    """Return who signs a text behind an office; what stands behind another name may be one of a list."""
    match = signature.match(line) if len(line) <= _NAME else None
    if match is None or match["name"][-1] in _NO_SIGNER or is_name(line[: match.start("name")].strip()):
        return None
    return match["name"] if is_name(match["name"]) and is_person(match["name"]) else None


def _closing(line: str, *, last: bool) -> Iterator[Person]:
    bracketed = line.rstrip("。 ").endswith(_CLOSED)
    if bracketed and (brackets := _BRACKETS.search(line[-_CLOSING:])):
        for inner in _IN_BRACKETS.findall(brackets[0]):
            yield from _bracket(inner, last=last)
    elif is_credit_line(line):
        yield from _persons(line, "body-tail")
    elif not line.endswith(SENTENCE_ENDS) and (match := _CLOSING_CREDIT.search(line[-_CREDIT:])):
        yield from _persons(match["credit"], "body-tail")


def _bracket(inner: str, *, last: bool) -> Iterator[Person]:
    """Yield the people of one closing bracket; bare names in the very last one are who wrote it.

    Of one that presents the writer nobody else is taken but who translated the text.
    """
    if writer := _WRITER.search(inner):
        name = writer["name"] or writer["first"]
        yield from (Person(name=one, role="author", raw=inner, where="body-tail") for one in [name] if is_person(one))
        if (translated := _TRANSLATED.search(inner, writer.end())) and is_person(translated["name"]):
            yield Person(name=translated["name"], role="translator", raw=translated[0], where="body-tail")
    elif credited := _persons(inner, "body-tail"):
        yield from credited
    elif last and all(map(_is_plain_name, names := split_names(inner))):
        yield from (Person(name=one, role="author", raw=inner, where="body-tail") for one in names)


def _captions(blocks: Iterable[Block]) -> Iterator[Person]:
    for one in blocks:
        if one.role is CAPTION or one.role is CREDIT:
            caption = read_caption(one.text)
            if caption.role and (agency := _AGENCY.search(caption.signature)):
                for name in split_names(agency["names"]):
                    yield Person(name=name, role=caption.role, raw=caption.signature, where="caption")
            elif caption.role:
                yield from _pictured(caption, caption.role)


def _pictured(caption: Caption, role: str) -> Iterator[Person]:
    """Yield who took or drew a picture: behind 摄 a reporter is its photographer only."""
    for one in read_credits((caption.credit or "").removesuffix("作"), unnamed=role):
        yield Person(name=one.name, role=role, raw=caption.signature, where="caption")


def _persons(text: str, where: str, unnamed: str | None = None) -> list[Person]:
    return [
        Person(name=name, role=role, raw=raw, where=where) for name, role, raw in read_credits(text, unnamed=unnamed)
    ]


def _is_plain_name(word: str) -> bool:
    """Tell a name that stands alone, without a role: there a foreign one could be anything."""
    return is_name(word) and word.isalpha()
