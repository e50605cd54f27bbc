"""`来源：某某网 责任编辑：某某`: a line taken apart by its labels, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from fjsen_spider.extraction.credits import is_person, read_credits
from fjsen_spider.extraction.generic.line import Line
from fjsen_spider.extraction.names import split_names
from fjsen_spider.extraction.text import collapse

SEAM: Final = "\x1f"
"""Stands where a value may end: between two elements."""
COLON: Final = "：:丨｜|"
"""What stands between a label and its value; the upright strokes are those of WeChat articles (`编辑丨甲乙`)."""

_LABELS: Final = {
    "date": r"(?:发布|发稿|发表|出版|上传|刊发|刊登)(?:时间|日期)|时间|日期",
    "source": r"(?:文章|信息|新闻|稿件|本文|内容|原文)?来\s?(?:源(?:于|自)?|自)|稿源|出处",
    "authors": r"作\s?者|撰文|撰稿|文字?(?=\s?[：:/／](?!图))|(?<![\u4e00-\u9fff])文(?=\s?[丨｜|]\s?(?!图))",
    "editors": r"(?:[本值责网实见执文新初][期班任络习行字闻媒体图片审]{0,5})?(?:责任编辑|责\s?编|编\s?辑)|选稿",
    "other": r"(?:图片|版面|视觉|美术|摄影|视频)编辑|(?:更新|修改|编辑)时间|(?:责任)?(?:校对|校审|审校|审核|审读|审签|终审|[初二三]审|复审|监制|统筹|策划|签发|美编|视觉|制作|(?:栏目)?主编|(?:题图|图片|封面)来源|值班\S{0,4}|总?编审|摄影|供图|(?<![文/／])图(?![/／]文))"
    r"|点击(?:数|量|率)?|浏览(?:次数|量)?|阅读(?:数|量)?|评论(?:数)?|字[体号](?:大小)?|分享(?:到|至)?|关键[词字]|标签|栏目|频道|电话|邮箱|原标题|查看|人气|发布[者人]|(?:文章)?录入|访问\S{0,3}",
}
_LABEL = re.compile(
    "(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _LABELS.items())
    + rf")(?:[\s{SEAM}]*[{COLON}/／][\s{COLON}{SEAM}]*|(?<=责任编辑)[\s{SEAM}]+|(?<=责编)[\s{SEAM}]+)"
)
_BARE = re.compile(
    r"(?:(?<=^)|(?<=[\s\x1f|｜（(【\[]))((?:责任|实习|值班|新媒体)?编辑|责编|校对|审核|监制|终审|二审|三审|统筹)\s+(?=[\u4e00-\u9fff]{2,4}(?:[\s\x1f）)】\]、]|$))"
)
_BOXED = re.compile(
    r"【((?:责任|文字|图片|实习|值班)?编辑|责编|校对|来源|稿源|作者|记者|通讯员|图片|摄影|审核|监制|终审)】\s*"
)
LABELLED: Final = re.compile(
    rf"(?:来\s?(?:源(?:于|自)?|自)|稿源|责任编辑|责\s?编|编\s?辑|选稿|作\s?者|记\s?者|录\s?入|发布时间|发稿时间|时\s?间|日\s?期)\s*[{COLON}]"
)
"""A label of a byline that carries a field."""
_DATE = r"(?:19|20)\d\d\s?[-/.年]"
_TOOLS = r"字[体号]|打印|收藏|分享|评论|点击|浏览|阅读|推荐|纠错|手机|扫码|扫描|扫一扫|参与|关注|举报|我要|发表|关闭|订阅|进入|下载|大\s*(?:中\s*)?小|T[大小]|返回|A[+-]|听新闻"
_TURN = re.compile(rf"[\s【\[（(|｜]+(?:{_TOOLS}).*$")
_GLUED = re.compile(rf"(?<=[：:/（(【\[]){SEAM}|{SEAM}(?=[/）)】\]])")
_SOURCE_ENDS = re.compile(
    rf"[{SEAM}|｜【\[\n]|{_DATE}|\s(?:{_TOOLS}|(?:本报|本网)?(?:记者|通讯员)|发[布表]|时间)|\d{{1,2}}:\d\d"
)
_QUOTED = re.compile(r"^《\s*([^《》]+?)\s*》$")
_NAMES_END = re.compile(rf"[|｜【\[\]】［］\n)）]|{_DATE}|(?:{_TOOLS})|\d{{1,2}}:\d\d|[。；;]|\s(?:来源|发布)")
COLUMN = (
    r"(?:社会|国内|国际|时政|体育|娱乐|科技|本地|地方|今日|滚动|最新|图片|热点|即时|要闻|民生|文化|教育)(?:新闻|频道)"
)
_OUTLET: Final = r"(?:网|日报|晚报|晨报|早报|时报|商报|都市报|青年报|法[治制]报|[\u4e00-\u9fff]报|通讯社|新华社|中新社|新闻社|电视台|电台|周刊|杂志|客户端|新闻|经济报道|发布|在线|财经|综合|频道|融媒\S{0,4})"
OUTLET: Final = re.compile(rf"(?!{COLUMN})[\u4e00-\u9fffA-Za-z0-9·-]{{1,12}}?{_OUTLET}")
_BRACKETED = re.compile(r"[（(][^（()）]*(?:[)）]|$)")
_CODE = re.compile(r"[_ ]?\b[A-Z]{1,4}\d{2,8}\b|(?<=[\u4e00-\u9fff])_?[A-Z]{1,4}\d{2,8}|\b\d{3,}\b")
_ROLE = re.compile(r"记者|通讯员|[文图摄]\s?[/／]|[/／]\s?[文图摄]|摄影|报道|实习生")
_OFFICE = re.compile(r"(?:作者|评论员|观察员|教授|编辑|主任|撰稿人)$")
NOBODY: Final = frozenset("未知 原创 转载 网络 网络整理 互联网 本站 本站原创 管理员 系统管理员 小编 admin".split())
_NAME = re.compile(r"[^\d：:]{2,16}")
_LONGEST = 80


class Segment(NamedTuple):
    """A label's kind and what stands behind it, up to the next label."""

    kind: str
    value: str


