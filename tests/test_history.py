"""`fjsen history`: every record of an article, and what each changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cli import fjsen, one_line

from fjsen_spider.history import find_records, id_of
from fjsen_spider.history.words import Op, differing, differing_lines
from fjsen_spider.items import Article, Subsection
from fjsen_spider.serialize import to_line

ID = "fjsen:20955367"
URL = "http://news.fjsen.com/2018-03/08/content_20955367.htm"
FIRST = ("东南网3月8日讯 厦门市十个社区昨日开街。", "市民可乘坐BRT前往，全程20分钟。", "活动持续到本月底。")
SECOND = (
    "东南网3月8日讯 厦门市十二个社区昨日开街。",
    "市民可乘坐BRT前往，全程35分钟。",
    "摊位免费。",
    "活动持续到本月底。",
)


def revision(number: int, title: str, text: tuple[str, ...], **more: object) -> Article:
    parts = (Subsection(paragraphs=text),)
    return Article(
        id=ID, url=URL, title=title, text="\n".join(text), subsections=parts, revision=number,
        retrieved_at=f"2026-11-2{number}T09:00:00+00:00", **more,
    )  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two revisions and a tombstone, among records of others that quote the id."""
    quoting = Article(id="fjsen:2", title=f'"id": "{ID}"', text=ID)
    close = Article(id=f"{ID}1", title="another")
    stone = Article(
        kind="tombstone",
        id=ID,
        url=URL,
        revision=2,
        provenance={"kind": "404"},
        retrieved_at="2026-11-24T09:00:00+00:00",
    )
    runs = {
        "fjsen-20261121T090000Z.jsonl": [quoting, revision(1, "老街夜市开张", FIRST, source="东南网")],
        "fjsen-20261122T090000Z.jsonl": [close, revision(2, "老街夜市昨日开张", SECOND, source="厦门晚报")],
        "fjsen-20261124T090000Z.jsonl.part": [stone],
    }
    for name, records in runs.items():
        (tmp_path / name).write_text("".join(map(to_line, records)), "utf-8")
    with (tmp_path / "fjsen-20261124T090000Z.jsonl.part").open("ab") as part:
        part.write(f'{{"id": "{ID}", "ti'.encode())  # being written
    (tmp_path / "fjsen-20261123T090000Z.jsonl").touch()
    return tmp_path


def test_every_record_of_the_article_and_of_no_other_oldest_first(data):
    found = list(find_records(data, ID))
    assert [(one.file[6:14], one.record["kind"], one.record["revision"]) for one in found] == [
        ("20261121", "article", 1), ("20261122", "article", 2), ("20261124", "tombstone", 2),
    ]  # fmt: skip


@pytest.mark.parametrize("given_as", [ID, "20955367", URL, URL.replace("news.fjsen.com", "news.fjsen.com/wap")])
def test_what_changed_is_told_however_the_article_is_named(data, given_as):
    run = fjsen("history", given_as, data)
    assert run.returncode == 0, run.stderr
    lines = [line.rstrip() for line in run.stdout.splitlines()]
    assert lines == [
        f"{ID}: 3 records",
        "revision 1  2026-11-21 09:00:00+00:00  fjsen-20261121T090000Z.jsonl",
        "  老街夜市开张",
        "  - · 东南网 · 50 characters, 0 pictures",
        f"  {URL}",
        "revision 2  2026-11-22 09:00:00+00:00  fjsen-20261122T090000Z.jsonl",
        "  title altered: 老街夜市{+昨日+}开张",
        "  source altered: [-东南网-]{+厦门晚报+}",
        "  text",
        "    东南网3月8日讯 厦门市十{+二+}个社区昨日开街。",
        "    市民可乘坐BRT前往，全程[-20-]{+35+}分钟。",
        "    {+摊位免费。+}",
        "    … 1 line as before",
        "taken down  2026-11-24 09:00:00+00:00  fjsen-20261124T090000Z.jsonl.part",
        "  the site answered 404; the last that was there is revision 2",
    ]


def test_the_records_themselves(data):
    run = fjsen("history", ID, data, "--json")
    assert [json.loads(line) for line in run.stdout.splitlines()] == [one.record for one in find_records(data, ID)]


def test_what_is_not_there(data, tmp_path_factory):
    missing = fjsen("history", "fjsen:3", data)
    assert (missing.returncode, missing.stdout) == (1, "")
    assert missing.stderr == f"fjsen: fjsen:3: no record in {data}\n"
    assert "neither an id nor the address" in one_line(fjsen("history", "http://example.com/", data))
    assert "no records of a crawl" in one_line(fjsen("history", ID, tmp_path_factory.mktemp("empty")))
    assert id_of("fjsen:０") is None


WORDS = st.text("厦门市开街 0123abc，。", max_size=40)


@given(WORDS, WORDS)
def test_pieces_make_both_texts_again(old, new):
    pieces = differing(old, new)
    assert "".join(text for op, text in pieces if op is not Op.COME) == old
    assert "".join(text for op, text in pieces if op is not Op.GONE) == new


@given(st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8))
def test_lines_are_those_of_both_texts_in_order(old, new):
    pairs = list(differing_lines(old, new))
    assert [one for one, _ in pairs if one is not None] == old
    assert [one for _, one in pairs if one is not None] == new
