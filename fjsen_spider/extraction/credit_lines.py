"""Lines of a body that are nothing but credits: `□本报记者 甲乙 通讯员 丙丁 文/图`."""

from __future__ import annotations

import re
from typing import Final

from fjsen_spider.extraction.credits import read_credits, says_only
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
    rf"(?:[{HAN}A-Za-z0-9-]{{0,10}}? ?(?:记者|通讯员)|(?:{_LABELS}) ?[:：/／丨|｜]|文图|(?:实习)?编译|整理|采写|撰文|撰稿"
    rf"|[{HAN}·]{{2,4}} ?[/／] ?[文图摄])[^。！？，]*$"
)
_BRACKETS: Final = "（()）【】[]［］ "


def is_credit_line(line: str) -> bool:
    """Tell a line of credits, whether or not it names anybody."""
    return len(line) <= CREDIT_LINE and not line.endswith(SENTENCE_ENDS) and _LINE.match(line) is not None


def is_credited(line: str) -> bool:
    """Tell a line of nothing but credits, in brackets or not, that names somebody: no heading, however bold it is."""
    inner = line.strip(_BRACKETS) if len(line) <= CREDIT_LINE else ""
    if not is_credit_line(inner):
        return False
    names = [one.name for one in read_credits(inner)]
    return any(map(is_name, names)) and says_only(inner.lstrip(MARKS), names)
