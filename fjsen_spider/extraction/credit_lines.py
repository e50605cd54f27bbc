"""Lines of a body that are nothing but credits: `□本报记者 甲乙 通讯员 丙丁 文/图`."""

from __future__ import annotations

import re
from typing import Final

from fjsen_spider.extraction.credits import read_credits
from fjsen_spider.extraction.surnames import is_name

LONGEST: Final = 60
ENDS: Final = ("。", "！", "？", "，")
"""What a line of credits does not end in."""
_LINE = re.compile(
    r"[□■◎●▲\s]*(?:[\u4e00-\u9fff]{2,8}(?:讯|消息) ?)?(?:[（(][\u4e00-\u9fff]{2,8}[)）] ?)?"
    r"(?:[\u4e00-\u9fffA-Za-z0-9-]{0,10}?(?:记者|通讯员)|文[/／]|图[/／]|文图|编译|整理|采写|撰文|撰稿)[^。！？，]*$"
)
_BRACKETS: Final = "（()）【】[]［］ "


def is_credit_line(line: str) -> bool:
    """Tell a line of credits, whether or not it names anybody."""
    return len(line) <= LONGEST and not line.endswith(ENDS) and _LINE.match(line) is not None


def is_signed(line: str) -> bool:
    """Tell a line of credits, in brackets or not, that names somebody: no heading, however bold it is."""
    inner = line.strip(_BRACKETS) if len(line) <= LONGEST else ""
    return is_credit_line(inner) and any(is_name(one.name) for one in read_credits(inner))
