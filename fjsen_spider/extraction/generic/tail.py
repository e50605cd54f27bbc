"""What stands behind the last paragraph: editors, credits, notices and links; and what of it is no text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fjsen_spider.extraction.generic.found import Found
from fjsen_spider.extraction.generic.labelled import (
    COLON,
    SEAM,
    credited,
    names_in,
    people_in,
    segments,
    source_in,
    spelled,
)
from fjsen_spider.extraction.generic.line import Line
from fjsen_spider.extraction.generic.noise import BOILERPLATE, MORE, TOLD, is_tools
from fjsen_spider.extraction.surnames import is_name
from fjsen_spider.extraction.text import squeeze

_EDITOR = r"(?:责任编辑|责\s?编|编\s?辑)\s?[：:]"
_SUFFIX = re.compile(
    rf"[（(【\[［](?P<inner>[^（()）【】\[\]［］]{{0,40}}?{_EDITOR}[^【】\[\]［］。]{{1,40}}?)[)）】\]］]\s*$"
    rf"|(?<=[。！？”])\s*(?P<bare>{_EDITOR}[^。]{{1,24}})$"
)
_EDITED = re.compile("编|选稿")
_CHECKS = rf"(?:责任|文字)?(?:校对|审校|审核|审读|审签|终审|[初二三一]审|复审|监制|统筹|策划|签发|美编|总?编审)\s?[{COLON}]\s?"
_STAFF = re.compile(rf"(?:{_CHECKS}[\u4e00-\u9fff]{{1,4}}(?:[\s、][\u4e00-\u9fff]{{1,4}})*\s*)+")
_BACK = re.compile(r"\s*返回.{1,8}?[，,]?\x1f?查看更多.*$")
_CLOSING = re.compile(r"[（(](?P<inner>[^（()）]{2,40})[)）]。?$")
_SOURCE = re.compile(rf"[（(]?(?:本文|文章|稿件)?来源\s?[{COLON}]\s?[^，。；]{{2,20}}$")
_PICTURED = re.compile(rf"(?:视频|图片?|摄影|剪辑|制图)\s?[/／{COLON}]")
"""How a line begins that names who did something else than write."""
_ALONE = re.compile(r"[（(【\[［][^（()）【】\[\]［］]+[)）】\]］]")
_CLOSERS = ")）]】］"
_BRACKETS = "（(【[［）)】]］ \n\x1f"
_LONGEST, _VALUE, _CREDIT = 120, 48, 40
_SEARCHED, _SHORT, _LITTLE = 60, 3, 0.15


def read_tail(lines: Sequence[Line]) -> dict[str, Found]:
    """Take what is no text off the end of a body, and return what it credits."""
    found: dict[str, Found] = {}
    kept: list[Line] = []
    for line in reversed(lines[-_SEARCHED:]):
        if is_credits(line):
            _take(found, _credits(line))
            _cut_labels(line, line.text)
            for aside in kept:
                if not (aside.running or credited(aside.text)):
                    aside.erase()
            kept = [one for one in (*kept, line) if one.pieces]
        elif _is_staff(line) or BOILERPLATE.match(line.text) or is_tools(line.text):
            line.erase()
        elif match := _SOURCE.match(spelled([line])):
            _take(found, match[0])
            line.erase()
        elif not line.linked:
            kept.append(line)
            if line.running or len(kept) > _SHORT:
                break
    for line in kept:
        _cut_links(line)
    for line in kept[-1:]:
        _suffix(found, line)
    if "authors" not in found and (names := _writers(kept)):
        found["authors"] = Found(names, "authors.body-tail")
    return found


def end_of(lines: Sequence[Line]) -> int:
    """Return how many of the lines are the article's.

    The head of a list of other articles ends it, and so do its editors, when little stands behind them, or no more than
    above them and behind links: an article of two parts has editors behind each.
    """
    left = sum(line.weight for line in lines)
    little, half = _LITTLE * left, left / 2
    for at, line in enumerate(lines):
        left -= line.weight
        if left <= little and MORE.match(line.text):
            return at
        if 0 < left <= 2 * little and TOLD.match(line.text) and any(one.linked for one in lines[at + 1 : at + 4]):
            return at
        if left <= half and is_credits(line) and ends_here(lines, at, little=left <= little):
            return next((end for end in range(at + 1, len(lines)) if not is_credits(lines[end])), len(lines))
    return len(lines)


def ends_here(lines: Sequence[Line], at: int, *, little: bool = False) -> bool:
    """Tell whether text behind a line is of others: links or a notice stand between, or it is little."""
    behind = next((end for end in range(at + 1, len(lines)) if lines[end].running), None)
    between = lines[at + 1 : behind]
    return behind is not None and (little or any(one.linked or BOILERPLATE.match(one.text) for one in between))


def is_credits(line: Line) -> bool:
    """Tell a line of labels and names only, one of them an editor's."""
    if len(line.text) > _LONGEST or not _EDITED.search(line.text) or "。" in line.text:
        return False
    before, labelled = segments(_credits(line).strip(_BRACKETS))
    known = not before.strip(_BRACKETS) or bool(credited(before)) or is_tools(before.replace(SEAM, " "))
    return known and any(kind == "editors" for kind, _ in labelled) and all(len(v) <= _VALUE for _, v in labelled)


