"""The grammar of credits and lists of names, in the forms that the site prints."""

from __future__ import annotations

import pytest

from fjsen_spider.extraction.credits import read_credits
from fjsen_spider.extraction.names import split_names

CREDITS = [
    ("福建日报记者 林小溪 陈大海", "林小溪/reporter 陈大海/reporter"),
    ("福建日报记者林小溪", "林小溪/reporter"),
    ("福建日报记者", ""),
    ("福建日报记者 林小溪 通讯员 陈　溪 黄立", "林小溪/reporter 陈溪/correspondent 黄立/correspondent"),
    ("福建日报记者 林小溪 实习生 陈大海", "林小溪/reporter 陈大海/reporter"),
    ("晚报首席记者 林小溪 见习记者 陈大海", "林小溪/reporter 陈大海/reporter"),
    ("福建日报记者 林小溪 文/图", "林小溪/reporter 林小溪/photographer"),
    ("记者 林小溪/文 陈大海/图", "林小溪/reporter 陈大海/photographer"),
    ("记者 林小溪/文陈大海/图", "林小溪/reporter 陈大海/photographer"),
    ("林小溪/文陈大海/摄", "林小溪/author 陈大海/photographer"),
    ("文/记者 林小溪 图/记者 陈大海", "林小溪/reporter 陈大海/photographer"),
    ("文/图 林小溪", "林小溪/author 林小溪/photographer"),
    ("记者 林小溪/文 新媒体中心 陈大海/编", "林小溪/reporter 陈大海/editor"),
    ("记者 林小溪 摄", "林小溪/photographer"),
    ("记者林小溪整理", "林小溪/reporter 林小溪/compiler"),
    ("实习编译：林小溪审稿：陈大海", "林小溪/translator 陈大海/reviewer"),
    ("编译/林小溪", "林小溪/translator"),
    ("漫画：林小溪", "林小溪/illustrator"),
    ("记者 古丽·阿依 通讯员 欧阳小溪", "古丽·阿依/reporter 欧阳小溪/correspondent"),
    ("记者 甲乙", "甲乙/reporter"),
    ("记者丨林小溪 编辑丨陈大海", "林小溪/reporter 陈大海/editor"),
    ("记者 | 林小溪 通讯员｜陈大海", "林小溪/reporter 陈大海/correspondent"),
    ("记者 林小溪|摄影 陈大海|编辑 王小明", "林小溪/reporter 陈大海/photographer 王小明/editor"),
    ("记者 林小溪｜编辑 王小明", "林小溪/reporter 王小明/editor"),
    ("记者 林小溪 | 制图 陈大海", "林小溪/reporter"),
    ("综合南方某报、海西晨报等", ""),
    ("某某县气象局供图", ""),
    ("作者单位：某某县委党校", ""),
    ("作者：林小溪 单位：某某县委党校", "林小溪/author"),
    ("记者 单位民", "单位民/reporter"),
    ("记者手记", ""),
    ("记者林小溪文/图", "林小溪/reporter 林小溪/photographer"),
    ("记者 林小溪 文/摄", "林小溪/reporter 林小溪/photographer"),
    ("记者林小溪 摄影报道 通讯员 陈大海", "林小溪/reporter 林小溪/photographer 陈大海/correspondent"),
    ("摄影报道：林小溪", "林小溪/photographer"),
    ("林小溪 文 陈大海 图", "林小溪/author 陈大海/photographer"),
    ("记者 林小溪 摄影 记者 陈大海", "林小溪/reporter 陈大海/photographer"),
    ("本组文/图 记者 林小溪", "林小溪/reporter 林小溪/photographer"),
    ("通讯员 林小溪（畲族）", "林小溪/correspondent"),
    ("记者 林 文 陈 图", "林文/reporter 陈图/reporter"),
    ("翻译林小溪", "林小溪/translator"),
    ("作者：东南网龙岩记者 林小溪", "林小溪/reporter"),
    ("通讯员 张建社", "张建社/correspondent"),
    ("记者 林 文", "林文/reporter"),
    ("文字/林小溪 图片/陈大海", "林小溪/author 陈大海/photographer"),
    ("文：林小溪 图：陈大海", "林小溪/author 陈大海/photographer"),
    ("文 | 某凰网《在人间》特约作者 林小溪", "林小溪/author"),
    ("文/某州日报·新花城记者 林小溪", "林小溪/reporter"),
    ("文丨林小溪 编辑丨陈大海", "林小溪/author 陈大海/editor"),
    ("图片由某某市融媒体中心提供", ""),
    ("文/某报记者 林小溪 图/通讯员 陈大海", "林小溪/reporter 陈大海/photographer"),
    ("文/图 通讯员 林小溪", "林小溪/correspondent 林小溪/photographer"),
    ("某报记者 林小溪 通讯员 吴 燕 文", "林小溪/reporter 吴燕/correspondent"),
    ("某报记者 李 锦清 通讯员 潘 宁", "李锦清/reporter 潘宁/correspondent"),
    ("记者 次仁旺堆", "次仁旺堆/reporter"),
    ("记者 深入一线", ""),
    ("记者 扎西通讯员 林小溪", "扎西/reporter 林小溪/correspondent"),
    ("编辑 某报记者 林小溪", "林小溪/reporter"),
    ("采写于北京", ""),
    ("林小溪参与采写", "林小溪/reporter"),
    ("记者 钟离雪", "钟离雪/reporter"),
    ("参与采写人员：林小溪", "林小溪/reporter"),
    ("林小溪采写 陈大海摄影", "林小溪/reporter 陈大海/photographer"),
    ("记者林小溪发自东江 陈大海摄", "林小溪/reporter 陈大海/photographer"),
    ("作者 张晓东文 图", ""),
    ("记者：何时完工", ""),
    ("参与采写：林小溪", "林小溪/reporter"),
    ("采写：某报记者 林小溪", "林小溪/reporter"),
    ("某报记者 林小溪 实习生 陈大海 发自东江、西城", "林小溪/reporter 陈大海/reporter"),
    ("文/某都记者 林小溪 通讯员 陈大海", "林小溪/reporter 陈大海/correspondent"),
    ("某报·某某网记者 林小溪", "林小溪/reporter"),
    ("某报·某某网 林小溪/摄", "林小溪/photographer"),
    ("某台记者 林小溪拍摄", "林小溪/photographer"),
    ("福建日报记者 走基层", ""),
    ("记者连线 林小溪", "林小溪/reporter"),
    ("某江新闻记者 林小溪 沂水台 陈大海 报道", "林小溪/reporter 陈大海/reporter"),
]


