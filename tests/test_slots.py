"""What the slots of a byline hold besides names."""

from __future__ import annotations

import pytest
from test_roles import PROSE, article

BYLINE = (
    '<span id="pubtime_baidu">2018-03-05 09:12:44</span> <span id="source_baidu">{source}</span> '
    '<span id="author_baidu">{author}</span> <span id="editor_baidu">{editor}</span>'
)


def read(**slots: str):
    shown = {"source": "来源：东南网", "author": "作者：林小溪", "editor": "责任编辑：陈大海"} | slots
    return article(f"<p>{PROSE}</p>", BYLINE.format(**shown))


@pytest.mark.parametrize(
    ("author", "people"),
    [
        ("作者：林小溪 王一", "林小溪/author 王一/author"),
        ("作者：福建日报记者 林小溪", "林小溪/reporter"),
        ("作者：本网记者 林小溪 通讯员 王一", "林小溪/reporter 王一/correspondent"),
        ("作者：林小溪/文 王一/图", "林小溪/author 王一/photographer"),
        ("作者：林小溪（实习）", "林小溪/author"),
    ],
)
def test_words_for_what_authors_are_are_no_authors(author, people):
    found = read(author=author)
    assert " ".join(f"{one.name}/{one.role}" for one in found.people if one.role != "editor") == people
    assert found.authors == tuple(word.partition("/")[0] for word in people.split())


@pytest.mark.parametrize("author", ["福建日报评论员", "东南网", "福建省气象局", "福建日报记者"])
def test_office_alone_stays_as_shown_and_is_nobody(author):
    found = read(author=f"作者：{author}")
    assert found.authors == (author,)
    assert [one.role for one in found.people] == ["editor"]


@pytest.mark.parametrize(
    ("editor", "editors"),
    [
        ("责任编辑：陈大海 实习编辑：王一", ("陈大海", "王一")),
        ("责任编辑：陈大海（实习）", ("陈大海",)),
        ("责任编辑：陈大海 校对：王一", ("陈大海",)),
    ],
)
def test_editors_of_every_kind_and_nobody_else(editor, editors):
    assert read(editor=editor).editors == editors


@pytest.mark.parametrize("source", ["来源：福建日报 作者：林小溪", "来源：福建日报 记者 林小溪", "来源：福建日报"])
def test_source_ends_where_people_begin(source):
    assert read(source=source).source == "福建日报"
