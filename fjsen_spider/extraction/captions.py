"""Captions: what a line under a picture says, and whom it credits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from fjsen_spider.extraction.names import split_names
from fjsen_spider.extraction.surnames import SURNAME, is_name
from fjsen_spider.extraction.text import HAN

PHOTOGRAPHER: Final = "photographer"
ILLUSTRATOR: Final = "illustrator"

_LEAD = r"(?:^|(?<=[。！？!?”》）)，、；：… ]))"
_END = r"[。. ]*$"

_OPEN, _CLOSE = r"[（(\[［【]", r"[)）\]］】]"

# Behind a sentence or in brackets, where no sentence ends in what might be an organisation's name.
_BEGUN = r"(?:(?<=[。！？（(\[［【])|(?<=[。！？] ))"

# Who gave the picture: an organisation, an archive, an agency. A sentence may stand before them, behind a space.
_GIVER = rf"(?:(?:[{HAN}]{{0,10}}(?:记者|通讯员|摄影师|实习生|[局院校社队部处会司厅委办馆台报网心])|热心网友|网友|市民|读者|家属|企业|志愿者|消防|交警|民警|受访者|游客|村民|[{SURNAME}][{HAN}]{{1,2}}) )*[{HAN}A-Za-z/／]{{2,24}}?"
_GIVEN = (
    rf"(?:(?:{_BEGUN}[{HAN}]{{2,14}}[局院校社队部处会司厅委办馆台报网] ?)?(?:资料图片?|资料照片)|网络图片?|本报资料图|{_GIVER} ?(?:供图|提供图片|提供)"
    r"|(?:新华社|中新社|中新网|法新社|美联社|路透社|人民网|新华|东南网|视觉中国|东方IC|人民视觉|影像中国|CFP)(?:[/／][\u4e00-\u9fff]{2,4})?(?:发|供图)?"
    r"|图片?来[源自][:：]? ?[^。，]{2,20}|图[源自](?:[:：] ?[^。， ]{2,20}|于?网络)|图片?由[^。，]{2,20}(?:提供|供图))"
)
_AGENCY = rf"[{HAN}]{{2,4}}[社网报](?:发)?[（(][^（()）。]{{2,20}}(?:[摄供图]{{1,2}}|作|绘)[)）]"
_FORMS = (
    re.compile(rf"{_LEAD}(?P<credit>{_AGENCY}){_END}"),
    re.compile(rf"{_OPEN} ?(?P<credit>{_GIVEN}) ?{_CLOSE}{_END}"),
    re.compile(rf"{_LEAD}(?<!来源[:：])(?P<credit>{_GIVEN}){_END}"),
)

# Who took it: names before 摄, or alone in the brackets that close the line.
_TAKEN = re.compile(
    rf"(?P<before>.*?) ?(?:[/／]? ?(?:拍?摄影?|航拍)(?:报道|[/／][{HAN}]{{2,8}})?|[/／] ?图|文[/／]图| 图)(?P<agency>[（(][{HAN}]{{2,6}}[)）])?{_CLOSE}?{_END}"
)
_FOR = re.compile(rf"摄[（(][{HAN}]{{2,6}}[)）][。 ]*$")
"""Behind the name for whom: 甲乙摄（资料图片）."""
_LAST_BRACKET = re.compile(rf"(?P<before>.*)[（(] ?(?P<inner>[^（()）]{{2,30}}) ?[)）]{_END}")
_NAMED = re.compile(
    rf"(?:^|(?<=[。！？!?”》）)… （(]))(?:摄影?[:：/／]|摄影(?P<bare> )|图[/／](?!文)) ?(?P<named>[^。，/／（）()]{{2,16}}?)(?P<agency>[（(][^（）()]{{2,8}}[)）])?[)）]?{_END}"
)
_PREFIX = re.compile(r"^(?:摄影|摄|图)[:：/／] ?(?P<credit>[^。，]{2,16})[。 ]*$")
_WORD = re.compile(rf"(?:^|(?<=[^{HAN}A-Za-z·-]))[{HAN}A-Za-z·-]+$")
_OFFICES = rf"[{HAN}A-Za-z-]{{0,14}}?(?:记者|通讯员|摄影师|实习生)|资料图片?"
_OFFICE = re.compile(_OFFICES)
_SPACED = re.compile(
    rf"(?:^|(?<=[^{HAN}A-Za-z·-]))(?P<office>{_OFFICES})?(?P<surname>[{SURNAME}]) (?P<given>[{HAN}](?: [{HAN}])?)$"
)
"""A name whose characters stand apart."""
_OUTLET = re.compile(
    rf"(?<![：:])(?:[{HAN}]{{1,6}}(?:日报|晚报)|(?![^ ]*[在了着入为])[{HAN}]{{1,6}}(?<![电收撒拉渔路织补联球铁管])网"
    rf"|(?![^ ]*[在了着入为])[{HAN}]{{2,12}}(?:融媒体?中心|新闻中心|宣传部|电视台|报道组)|[{HAN}]{{0,4}}(?:通讯|新闻|报)社发?|新华社发?|中新社发?)"
)
"""What may stand before the name of who took a picture; other words in 网 and 社 end a sentence (`村民加入合作社`)."""
_BETWEEN = " 、/／,，"
_SHOT = ("拍摄", "航拍")
_DOUBTFUL = (" 图", "摄影", "拍摄", "航拍")
"""What may as well belong to other words (`游客 图`, `学习摄影`): before these only what looks like a name is one."""


# Who drew it: a label before the names, or a word behind them.
_DRAWN = re.compile(
    rf"(?:^|(?<=[。！？!?”》）)（( ]))(?P<credit>(?:[{HAN}]{{2,4}}[社网报]发? ?)?"
    rf"(?:(?:漫画|插画|插图|题图(?:设计)?|绘图|(?P<charted>制图))[:：/／ ] ?(?P<labelled>[{HAN}· 、]{{2,16}}?)"
    rf"|(?P<names>[{HAN}· 、]{{2,16}}?)(?P<how> ?[/／] ?(?:漫画|插画|绘图?|画)| 漫画| ?绘制?| ?作))(?: ?[{HAN}]{{2,4}}[社网报]发)?)[)）]?{_END}"
)
_COMPOUND = re.compile("[创合制写劳工动操耕协运著原习杰大力名画振发当看叫称]作|[描测彩手]绘")
"""Other words in 作 and 绘 than those for what a person drew."""

_HINT = re.compile(r"[摄影图源供发社网照画绘作)）\]］】]")
_LONGEST_CREDIT, _ENDING, _LONGEST_END, _LONGEST_WORD = 40, 40, 160, 40


class Caption(NamedTuple):
    """A caption line, taken apart."""

    text: str | None
    credit: str | None
    role: str | None = None
    """Of who the credit names: who took the picture, or drew it; None of who gave it."""
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
        return Caption(line, None)
    if _FOR.search(line) and (taken := _taken(line)):
        return taken
    if line.endswith("发") and (drawn := _drawn(line)):
        return drawn
    for form in _FORMS:
        if match := form.search(line):
            signature = match["credit"].strip()
            credit = re.sub(r" ?摄(?=[)）]$)", "", signature)
            role = PHOTOGRAPHER if "摄" in signature else ILLUSTRATOR if signature[-2:-1] in ("作", "绘") else None
            return Caption(_without(line, match.start(), match[0]), credit, role, signature)
    if match := _PREFIX.match(line):
        return Caption(None, match["credit"], PHOTOGRAPHER, line.rstrip("。 "))
    if (match := _NAMED.search(line)) and (not match["bare"] or _is_long_name(match["named"].strip())):
        named, agency = match["named"].strip(), match["agency"] or ""
        signature = line[match.start() : match.end("agency") if agency else match.end("named")]
        role = PHOTOGRAPHER if _ends_in_name(named) else None
        return Caption(line[: match.start()].rstrip(" （(") or None, named + agency, role, signature)
    return _drawn(line) or _taken(line) or _bracketed(line) or Caption(line, None)


def is_credit(line: str) -> bool:
    """Tell whether a line is nothing but the credit of a picture."""
    if len(line) > _LONGEST_CREDIT:
        return False
    caption = read_caption(line)
    return caption.text is None and caption.role is not None


def _without(line: str, start: int, cut: str) -> str | None:
    """Return the line without its credit; a full stop behind the bracket closes the caption."""
    text = line[:start].strip()
    return (text + "。" if re.search(rf"{_CLOSE} ?。$", cut) and text and text[-1] not in "。！？" else text) or None


def _drawn(line: str) -> Caption | None:
    """Split off who drew the picture: `漫画/甲乙`, `甲乙 绘`, `新华社发 甲乙 作`; the words that say so stay."""
    at = 0
    while match := _DRAWN.search(line, at):
        credit = match["credit"].strip()
        names = split_names((match["labelled"] or match["names"]).strip())
        if names and all(map(_draws, names)) and not _COMPOUND.search(credit[-2:]) and not _is_vague(match, names):
            role = None if match["charted"] else ILLUSTRATOR
            return Caption(line[: match.start()].rstrip(" （(") or None, credit, role, credit)
        at = match.start() + 1
    return None


def _draws(name: str) -> bool:
    return is_name(name) and name[-1] not in "县市区镇乡村省州"


def _is_vague(match: re.Match[str], names: Sequence[str]) -> bool:
    """Tell words that may as well be others: `漫画 高手`, and what it is before whose it is (`石雕 甲乙 作`)."""
    apart = match["labelled"] and match["credit"][match.start("labelled") - match.start("credit") - 1] == " "
    return bool(apart and len(names[0]) < 3) or ((match["how"] or "").strip() == "作" and len(names) > 1)


def _taken(line: str) -> Caption | None:
    """Split off the names before 摄; a date there tells when the picture was taken, not by whom."""
    match = _TAKEN.match(line)
    if match is None:
        return None
    before, sign = match["before"].rstrip(), line[match.end("before") :]
    start = _names_from(before)
    if start is None or (sign.startswith(_DOUBTFUL) and not _ends_in_name(before[start:])):
        return None
    if sign.strip().startswith(_SHOT) and len(before) - start < 3:  # 古田 拍摄, 罗源航拍
        return None
    if sign.startswith(" 图") and not (_OFFICE.match(before, start) or before[:start].endswith(("（", "("))):
        return None
    agency = match["agency"] or ""
    signature = line[start : match.end("agency")] if agency else line[start:].strip("（()）[]［］【】。 ")
    return Caption(before[:start].strip(" （([［【") or None, before[start:] + agency, PHOTOGRAPHER, signature)


def _names_from(text: str) -> int | None:
    """Return where the names that end a text begin, with the offices before them; None when it ends in no name.

    Behind an office (`记者 甲乙 通讯员 丙丁`) more names count only when another office stands before them.
    """
    start, end, offices = None, len(text), 0
    while word := _last_word(text, end):
        at, office, name = word
        if name and not (_first_name(name) if end == len(text) else is_name(name)):
            break
        if not name and end == len(text):
            break
        if office or not offices:
            start = at
        offices += office
        end = len(text[:at].rstrip(_BETWEEN))
        if end == at:
            break
    return start


def _last_word(text: str, end: int) -> tuple[int, bool, str] | None:
    """Return where the last word before a place begins, whether an office opens it, and the name in it."""
    first = max(0, end - _LONGEST_WORD)
    if spaced := _SPACED.search(text, first, end):
        return spaced.start(), spaced["office"] is not None, spaced["surname"] + spaced["given"].replace(" ", "")
    word = _WORD.search(text, first, end)
    if word is None:
        return None
    office = _OFFICE.match(text, *word.span()) or _OUTLET.fullmatch(text, *word.span())
    return word.start(), office is not None, text[office.end() : word.end()] if office else word[0]


def _ends_in_name(words: str) -> bool:
    """Tell whether the last word is a name, an office before it or not."""
    word = _last_word(words, len(words))
    return word is not None and is_name(word[2])


def _is_long_name(words: str) -> bool:
    return len(words) > 2 and _ends_in_name(words)


def _first_name(word: str) -> bool:
    """Tell whether the word right before 摄 can be a name: there even a rare surname, or a foreign one, is."""
    rare = "·" in word or (len(word) in (2, 3) and word[-1] not in "日月年拍所同时在航自空")
    return word[-1] not in "在空" and (is_name(word) or rare)


def _bracketed(line: str) -> Caption | None:
    """Split off brackets that close the line and hold names only: `（李小图 许小森）`."""
    match = _LAST_BRACKET.match(line)
    words = split_names(match["inner"].strip()) if match else ()
    if match is None or not match["before"].strip() or not words or not all(map(is_name, words)):
        return None
    return Caption(
        _without(line, match.end("before"), match[0]),
        match["inner"].strip(),
        PHOTOGRAPHER,
        match["inner"].strip(),
    )
