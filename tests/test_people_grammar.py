"""The grammars of credits, datelines and captions, in the forms that the site prints."""

from __future__ import annotations

import pytest

from fjsen_spider.extraction.captions import is_credit, read_caption
from fjsen_spider.extraction.credits import read_credits
from fjsen_spider.extraction.dateline import read_dateline
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
    ("林小溪 摄影 通讯员 陈大海", "林小溪/photographer 陈大海/correspondent"),
    ("记者 林 文", "林文/reporter"),
    ("文字/林小溪 图片/陈大海", "林小溪/author 陈大海/photographer"),
    ("文：林小溪 图：陈大海", "林小溪/author 陈大海/photographer"),
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


DATELINES = [
    ("东南网8月14日讯（福建日报记者 林小溪）正文", "东南网", "8月14日", "东南网8月14日讯（福建日报记者 林小溪）"),
    ("东南网8月14日讯 （记者 林小溪） 正文", "东南网", "8月14日", "东南网8月14日讯 （记者 林小溪）"),
    ("东南网8月14日讯 正文", "东南网", "8月14日", "东南网8月14日讯"),
    ("东南网8月14日讯(福建日报记者 林小溪)正文", "东南网", "8月14日", "东南网8月14日讯(福建日报记者 林小溪)"),
    ("东南网8月14日（福建日报记者 林小溪）正文", "东南网", "8月14日", "东南网8月14日（福建日报记者 林小溪）"),
    (
        "新华社布鲁塞尔９月１０日电（记者 林小溪）正文",
        "新华社布鲁塞尔",
        "９月１０日",
        "新华社布鲁塞尔９月１０日电（记者 林小溪）",
    ),
    ("中新网10月2日电 正文", "中新网", "10月2日", "中新网10月2日电"),
    ("厦门日报讯（文/记者 林小溪）正文", "厦门日报", None, "厦门日报讯（文/记者 林小溪）"),
    ("厦门日报讯文/记者 林小溪 图/记者 陈大海）正文", "厦门日报", None, "厦门日报讯文/记者 林小溪 图/记者 陈大海）"),
    ("【某球网综合报道】正文", "某球网", None, "【某球网综合报道】"),
    ("【某球网】（记者 林小溪）正文", "某球网", None, "【某球网】（记者 林小溪）"),
    ("【某球时报驻冰岛特约记者 林小溪】正文", "某球时报", None, "【某球时报驻冰岛特约记者 林小溪】"),
    (
        "东南网-某某日报8月14日讯（记者 林小溪）正文",
        "东南网-某某日报",
        "8月14日",
        "东南网-某某日报8月14日讯（记者 林小溪）",
    ),
    ("某门网-某门日报讯（记者 林小溪）正文", "某门网-某门日报", None, "某门网-某门日报讯（记者 林小溪）"),
    ("东南网2018年8月14日讯（记者 林小溪）正文", "东南网", "2018年8月14日", "东南网2018年8月14日讯（记者 林小溪）"),
    (
        "某海网8月14日讯 据某峡导报报道（导报记者 林小溪）正文",
        "某海网",
        "8月14日",
        "某海网8月14日讯 据某峡导报报道（导报记者 林小溪）",
    ),
    ("某海网8月14日讯 据某峡导报报道，正文", "某海网", "8月14日", "某海网8月14日讯"),
    ("本报讯 记者林小溪 陈大海报道：正文", "本报", None, "本报讯 记者林小溪 陈大海报道"),
    ("东南网8月14日讯 本网记者林小溪报道，正文", "东南网", "8月14日", "东南网8月14日讯 本网记者林小溪报道"),
    ("本报讯 记者昨日从县委报道组获悉", "本报", None, "本报讯"),
    ("东南网10月5日报道（福建日报记者 林小溪)正文", "东南网", "10月5日", "东南网10月5日报道（福建日报记者 林小溪)"),
]


@pytest.mark.parametrize(("text", "outlet", "date", "raw"), DATELINES, ids=[row[0] for row in DATELINES])
def test_datelines(text: str, outlet: str, date: str | None, raw: str) -> None:
    found = read_dateline(text)
    assert found is not None
    assert (found[0].outlet, found[0].date_text, found[0].raw) == (outlet, date, raw)


@pytest.mark.parametrize(
    "text",
    [
        "8月14日，市里召开会议",
        "据新华社8月14日报道，",
        "省政府8月14日（星期一）开会",
        "德媒9月3日消息称",
        "10月28日报道称",
        "【某球网】正文",
        "【某球时报记者节】正文",
        "【某江日报记者 走基层】正文",
        "【某江日报小记者 活动】正文",
        "【某球网】（记者节特稿 致敬同行）正文",
        "【某日报】（摘自记者手记）正文",
        "【某球网】（据记者了解，情况属实）正文",
    ],
)
def test_sentences_are_no_datelines(text: str) -> None:
    assert read_dateline(text) is None


