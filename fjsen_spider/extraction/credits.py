"""The grammar of Chinese news credits: who is named, in which role."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from fjsen_spider.extraction.names import join_spaced
from fjsen_spider.extraction.surnames import OUTLETS, is_name
from fjsen_spider.extraction.text import HAN

REPORTER, CORRESPONDENT, PHOTOGRAPHER, AUTHOR = ("reporter",), ("correspondent",), ("photographer",), ("author",)

_BOTH = r"文[/／]图|图[/／]文|文图|图文|文[/／]摄影?|文并摄"
_BEHIND = rf"(?:(?<=[{HAN}]{{2}})|(?<= [{HAN}] [{HAN}]))"
"""A single character behind one other is the second of a spaced name: `林 文`."""

BEFORE: Final[dict[str, tuple[str, ...]]] = {
    r"文[/／]记者|文字记者": REPORTER,
    r"图[/／]记者|摄影记者|摄影报道(?= ?[：:/／])|(?<!.)摄影报道": PHOTOGRAPHER,
    r"(?:特约|见习|实习|特派|首席|驻[^ ]{1,3}|全媒体|融媒体|本报|本网|文字)?记者": REPORTER,
    r"(?:特约|本报)?通讯员": CORRESPONDENT,
    r"实习生|(?:参与)?采写(?:人员)?(?= ?[：:/／|])": REPORTER,
    r"(?:实习)?编译|翻译(?!系|公司|社|院|中心|专业|家|员)|译者": ("translator",),
    r"审稿|审校|审核": ("reviewer",),
    r"责任编辑|责编|实习编辑|编辑|编[/／]": ("editor",),
    r"题图设计|题图|漫画|插画|插图": ("illustrator",),
    rf"(?:(?<=本组)|(?<=本版)|(?<![{HAN}]))(?:{_BOTH})": ("author", "photographer"),
    rf"摄影(?! ?(?:$|报道|[）)。]))|摄[/／]|图[/／](?!文)|图片|(?<![{HAN}])图(?=[：:|])": PHOTOGRAPHER,
    rf"作者(?!单位|简介|系|为|是)|撰文|撰稿|文[/／](?![图摄])|(?<![{HAN}])文字?(?= ?[：:/／|])": AUTHOR,
    rf"单位(?=[：:])|发自[{HAN}、]{{2,10}}|统筹|策划|监制|监审|制图|设计|制作|出镜|主播|剪辑|配音|校对|供稿|供图|来源|综合|题字|书法": (),
}
"""Words before names. Several on one name add up; an empty role takes its names out of the record."""

AFTER: Final[dict[str, tuple[str, ...]]] = {
    rf"[/／ ]?(?:{_BOTH})(?:报道)?|[/／ ]?摄影报道": ("+photographer",),
    rf"[/／] ?(?:文字?|撰文)|{_BEHIND} 文(?=$| (?:[^ ]+ )+图$)": AUTHOR,
    rf"[/／] ?(?:图片?|摄影?)|(?<=[{HAN}]{{2}}) 图(?=$)|拍?摄影?(?![\u4e00-\u9fff])": PHOTOGRAPHER,
    r"[/／] ?编译|编译|[/／] ?译|译(?![\u4e00-\u9fff])": ("translator",),
    r"[/／] ?(?:编辑|编)|编辑(?![\u4e00-\u9fff：:/／])": ("editor",),
    r"[/／] ?(?:漫画|绘图?|画)|绘(?![\u4e00-\u9fff])": ("illustrator",),
    r"[/／]?整理": ("+compiler",),
    rf"(?:参与)?采写(?![{HAN}：:/／])": REPORTER,
    r"[/／] ?(?:制图|设计|制作|剪辑|视频)|供图|供稿|提供": (),
}
"""Words behind names; `+` adds to the role that the names have."""

_ORGANISATION = re.compile(
    rf"[{HAN}A-Za-z-]*(?:日报|晚报|早报|晨报|导报|商报|都市报|法治报|周刊|杂志|新闻社|通讯社|新华社|中新社|中新网|新华网|人民网|东南网|央视网|环球网"
    r"|新福建|客户端|中心|编辑部|记者站|工作室|电视台|广播电台|频道|App|APP|app|报社|本报|本网)"
)
_ORGANISED = frozenset("报刊志社网建端心部站室台道pP")
"""Characters of which each such name has one."""

_FOR = re.compile(r"(?:[报都网台社端刊]|·[\u4e00-\u9fff]{2,4}|特约|特邀|专栏)$")
"""What ends right before 记者 or 作者, and is no name."""
_REPORTED = re.compile(rf"[{HAN}0-9]{{0,8}}报道|[{HAN}]{{2,6}}[讯电]|[{HAN}]{{1,3}}族")
_OFFICE = re.compile(
    r"(?:主任|教授|理事|部长|院长|校长|局长|书记|会长|研究员|博士|专家|评论员|编辑部|工作者|先生|女士|基层|两会|族|员)$"
)
_HAN = re.compile(rf"[{HAN}]+")
_WORDS = frozenset(
    (
        "代表 专题 专栏 专刊 评论 社论 时评 记者 编辑 报道 综合 整理 供稿 获悉 了解 采访 昨日 近日 今日 日前 从省 从市 实习 本报 本网 我们 他们 大家 同志 "
        "团队 小组 摄影 文字 单位 简介 调查 手记 观察 走访 探访 体验 暗访 来信 视角 连线 追踪 直击 现场 专访 札记 感言 见闻 日记 "
        "发现 表示 注意到 看到 提问 在线"
    ).split()
)


class Credit(NamedTuple):
    """A person in a role, and the words that say so."""

    name: str
    role: str
    raw: str


def _alternatives(table: dict[str, tuple[str, ...]], kind: str) -> str:
    return "|".join(f"(?P<{kind}{at}>{words})" for at, words in enumerate(table))


_BEGINNINGS = re.escape("".join(sorted(set("".join((*BEFORE, *AFTER))))))
"""Every character of a role word: elsewhere the many words need not be tried."""
_ROLE: Final = re.compile(
    rf"(?=[{_BEGINNINGS}])(?:(?:{_alternatives(BEFORE, 'b')}) ?[：:/／]? ?|(?:{_alternatives(AFTER, 'a')}))"
)
_NAME: Final = re.compile(rf"[{HAN}A-Za-z·•]+")
_WORD: Final = re.compile(rf"{_NAME.pattern}|.", re.DOTALL)
"""A name, or a character between names."""
_COMMAS: Final = frozenset("，,；;")
_BETWEEN: Final = frozenset("、，,；;/／（）()|｜")
_TITLE: Final = re.compile("《[^《》]*》")
"""A paper or programme, and nobody's name."""
_STROKE: Final = "丨"
"""A Han character by its code, and on pages a bar between role and name."""
_LONGEST: Final = 300
"""Characters of credits that are read: no bracket of names is longer."""
_BEFORE_ROLES: Final = {f"b{at}": roles for at, roles in enumerate(BEFORE.values())}
_AFTER_ROLES: Final = {f"a{at}": roles for at, roles in enumerate(AFTER.values())}
_ADDED: Final = {word: tuple(role[1:] for role in roles if role[0] == "+") for word, roles in _AFTER_ROLES.items()}


