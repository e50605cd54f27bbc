"""The opening of a report: `东南网8月14日讯（福建日报记者 …）` and its relatives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from fjsen_spider.extraction.blocks import PARAGRAPH, TEXT, Block
from fjsen_spider.extraction.surnames import SURNAME, is_name
from fjsen_spider.items import Dateline

_OUTLET = r"(?![据在从自于到对])[\u4e00-\u9fffA-Za-z·/－-]{2,14}?"
_MEDIUM = r"(?:[\u4e00-\u9fff]{1,8}[网报社台刊][·－/-])?[\u4e00-\u9fff]{1,8}(?:[网报社台刊]|客户端)"
_DATE = r"(?:20\d\d年)?[\d０-９]{1,2}\s?月\s?[\d０-９]{1,2}\s?日"
_VERB = r"(?:综合)?(?:专?电|讯|消息|报道|专稿)(?![称指])"
_WIRE = r"(?:专?电(?![气影器力视话动脑网路子商])|讯)"  # without credits behind it, only these tell a dateline from a sentence
_AFTER = r"(?:\s?据《?[\u4e00-\u9fff]{2,10}》?(?:消息|报道)(?=[（(][\u4e00-\u9fff]{0,8}记者))?"
"""Whose report it is: 东南网9月7日讯 据福建日报报道（记者 …）."""
_BRACKET = r"[（(]{1,2}(?P<inner>[^（()）]{0,80}(?:[（(][^（()）]{0,20}[)）][^（()）]{0,40})?)[)）]{1,2}"
_CREDIT = r"记者|通讯员|实习生|[\u4e00-\u9fff][报网社台刊]|客户端|APP|新福建|文[/／]|图[/／]|[/／][文图摄]"
_NAME = rf"[{SURNAME}][\u4e00-\u9fff]{{1,2}}"

_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        # 东南网8月14日讯（…）, 新华社布鲁塞尔９月１０日电（记者 …）
        rf"据?(?P<outlet>{_OUTLET})(?P<date>{_DATE}){_VERB}{_AFTER}\s?{_BRACKET}",
        # 参考消息网10月12日报道 英媒称
        rf"(?!据)(?P<outlet>[\u4e00-\u9fff]{{2,5}}网)(?P<date>{_DATE})报道(?=\s)",
        # 厦门日报讯（文/记者 …）, 央视网消息（新闻联播）
        rf"(?P<outlet>{_MEDIUM}){_VERB}\s?{_BRACKET}",
        # an outlet of any name, told by the reporter behind it: 国际在线报道（…记者 …）
        rf"(?P<outlet>[\u4e00-\u9fff]{{2,8}}?){_VERB}\s?(?=[（(][^（()）]{{0,20}}记者){_BRACKET}",
        # the verb lost: 东南网8月14日（福建日报记者 …）
        rf"(?P<outlet>{_MEDIUM})(?P<date>{_DATE})\s?(?=[（(][^（()）]{{0,12}}(?:{_CREDIT})){_BRACKET}",
        # 【环球网综合报道】, 【环球网报道 记者…】
        rf"【(?P<outlet>{_MEDIUM}){_VERB}(?:\s(?P<inner>[^【】]{{2,40}}))?】",
        # 【环球时报驻日本记者 …】, but a column's name is none: 【福建日报记者 走基层】
        rf"【(?P<outlet>{_MEDIUM})(?P<inner>[\u4e00-\u9fff]{{0,8}}记者\s[{SURNAME}][^【】]{{1,40}})】",
        # the outlet alone in a box: 【环球网】（记者 …）
        rf"【(?P<outlet>{_MEDIUM})】\s?(?=[（(][\u4e00-\u9fff]{{0,8}}记者[ ：:]){_BRACKET}",
        # 本报讯 记者甲乙、通讯员丙丁报道：
        rf"(?P<outlet>{_OUTLET}(?P<date>{_DATE})|本[报网台]|{_MEDIUM}){_WIRE}\s(?P<inner>[\u4e00-\u9fff]{{0,8}}记者\s?{_NAME}(?:[ 、](?:[\u4e00-\u9fff]{{0,6}}(?:记者|通讯员|实习生)\s?)?{_NAME})*)\s?报道(?=[：:，,])",
        # the opening bracket lost: 厦门日报讯文/记者 …）
        rf"(?P<outlet>{_OUTLET}(?P<date>{_DATE})|{_MEDIUM}){_VERB}\s?(?P<inner>(?:[\u4e00-\u9fff]{{0,8}}(?:{_CREDIT}))[^（()）。，]{{1,60}})[)）]",
        # 东南网9月7日讯 without anything
        rf"据?(?P<outlet>{_OUTLET})(?P<date>{_DATE}){_WIRE}",
        # 本报讯, 东南网讯 without anything
        r"(?P<outlet>本[报网台]|[\u4e00-\u9fff]{1,6}[网报])讯(?=\s)",
    )
)

_HINT = re.compile(r"[讯电道息稿]|[日】]\s?[（(]|^【")
_OPENING = 40


@lru_cache(maxsize=256)
def read_dateline(text: str) -> tuple[Dateline, str] | None:
    """Return the dateline that a paragraph opens with, and what stands in its brackets.

    `text` is a collapsed line. None when it opens like any sentence: a bare date, or an outlet without 讯 or credits.
    """
    if not _HINT.search(text[:_OPENING]):
        return None
    for form in _FORMS:
        if match := form.match(text):
            groups = match.groupdict()
            date, inner = groups.get("date"), groups.get("inner") or ""
            outlet = groups["outlet"].removesuffix(date or "")
            raw = match[0].rstrip()
            if inner and date and not _credits(inner):  # a series label in brackets is the headline's: 电（国际观察）
                raw, inner = re.split(r"\s*[（(]", raw, maxsplit=1)[0], ""
            return Dateline(outlet=outlet or None, date_text=date, raw=raw), inner
    return None


def _credits(inner: str) -> bool:
    """Tell whether brackets name people or an outlet."""
    return bool(re.search(_CREDIT, inner)) or any(map(is_name, re.split(r"[\s、/／]+", inner)))


_LINES_SEARCHED, _PARAGRAPHS_BEFORE = 16, 3


def dateline_at(blocks: Sequence[Block]) -> int | None:
    """Return where the paragraph with the dateline is: near the top of the first page, few paragraphs before it."""
    seen = plain = 0
    for at, one in enumerate(blocks):
        if one.kind is not TEXT or one.page > 1:
            continue
        if one.role is PARAGRAPH:
            if read_dateline(one.text):
                return at
            plain += not (one.strong or one.kai)
        seen += 1
        if plain > _PARAGRAPHS_BEFORE or seen == _LINES_SEARCHED:
            return None
    return None