CAPTIONS = [
    ("灯光下的老街。 林小溪 摄", "灯光下的老街。", "林小溪"),
    ("灯光下的老街。林小溪摄", "灯光下的老街。", "林小溪"),
    ("灯光下的老街（林小溪摄）", "灯光下的老街", "林小溪"),
    ("灯光下的老街。（林小溪 陈大海）", "灯光下的老街。", "林小溪 陈大海"),
    ("木桥 林小溪　摄", "木桥", "林小溪"),
    ("灯光下的老街。福建日报记者 林小溪 摄", "灯光下的老街。", "福建日报记者 林小溪"),
    ("灯光下的老街。新华社记者林小溪 摄", "灯光下的老街。", "新华社记者林小溪"),
    ("灯光下的老街。新华社发（穆罕·阿里摄）", "灯光下的老街。", "新华社发（穆罕·阿里）"),
    ("灯光下的老街（林小溪/摄）", "灯光下的老街", "林小溪"),
    ("灯光下的老街（某台记者 林小溪拍摄）", "灯光下的老街", "某台记者 林小溪"),
    ("老街（漫画） 新华社发 林小溪 作", "老街（漫画）", "新华社发 林小溪 作"),
    ("老街。 新华社发（林小溪作）", "老街。", "新华社发（林小溪作）"),
    ("老街（林小溪/漫画）", "老街", "林小溪/漫画"),
    ("漫画/林小溪", None, "漫画/林小溪"),
    ("题图设计：林小溪", None, "题图设计：林小溪"),
    ("林 一 绘", None, "林 一 绘"),
    ("林小溪、陈大海 绘", None, "林小溪、陈大海 绘"),
    ("王大力 作", None, "王大力 作"),
    ("张三创作", "张三创作", None),
    ("工匠正在描绘", "工匠正在描绘", None),
    ("这是一幅漫画 作品", "这是一幅漫画 作品", None),
    ("灯光下的老街。中新社发 林小溪 摄", "灯光下的老街。", "中新社发 林小溪"),
    ("灯光下的老街。（资料图 林小溪 摄）", "灯光下的老街。", "资料图 林小溪"),
    ("灯光下的老街。资料图片 林小溪 摄", "灯光下的老街。", "资料图片 林小溪"),
    ("灯光下的老街。记者 林小溪 通讯员 陈大海 摄影报道", "灯光下的老街。", "记者 林小溪 通讯员 陈大海"),
    ("灯光下的老街（林小溪 图）", "灯光下的老街", "林小溪"),
    ("灯光下的老街。摄影 林小溪", "灯光下的老街。", "林小溪"),
    ("灯光下的老街。（图源网络）", "灯光下的老街。", "图源网络"),
    ("灯光下的老街。来源：某某社", "灯光下的老街。", "来源：某某社"),
    ("游客在拍摄", "游客在拍摄", None),
    ("老人在学习摄影", "老人在学习摄影", None),
    ("学习摄影", "学习摄影", None),
    ("灯光下的老街。摄影 作品", "灯光下的老街。摄影 作品", None),
    ("灯光下的老街（图/某某图库）", "灯光下的老街", "某某图库"),
    ("灯光下的老街。图/某某图库", "灯光下的老街。", "某某图库"),
    ("灯光下的老街。图源：某某社", "灯光下的老街。", "图源：某某社"),
    ("图源：某某社 林小溪 摄", "图源：某某社", "林小溪"),
    ("灯光下的老街。 新华社发", "灯光下的老街。", "新华社发"),
    ("灯光下的老街。（资料图片）", "灯光下的老街。", "资料图片"),
    ("灯光下的老街。受访者供图", "灯光下的老街。", "受访者供图"),
    ("石桥边，游人举起手机拍照 受访者供图", "石桥边，游人举起手机拍照", "受访者供图"),
    ("灯光下的老街。 [受访者供图]", "灯光下的老街。", "受访者供图"),
    ("灯光下的老街。 [某江日报记者 林小溪 摄]", "灯光下的老街。", "某江日报记者 林小溪"),
    ("灯光下的老街【林小溪 摄】", "灯光下的老街", "林小溪"),
    ("灯光下的老街。 某江网 林小溪 摄", "灯光下的老街。", "某江网 林小溪"),
    ("灯光下的老街。林小溪摄/某江图片", "灯光下的老街。", "林小溪"),
    ("灯光下的老街。某县交通局 资料图", "灯光下的老街。", "某县交通局 资料图"),
    ("老街 资料图片", "老街", "资料图片"),
    ("灯光下的老街 图/某江影像", "灯光下的老街", "某江影像"),
    ("灯光下的老街 某江网记者 林小溪 图", "灯光下的老街", "某江网记者 林小溪"),
    ("新桥平面 示意 图", "新桥平面 示意 图", None),
    ("小记者 手绘 图", "小记者 手绘 图", None),
    ("村民加入了合作社 林小溪 摄", "村民加入了合作社", "林小溪"),
    ("渔民在海边撒网 林小溪 摄", "渔民在海边撒网", "林小溪"),
    ("讲解员走进展馆 资料图", "讲解员走进展馆", "资料图"),
    ("灯光下的老街【高清】", "灯光下的老街【高清】", None),
    ("开幕式上，图/影像同步展出。", "开幕式上，图/影像同步展出。", None),
    ("一条老街（2月15日摄）。", "一条老街（2月15日摄）。", None),
    ("灯光下的老街（右）", "灯光下的老街（右）", None),
    ("游客在桥头拍摄", "游客在桥头拍摄", None),
]


@pytest.mark.parametrize(("line", "text", "credit"), CAPTIONS, ids=[row[0] for row in CAPTIONS])
def test_captions(line: str, text: str, credit: str | None) -> None:
    found = read_caption(line.replace("　", " "))
    assert (found.text, found.credit) == (text, credit)


def test_a_line_that_is_only_a_credit() -> None:
    assert is_credit("新华社记者 林小溪 摄")
    assert not is_credit("灯光下的老街。 林小溪 摄")


def test_print_spaced_names_are_joined_and_nobody_is_named_twice() -> None:
    assert split_names("甲　乙 林小溪 林小溪") == ("甲乙", "林小溪")
    assert split_names("林小溪陈 一") == ("林小溪", "陈一")
    assert split_names("林小陈 一") == ("林小陈", "一"), "which of them the middle one belongs to cannot be told"
    assert split_names("null") == ()
