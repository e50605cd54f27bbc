"""Lines of a body that are nothing but credits: `□本报记者 甲乙 通讯员 丙丁 文/图`."""

from __future__ import annotations

import re
from typing import Final

from fjsen_spider.extraction.credits import read_credits
from fjsen_spider.extraction.surnames import is_name
from fjsen_spider.extraction.text import HAN

LONGEST: Final = 60
ENDS: Final = ("。", "！", "？", "，")
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
    return len(line) <= LONGEST and not line.endswith(ENDS) and _LINE.match(line) is not None


def is_signed(line: str) -> bool:
    """Tell a line of credits, in brackets or not, that names somebody: no heading, however bold it is."""
    inner = line.strip(_BRACKETS) if len(line) <= LONGEST else ""
    return is_credit_line(inner) and any(is_name(one.name) for one in read_credits(inner))