def spelled(lines: Sequence[Line]) -> str:
    """Return lines as one string with seams between elements and line breaks between lines.

    A colon comes behind labels that have none (`编辑 甲乙 校对 丙丁`, `【编辑】 甲乙`).
    """
    text = _BOXED.sub(r"\1：", "\n".join(_spell(line) for line in lines))
    return _BARE.sub(r"\1：", text)


def _spell(line: Line) -> str:
    words = ""
    for at, piece in enumerate(line.pieces):
        words += SEAM if at and piece.owner is not line.pieces[at - 1].owner else ""
        words += piece.text
    return SEAM.join(collapse(part) for part in words.split(SEAM))


def shown_of(lines: Sequence[Line]) -> str:
    """Return a byline as shown, each line up to where it turns to what a reader can do with it."""
    shown = (collapse(_GLUED.sub("", _spell(line)).replace(SEAM, " ")) for line in lines)
    return " ".join(filter(None, (_TURN.sub("", words) for words in shown)))


def segments(text: str) -> tuple[str, list[Segment]]:
    """Return what stands before the first label, and the labelled values."""
    labels = [match for match in _LABEL.finditer(text) if match.lastgroup]
    ends = [*(match.start() for match in labels[1:]), len(text)]
    found = (
        [
            Segment(match.lastgroup or "", text[match.end() : end])
            for match, end in zip(labels, ends, strict=bool(labels))
        ]
        if labels
        else []
    )
    return text[: labels[0].start()] if labels else text, found


def source_in(value: str) -> str:
    """Return the outlet that a value begins with; behind a space only another outlet still belongs to it."""
    value = _SOURCE_ENDS.split(value.strip(f" \n{SEAM}"), maxsplit=1)[0].strip(" （()）“”,，。;；、")
    value = _QUOTED.sub(r"\1", value)
    first, *others = value.split() or [""]
    while others and (OUTLET.fullmatch(others[0]) or first.isascii()):
        first += f" {others.pop(0)}"
    return first if len(first) <= 30 else ""


def names_in(value: str) -> tuple[str, ...]:
    """Return the people that a value names, without editors' codes (`王晓_NF5432`) and offices in brackets."""
    value = _BRACKETED.sub(" ", value.replace(SEAM, " ")).strip()
    value = _CODE.sub(" ", _NAMES_END.split(value, maxsplit=1)[0])[:_LONGEST]
    if _ROLE.search(value):
        return tuple(dict.fromkeys(one.name for one in read_credits(value, unnamed="author") if one.role != "editor"))
    names = [name for name in split_names(value.strip(" ,，、")) if _NAME.fullmatch(name) and not _is_nobody(name)]
    return tuple(name for name in names if not (_OFFICE.search(name) and any(map(is_person, names))))


def people_in(kind: str, value: str) -> tuple[str, ...]:
    """Return the people that a labelled value names; an outlet may be who wrote, but edits nothing."""
    return tuple(name for name in names_in(value) if kind == "authors" or not OUTLET.fullmatch(name))


def _is_nobody(name: str) -> bool:
    return name in NOBODY or name.endswith("管理员")


def behind_names(value: str) -> str:
    """Return what stands behind the people that a value names."""
    end = _NAMES_END.search(value)
    return value[end.start() :] if end else ""


def credited(text: str) -> tuple[str, ...]:
    """Return who wrote, by words that only stand beside a name: `记者 甲乙`, `文/丙丁`."""
    roles = ("author", "reporter", "correspondent")
    lines = (line for line in text.replace(SEAM, " ").replace("丨", "：").split("\n"))
    return tuple(dict.fromkeys(one.name for line in lines for one in read_credits(line) if one.role in roles))


def only_people(names: Sequence[str]) -> Iterator[str]:
    """Yield those names that are a person's beyond doubt."""
    yield from (name for name in names if is_person(name))
