"""Lines of a body that are nothing but credits: `□本报记者 甲乙 通讯员 丙丁 文/图`."""

from __future__ import annotations

import re
from typing import Final

from fjsen_spider.extraction.credits import read_credits, says_only, signs
from fjsen_spider.extraction.surnames import is_name
from fjsen_spider.extraction.text import HAN

CREDIT_LINE: Final = 60
"""Characters of a line of credits, at most."""
SENTENCE_ENDS: Final = ("。", "！", "？", "，")
"""What a line of credits does not end in."""
MARKS: Final = "-□■○●◎▲—－ "
"""What may stand before the first name."""
_LABELS = (
    "作者|撰文|撰稿|文字?|图片?|摄影?|漫画|插[图画]|题图(?:设计)?|翻译|译者|审稿|审校|校对|(?:责任|实习)?编辑|责编"
)
_LINE = re.compile(
    rf"[{MARKS}]*(?:[{HAN}]{{2,8}}(?:讯|消息) ?)?(?:[（(][{HAN}]{{2,8}}[)）] ?)?"
    rf"(?:(?:[{HAN}A-Za-z0-9-]{{0,10}}?|[{HAN}]{{1,10}}[报网社台端] )(?:记者|通讯员)|(?:{_LABELS}) ?[:：/／丨|｜]|文图|(?:实习)?编译|整理|采写|撰文|撰稿"
    rf"|[{HAN}·]{{2,4}} ?[/／] ?[文图摄])[^。！？，]*$"
)
_LABELLED = re.compile(rf"[{MARKS}]*(?![文图][/／])(?:{_LABELS}) ?[:：/／丨|｜]")
_OF_AN_OUTLET = re.compile(
    rf"[{MARKS}]*(?:本报|本网|本台|[{HAN}A-Za-z0-9·-]{{1,12}}[报网社台端刊道]|[□■]|见习|实习|特约|特派|首席)[{HAN} ]{{0,6}}(?:记者|通讯员)(?![:：])"
)
"""How reporters sign; a bare 记者 may open a heading, or a question."""
_BRACKETS: Final = "（()）【】[]［］ "


def is_credit_line(line: str) -> bool:
    """Tell a line of credits, whether or not it names anybody."""
    if len(line) > CREDIT_LINE or line.endswith(SENTENCE_ENDS) or _LINE.match(line) is None:
        return False
    return _LABELLED.match(line) is None or _is_sure(line)


def is_credited(line: str) -> bool:
    """Tell a line of nothing but credits, in brackets or not, that names somebody: no heading, however bold it is."""
    inner = line.strip(_BRACKETS) if len(line) <= CREDIT_LINE else ""
    if not is_credit_line(inner):
        return False
    names = [one.name for one in read_credits(inner)]
    sure = _OF_AN_OUTLET.match(inner) or line[:1] in "（(" or len(signs(inner)) > 1
    return bool(sure and names) and all(map(is_name, names)) and says_only(inner.lstrip(MARKS), names)


def _is_sure(line: str) -> bool:
    """Tell a label over people (`责编：甲乙丙`) from one over a subject (`图片：高清`): names are longer, or spaced out."""
    names = [one.name for one in read_credits(line)]
    return len(signs(line)) > 1 or (
        bool(names) and all(is_name(name) and (len(name) > 2 or name not in line) for name in names)
    )