@pytest.mark.parametrize(("text", "expected"), CREDITS, ids=[text for text, _ in CREDITS])
def test_credits(text: str, expected: str) -> None:
    assert " ".join(f"{one.name}/{one.role}" for one in read_credits(text)) == expected


def test_names_without_a_role_are_reporters_only_where_asked() -> None:
    assert read_credits("福建日报 林小溪") == []
    assert [(one.name, one.role) for one in read_credits("福建日报 林小溪", unnamed="reporter")] == [
        ("林小溪", "reporter")
    ]
    assert read_credits("新闻联播", unnamed="reporter") == []


def test_print_spaced_names_are_joined_and_nobody_is_named_twice() -> None:
    assert split_names("甲　乙 林小溪 林小溪") == ("甲乙", "林小溪")
    assert split_names("林小溪 罗 联 永") == ("林小溪", "罗联永")
    assert split_names("林 溪 陈 一") == ("林溪", "陈一")
    assert split_names("林小溪陈 一") == ("林小溪", "陈一")
    assert split_names("林小陈 一") == ("林小陈", "一"), "which of them the middle one belongs to cannot be told"
    for apart in ("林小溪的 一", "某小溪王 楠", "欧阳小王 楠", "林小溪王 楠木", "林小溪文 图"):
        assert split_names(apart) == tuple(apart.split()), "nothing has run together"
    assert split_names("null") == ()
