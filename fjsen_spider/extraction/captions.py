"""Captions: what a line under a picture says, and whom it credits."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from fjsen_spider.extraction.surnames import is_name
from fjsen_spider.extraction.text import HAN

_LEAD = r"(?:^|(?<=[。！？!?”》）)，、；：… ]))"
_END = r"[。. ]*$"

_OPEN, _CLOSE = r"[（(\[［【]", r"[)）\]］】]"

# Behind a sentence or in brackets, where no sentence ends in what might be an organisation's name.
_BEGUN = r"(?:(?<=[。！？（(\[［【])|(?<=[。！？] ))"

# Who gave the picture: an organisation, an archive, an agency. A sentence may stand before them, behind a space.
_GIVER = rf"(?:(?:[{HAN}]{{0,10}}(?:记者|通讯员|摄影师|实习生|[局院校社队部处会司厅委办馆台报网心])|[{HAN}]{{2,4}}) )*[{HAN}A-Za-z/／]{{2,24}}?"
_GIVEN = (
    rf"(?:(?:{_BEGUN}[{HAN}]{{2,14}}[局院校社队部处会司厅委办馆台报网] ?)?(?:资料图片?|资料照片)|网络图片|本报资料图|{_GIVER} ?(?:供图|提供图片|提供)"
    r"|(?:新华社|中新社|中新网|法新社|美联社|路透社|人民网|新华|东南网)(?:[/／][\u4e00-\u9fff]{2,4})?(?:发|供图)?"
    r"|图片?来[源自][:：]? ?[^。，]{2,20}|图源[:：] ?[^。， ]{2,20}|图片?由[^。，]{2,20}(?:提供|供图))"
)
_AGENCY = rf"[{HAN}]{{2,4}}[社网报](?:发)?[（(][^（()）。]{{2,20}}[摄供图]{{1,2}}[)）]"
_FORMS = (
    re.compile(rf"{_LEAD}(?P<credit>{_AGENCY}){_END}"),
    re.compile(rf"{_OPEN} ?(?P<credit>{_GIVEN}) ?{_CLOSE}{_END}"),
    re.compile(rf"{_LEAD}(?P<credit>{_GIVEN}){_END}"),
)

# Who took it: names before 摄, or alone in the brackets that close the line.
_TAKEN = re.compile(
    rf"(?P<before>.*?) ?(?:[/／]? ?拍?摄影?(?:[/／][{HAN}]{{2,8}})?|[/／] ?图|文[/／]图| 图){_CLOSE}?{_END}"
)
_LAST_BRACKET = re.compile(rf"(?P<before>.*)[（(] ?(?P<inner>[^（()）]{{2,30}}) ?[)）]{_END}")
_NAMED = re.compile(
    rf"(?:^|(?<=[。！？!?”》）)… （(]))(?:摄影?[:：/／]|图[/／]) ?(?P<credit>[^。，/／）)]{{2,16}}?)[)）]?{_END}"
)
_PREFIX = re.compile(r"^(?:摄影|摄|图)[:：/／] ?(?P<credit>[^。，]{2,16})[。 ]*$")
_WORD = re.compile(rf"(?:^|(?<=[^{HAN}A-Za-z·-]))[{HAN}A-Za-z·-]+$")
_OFFICE = re.compile(rf"[{HAN}A-Za-z-]{{0,14}}?(?:记者|通讯员|摄影师|实习生)")
_OUTLET = re.compile(
    rf"(?<![：:])(?:[{HAN}]{{1,6}}(?:日报|晚报)|(?![^ ]*[在了着入为])[{HAN}]{{1,6}}(?<![电收撒拉渔路织补联球铁管])网"
    rf"|[{HAN}]{{0,4}}(?:通讯|新闻|报)社|新华社|中新社)"
)
"""What may stand before the name of who took a picture; other words in 网 and 社 end a sentence (`村民加入合作社`)."""
_BETWEEN = " 、/／,，"


_HINT = re.compile(r"[摄影图供发社网照)）\]］】]")
_LONGEST_CREDIT, _ENDING, _LONGEST_END, _LONGEST_WORD = 40, 40, 160, 40


class Caption(NamedTuple):
    """A caption line, taken apart."""

    text: str | None
    credit: str | None
    photographed: bool
    """The credit names who took the picture, not who gave it."""
    signature: str = ""
    """The words of the line that name them: the credit with its 摄."""


@lru_cache(maxsize=256)
def read_caption(line: str) -> Caption:
    """Split a line into caption and credit: `灯光下的老街。 甲乙 摄` → 灯光下的老街。, 甲乙.

    Only the end of a line is looked at, so that a line of any length costs the same.
    """
    above, line = line[:-_LONGEST_END], line[-_LONGEST_END:]
    found = _read_end(line)
    return found._replace(text=(above + (found.text or "")).strip()) if above else found


def _read_end(line: str) -> Caption:
    if not _HINT.search(line[-_ENDING:]) and line[:1] not in ("图", "摄"):
        return Caption(line, None, photographed=False)
    for form in _FORMS:
        if match := form.search(line):
            signature = match["credit"].strip()
            credit = re.sub(r"摄(?=[)）]$)", "", signature)
            return Caption(_without(line, match.start(), match[0]), credit, "摄" in signature, signature)
    if match := _PREFIX.match(line):
        return Caption(None, match["credit"], photographed=True, signature=line.rstrip("。 "))
    if match := _NAMED.search(line):
        credit = match["credit"].strip()
        signature = line[match.start() :].rstrip("。 ）)")
        return Caption(line[: match.start()].strip(" （(") or None, credit, _ends_in_name(credit), signature)
    return _taken(line) or _bracketed(line) or Caption(line, None, photographed=False)


def is_credit(line: str) -> bool:
    """Tell whether a line is nothing but the credit of a picture."""
    if len(line) > _LONGEST_CREDIT:
        return False
    caption = read_caption(line)
    return caption.text is None and caption.photographed


def _without(line: str, start: int, cut: str) -> str | None:
    """Return the line without its credit; a full stop behind the bracket closes the caption."""
    text = line[:start].strip()
    return (text + "。" if re.search(rf"{_CLOSE} ?。$", cut) and text and text[-1] not in "。！？" else text) or None


def _taken(line: str) -> Caption | None:
    """Split off the names before 摄; a date there tells when the picture was taken, not by whom."""
    match = _TAKEN.match(line)
    if match is None:
        return None
    before = match["before"].rstrip()
    start = _names_from(before)
    if start is None or (
        line[match.end("before") :].startswith(" 图") and not (_OFFICE.match(before, start) and _ends_in_name(before))
    ):
        return None
    signature = line[start:].strip("（()）[]［］【】。 ")
    return Caption(before[:start].strip(" （([［【") or None, before[start:], photographed=True, signature=signature)


def _names_from(text: str) -> int | None:
    """Return where the names that end a text begin, with the offices before them; None when it ends in no name.

    Behind an office (`记者 甲乙 通讯员 丙丁`) more names count only when another office stands before them.
    """
    start, end, offices = None, len(text), 0
    while match := _WORD.search(text, max(0, end - _LONGEST_WORD), end):
        office = _OFFICE.match(text, *match.span()) or _OUTLET.fullmatch(text, *match.span())
        name = text[office.end() : match.end()] if office else match[0]
        if name and not (_first_name(name) if end == len(text) else is_name(name)):
            break
        if not name and end == len(text):
            break
        if office or not offices:
            start = match.start()
        offices += office is not None
        end = len(text[: match.start()].rstrip(_BETWEEN))
        if end == match.start():
            break
    return start


def _ends_in_name(words: str) -> bool:
    """Tell whether the last word is a name, an office before it or not."""
    return is_name(_OFFICE.sub("", re.split(f"[{_BETWEEN}]", words)[-1], count=1))


def _first_name(word: str) -> bool:
    """Tell whether the word right before 摄 can be a name: there even a rare surname, or a foreign one, is."""
    return is_name(word) or "·" in word or (len(word) in (2, 3) and word[-1] not in "日月年拍所同时在航自")


def _bracketed(line: str) -> Caption | None:
    """Split off brackets that close the line and hold names only: `（李小图 许小森）`."""
    match = _LAST_BRACKET.match(line)
    words = re.split(rf"[{_BETWEEN}]+", match["inner"].strip()) if match else []
    if match is None or not match["before"].strip() or not words or not all(map(is_name, words)):
        return None
    return Caption(
        _without(line, match.end("before"), match[0]),
        match["inner"].strip(),
        photographed=True,
        signature=match["inner"].strip(),
    )