@dataclass(slots=True)
class _Group:
    """Names that share their role words."""

    roles: tuple[str, ...] | None
    start: int
    words: list[str] = field(default_factory=list)
    end: int = 0
    given: bool = False
    """A role word stands before the names: what follows it is a name, however rare."""


def read_credits(text: str, *, unnamed: str | None = None) -> list[Credit]:
    """Read the credits of a bracket, caption or tail line.

    `unnamed` is the role of names without a role word; None leaves them out. What does not look like a name (an
    outlet, an office) is no person: better fewer than wrong.
    """
    found: dict[tuple[str, str], Credit] = {}
    text = text[:_LONGEST]
    plain = _TITLE.sub(lambda title: " " * len(title[0]), text) if "《" in text else text
    for group in _groups(plain.replace(_STROKE, "|")):
        roles = group.roles if group.roles is not None else (unnamed,) if unnamed else ()
        for name in _people(group.words, given=group.given) if roles else ():
            raw = text[group.start : group.end].strip(" 、，,；;：:|｜丨")
            for role in roles:
                found.setdefault((name, role), Credit(name, role, raw))
    return list(found.values())


def signs(text: str) -> list[str]:
    """Return the words of a text that tell what somebody did."""
    return [match[0] for match in _ROLE.finditer(text.replace(_STROKE, "|"))]


