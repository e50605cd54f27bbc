"""Whom the brackets that close an article name."""

from __future__ import annotations

import pytest
from test_roles import PROSE, article


@pytest.mark.parametrize(
    ("bracket", "people"),
    [
        ("林小溪", "林小溪/author"),
        ("林小溪 陈 一", "林小溪/author 陈一/author"),
        ("林小溪陈 一", "林小溪/author 陈一/author"),
        ("作者系某某大学教授 林小溪", ""),
        ("林小溪作者系某某大学教授", "林小溪/author"),
        ("作者：林小溪，系某某大学教授", "林小溪/author"),
        ("作者林小溪为本报编辑", "林小溪/author"),
        ("作者单位：某某县委党校", ""),
        ("作者单位为某某县委党校", ""),
        ("作者简介：林小溪，教授", ""),
        ("作者马克·林，林一译", "马克·林/author 林一/translator"),
        ("记者 林小溪 实习编译：陈一", "林小溪/reporter 陈一/translator"),
        ("见右图", ""),
        ("作者系某大学翻译系讲师", ""),
        ("作者系某翻译公司经理", ""),
        ("作者系教师", ""),
        ("文/图 林小溪", "林小溪/author 林小溪/photographer"),
    ],
)
def test_closing_bracket_names(bracket, people):
    found = article(f"<p>{PROSE}</p><p>{PROSE}（{bracket}）</p>").people
    assert " ".join(f"{one.name}/{one.role}" for one in found) == people
    assert {one.where for one in found} <= {"body-tail"}


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("作者：林小溪", "林小溪/author"),
        ("文/王明", "王明/author"),
        ("作者/程序员", ""),
        ("走基层 记者 连江", ""),
        ("摄影/林小溪", "林小溪/photographer"),
        ("漫画：林小溪", "林小溪/illustrator"),
        ("责编：林小溪", "林小溪/editor"),
        ("实习编译：林小溪 审稿：陈一", "林小溪/translator 陈一/reviewer"),
        ("林小溪/文 陈一/摄", "林小溪/author 陈一/photographer"),
        ("某某日报 记者林小溪", "林小溪/reporter"),
        ("某某市市长 林小溪", "林小溪/author"),
        ("某某市某某小学 语文教师 林小溪", "林小溪/author"),
        ("图：渡口旧影", ""),
        *(
            (line, "")
            for line in (
                "谢谢！",
                "—— 李白",
                "王明 李华 陈大海",
                "林小溪 张三丰 周琳",
                "连江县 公安局",
                "福建省 林业厅",
                "公安部",
                "金门、连江、马尾",
                "祝平安",
                "文明 和谐",
                "单位 万元",
                "●金门",
                "□ 黄酒",
                "图片：高清",
                "翻译：英语",
                "编辑：一名",
            )
        ),
        ("编辑：某某网", ""),
    ],
)
def test_last_line_of_credits_names(line, people):
    found = article(f"<p>{PROSE}</p><p>{PROSE}</p><p>{line}</p>")
    assert " ".join(f"{one.name}/{one.role}" for one in found.people) == people
    assert found.text.endswith(line)


@pytest.mark.parametrize("behind", ["2018年3月5日", "二〇一八年三月五日", "（本网首发，转载请注明来源）", "（完）"])
def test_signature_over_a_date_or_a_notice_is_the_writers(behind):
    (found,) = article(f"<p>{PROSE}</p><p>此致</p><p>某某小学教师 林小溪</p><p>{behind}</p>").people
    assert (found.name, found.role, found.where) == ("林小溪", "author", "body-tail")


def test_who_signs_an_editors_note_is_found_at_the_head():
    kai = '<p><font face="楷体">{}</font></p>'
    note = kai.format("编者按：这是一组来信。") + kai.format("敬请垂注。（本报编辑 林 溪）")
    (found,) = article(f"{note}<p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p>").people
    assert (found.name, found.role, found.where) == ("林溪", "editor", "body-head")


@pytest.mark.parametrize("line", ["连江县 公安局", "福建省 林业厅", "商务部 公安部", "福建师大 文学院", "居民 代表"])
def test_office_over_a_date_is_nobody(line):
    assert article(f"<p>{PROSE}</p><p>{PROSE}</p><p>{line}</p><p>2018年3月5日</p>").people == ()


def test_writers_are_found_before_the_bracket_that_says_the_end():
    (found,) = article(f"<p>{PROSE}</p><p>{PROSE}（参与采写：林小溪）（完）</p>").people
    assert (found.name, found.role) == ("林小溪", "reporter")


BOLD = "<p><strong>{}</strong></p>"


@pytest.mark.parametrize(
    "credits",
    [
        "本报记者 林小溪",
        "□本报记者 林小溪 通讯员 陈一",
        "（记者 林小溪）",
        "【文/某网作者 林小溪】",
        "21世纪某报记者 林小溪",
    ],
)
def test_bold_credits_are_neither_deck_nor_heading(credits):
    heading = BOLD.format("夜市开张")
    for body in (
        BOLD.format(credits) + f"<p>{PROSE}</p>{heading}<p>{PROSE}</p>",
        heading + BOLD.format(credits) + f"<p>{PROSE}</p>{heading}<p>{PROSE}</p>",
        f"<p>{PROSE}</p>{heading}<p>{PROSE}</p>" + BOLD.format(credits),
    ):
        found = article(body)
        assert found.deck == ()
        assert {one.heading for one in found.subsections if one.heading} == {"夜市开张"}
        assert credits in found.text.split("\n")
        assert "林小溪" in {one.name for one in found.people}


@pytest.mark.parametrize(
    "lines",
    [
        ["<p>本报讯 记者 林小溪 通讯员 陈一</p>", BOLD.format("夜市开张")],
        [
            BOLD.format("夜市开张"),
            "<p>□本报记者 林小溪</p>",
            BOLD.format("夜市收摊"),
            f"<p>{PROSE}</p>",
            BOLD.format("又是一天"),
        ],
        ["<p>□本报记者 林小溪</p>", BOLD.format("夜市开张")],
    ],
    ids=["behind a dateline", "around plain credits", "behind plain credits"],
)
def test_heading_beside_credits_is_no_deck(lines):
    found = article("".join(lines) + f"<p>{PROSE}</p>")
    assert (found.deck, "夜市开张" in {one.heading for one in found.subsections}) == ((), True)


def test_deck_over_bold_credits_is_deck():
    found = article(BOLD.format("夜市开张") + BOLD.format("本报记者 林小溪") + f"<p>{PROSE}</p><p>{PROSE}</p>")
    assert (found.deck, found.subsections[0].heading) == (("夜市开张",), None)


@pytest.mark.parametrize(
    "heading",
    [
        "记者手记",
        "记者节快乐",
        "老记者的坚守",
        "文/图的讲究",
        "记者林小溪：我在现场",
        "本报记者 林小溪 的采访手记",
        "通讯员陈大海：二十年两千篇稿",
        "记者手记：平安是福",
        "记者连线：黄山",
        "记者观察｜高铁",
        "记者：何时完工",
        "【记者观察 高速】",
        "记者：成本呢",
        "记者：谢谢您",
        "图片：高清",
        "图/晋江",
        "摄影：时光",
        "漫画｜平安",
        "作者：向善",
        "记者走读 马尾",
        "【图片：平安】",
        "林业/文",
    ],
)
def test_heading_that_opens_with_a_role_is_a_heading(heading):
    assert article(f"<p>{PROSE}</p>{BOLD.format(heading)}<p>{PROSE}</p>").subsections[1].heading == heading
