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
        ("作者系某某大学教授 林小溪", "林小溪/author"),
        ("林小溪作者系某某大学教授", "林小溪/author"),
        ("作者：林小溪，系某某大学教授", "林小溪/author"),
        ("作者林小溪为本报编辑", "林小溪/author"),
        ("作者单位：某某县委党校", ""),
        ("作者单位为某某县委党校", ""),
        ("作者简介：林小溪，教授", ""),
        ("作者马克·林，林一译", "马克·林/author 林一/translator"),
        ("记者 林小溪 实习编译：陈一", "林小溪/reporter 陈一/translator"),
        ("见右图", ""),
    ],
)
def test_closing_bracket_names(bracket, people):
    found = article(f"<p>{PROSE}</p><p>{PROSE}（{bracket}）</p>").people
    assert " ".join(f"{one.name}/{one.role}" for one in found) == people
    assert {one.where for one in found} <= {"body-tail"}