def says_only(text: str, names: Iterable[str]) -> bool:
    """Tell whether a text says nothing besides names, words for what they did, and outlets."""
    for name in names:
        text = re.sub(" ?".join(name), " ", text)
    words = re.sub(rf"[{re.escape(''.join(_BETWEEN))}：:\s]+", " ", _ROLE.sub(" ", text.replace(_STROKE, "|"))).split()
    return all(_FOR.search(word) or _is_outlet(word) or _REPORTED.fullmatch(word) for word in words)


def _groups(text: str) -> list[_Group]:
    """Take a text apart at its role words; they cut free the names that are glued to them (`朱榕摄`, `福建日报记者`)."""
    groups, at = [_Group(None, 0)], 0
    for match in _ROLE.finditer(text):
        start, end = match.span()
        if at < start:
            _add_words(groups, text, at, start)
        _add_role(groups, match.lastgroup or "", start, end)
        at = end
    _add_words(groups, text, at, len(text))
    return groups


def _add_words(groups: list[_Group], text: str, start: int, end: int) -> None:
    """Add names and what is between them to the last group; a comma begins another one in the same roles."""
    group = groups[-1]
    for word in _WORD.findall(text, start, end):
        start += len(word)
        if word in _COMMAS and group.words:
            group = _Group(group.roles, start, given=group.given)
            groups.append(group)
        else:
            group.words.append(word)
            if len(word) > 1 or _NAME.match(word):
                group.end = start


def _add_role(groups: list[_Group], word: str, start: int, end: int) -> None:
    """Add a role word: before names it begins a group, behind them it ends one."""
    group = groups[-1]
    if word in _BEFORE_ROLES:
        roles = _BEFORE_ROLES[word]
        if roles in (REPORTER, AUTHOR) and group.end == start and group.words and _is_capacity(group.words[-1]):
            group.words.pop()  # for whom, or in which capacity: 文/某都记者 甲乙, 文/特约作者 甲乙
            if not group.words and not (group.roles and set(group.roles) <= {*AUTHOR, *PHOTOGRAPHER}):
                group.roles = None
        if group.words or group.roles is None:
            groups.append(_Group(roles, start, given=True))
        else:
            group.roles = _join(group.roles, roles)
        return
    roles, added = _AFTER_ROLES[word], _ADDED[word]
    if group.words:
        group.roles, group.end = _behind(group.roles, roles, added), end
        groups.append(_Group(group.roles or None if added else None, end))
    elif not added:
        group.roles = roles


def _join(roles: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """Add a second word before the same names: `文/` `记者` is a reporter, `图/` `记者` a photographer only."""
    if more in (REPORTER, CORRESPONDENT) and roles and set(roles) <= {*AUTHOR, *PHOTOGRAPHER}:
        return roles if roles == PHOTOGRAPHER else (*more, *(role for role in roles if role not in AUTHOR))
    return tuple(dict.fromkeys((*roles, *more)))


def _behind(roles: tuple[str, ...] | None, more: tuple[str, ...], added: tuple[str, ...]) -> tuple[str, ...]:
    """Add a word behind names to the words before them."""
    if added:
        return tuple(dict.fromkeys((*(roles or (AUTHOR if added == PHOTOGRAPHER else ())), *added)))
    return roles if roles and more == AUTHOR else more


def _people(words: list[str], *, given: bool) -> list[str]:
    """Return the names among the words of a group."""
    parts: list[str] = []
    for word in words:
        if not _ORGANISED.isdisjoint(word):
            parts += [] if "·" in word and _is_outlet(word) else _ORGANISATION.sub(" ", word).split()
        elif word not in _BETWEEN and not word.isspace():
            parts.append(word)
    tells = is_person if given else is_name
    return [name for name in join_spaced(parts) if name not in _WORDS and tells(name)]


def is_person(name: str) -> bool:
    """Tell a name, however rare, from an office or outlet (`福建日报评论员`)."""
    rare = len(name) in (2, 3) and bool(_HAN.fullmatch(name)) and not _is_office(name)
    return name not in _WORDS and not _OFFICE.search(name) and (rare or is_name(name))


def _is_capacity(word: str) -> bool:
    """Tell for whom, or in which capacity, somebody reports, when it runs into 记者: 东南网龙岩, 特约."""
    return _FOR.search(word) is not None or _is_outlet(word)


def _is_outlet(word: str) -> bool:
    return _ORGANISATION.search(word) is not None


def _is_office(word: str) -> bool:
    return word[-1] in OUTLETS or bool(_OFFICE.search(word)) or _is_outlet(word)