def is_closing(line: Line) -> bool:
    """Tell a line of credits that stands alone in brackets: `（责任编辑：甲乙）`, which closes an article."""
    return _ALONE.fullmatch(line.text) is not None and is_credits(line)


def _is_staff(line: Line) -> bool:
    """Tell a line of its own that names who checked or published an article (`终审：甲乙`)."""
    return len(line.text) <= _CREDIT and _STAFF.fullmatch(line.text) is not None


def _credits(line: Line) -> str:
    """Return the words of a line of credits."""
    return _BACK.sub("", spelled([line]))


def _take(found: dict[str, Found], text: str) -> None:
    """Note what a line of credits tells."""
    before, labelled = segments(text.strip(_BRACKETS))
    told: dict[str, tuple[str, ...]] = {"authors": credited(before)}
    for kind, value in labelled:
        if kind in ("authors", "editors"):
            told[kind] = (*told.get(kind, ()), *people_in(kind, value))
        elif kind == "source":
            told[kind] = tuple(filter(None, (source_in(value),)))
    for kind, values in told.items():
        if values:  # lines are read from the last one up
            known = found[kind].values if kind in found else ()
            found[kind] = Found(tuple(dict.fromkeys((*values, *known))), f"{kind}.body-tail")


def _cut_links(line: Line) -> None:
    """Cut links off the end of a line that only do something (`返回首页`)."""
    at = len(line.pieces)
    while at and (line.pieces[at - 1].link is not None or not line.pieces[at - 1].text.strip()):
        at -= 1
    behind = "".join(piece.text for piece in line.pieces[at:])
    if at and is_tools(behind):
        line.cut(len(squeeze(behind)))


def _suffix(found: dict[str, Found], line: Line) -> None:
    """Cut the editors off the end of the last paragraph."""
    if match := _SUFFIX.search(line.text):
        _take(found, match["inner"] or match["bare"])
        _cut_labels(line, match[0].strip())


def _cut_labels(line: Line, words: str) -> None:
    """Cut the words at the end of a line that labels tell; a reporter before them stays: `（记者 甲乙 责编：丙丁）`."""
    before, labelled = segments(words)
    told = len(squeeze(words)) - len(squeeze(before)) if labelled and credited(before) else 0
    closing = words[-1] if words[-1] in _CLOSERS else ""
    line.cut(told or len(squeeze(words)), closing if told else "")
    if not line.text:
        line.erase()


def _writers(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return who wrote, by the last brackets or a line of credits of their own; these stay in the text."""
    for line in lines:
        if _PICTURED.match(line.text):
            continue
        closing = _CLOSING.search(line.text)
        words = closing["inner"] if closing else line.text if len(line.text) <= _CREDIT and not line.running else ""
        written = [name for kind, value in segments(words)[1] if kind == "authors" for name in names_in(value)]
        if names := tuple(written) or tuple(filter(is_name, credited(words))):
            return names
    return ()
