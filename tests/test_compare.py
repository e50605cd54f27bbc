"""`fjsen compare`: what a change of the rules did to an archive of records."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import pytest
from cases import FIXTURES, golden
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from fjsen_spider.cli import app
from fjsen_spider.compare import Kind, compare
from fjsen_spider.compare.values import Change, differences

RECORD = golden(FIXTURES / "text" / "20980126")
LOST, ALTERED, GAINED = Kind.LOST, Kind.ALTERED, Kind.GAINED


def changed(**fields) -> dict:
    return {**deepcopy(RECORD), **fields}


def kinds(old: dict, new: dict) -> set[tuple[str, str]]:
    return {(change.field, change.kind.value) for change in differences(old, new)}


def write(path: Path, *records: dict) -> Path:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), "utf-8")
    return path


def fjsen(*arguments, columns: int = 120):
    return CliRunner().invoke(app, ["compare", *map(str, arguments)], env={"COLUMNS": str(columns)})


class TestValues:
    @pytest.mark.parametrize(
        ("old", "new", "kind"),
        [
            ({"summary": None}, {"summary": "导语"}, GAINED),
            ({"summary": "导语"}, {"summary": None}, LOST),
            ({"authors": ["甲乙"]}, {"authors": []}, LOST),
            ({"authors": ["甲乙", "丙丁"]}, {"authors": ["丙丁"]}, LOST),
            ({"authors": ["甲乙", "丙丁"]}, {"authors": ["丙丁", "甲乙"]}, ALTERED),
            ({"complete": True}, {"complete": False}, ALTERED),
            ({"tables": [[["甲", "1"]]]}, {"tables": [[["甲", "2"]]]}, ALTERED),
            ({}, {"newer": "x"}, GAINED),
            ({"older": [1]}, {}, LOST),
        ],
    )
    def test_what_became_of_a_field(self, old, new, kind):
        assert [change.kind for change in differences(old, new)] == [kind]

    def test_a_name_for_a_name_is_a_loss_and_a_corrected_name_is_not(self):
        assert kinds({"editors": ["甲乙"]}, {"editors": ["丙丁"]}) == {("editors", "lost"), ("editors", "gained")}
        assert kinds({"editors": ["甲乙丙"]}, {"editors": ["甲乙"]}) == {("editors", "altered")}

    def test_parts_are_compared_with_their_own(self):
        images = deepcopy(RECORD["images"])
        images[1]["caption"] = None
        people = [{**RECORD["people"][0], "role": "translator"}, *RECORD["people"][1:]]
        assert kinds(RECORD, changed(images=images[::-1], people=people)) == {
            ("images.caption", "lost"),
            ("people.role", "altered"),
        }

    def test_a_paragraph_may_change_its_section_but_not_go(self):
        first, *rest = deepcopy(RECORD["subsections"])
        moved = [first, {**rest[0], "paragraphs": [*rest[0]["paragraphs"], *rest[1]["paragraphs"]]}]
        moved += [{**rest[1], "paragraphs": []}, *rest[2:]]
        assert kinds(RECORD, changed(subsections=moved)) == set()
        first["paragraphs"] = []
        assert kinds(RECORD, changed(subsections=[first, *rest])) == {("subsections.paragraphs", "lost")}

    def test_a_heading_that_became_a_paragraph(self):
        lead, one, *rest = deepcopy(RECORD["subsections"])
        lead["paragraphs"] += [one["heading"], *one["paragraphs"]]
        found = kinds(RECORD, changed(subsections=[lead, *rest]))
        assert {("subsections", "lost"), ("subsections.paragraphs", "gained")} <= found

    def test_what_describes_the_record_is_never_lost(self):
        old, new = changed(warnings=["second-body"]), changed(warnings=[])
        new["provenance"] = {key: "new:rule" for key in new["provenance"] if key != "deck"}
        assert {kind for _, kind in kinds(old, new)} == {"altered"}
        assert ("provenance.images.caption", "altered") in kinds(old, new)

    def test_what_tells_of_the_crawl_is_not_compared(self):
        crawled = changed(retrieved_at="2026-01-01T00:00:00+00:00", warc={"file": "a"}, first_seen="x", revision=2)
        assert kinds(RECORD, crawled) == set()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("甲乙丙丁 :/", max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "url", "a"]), inner, max_size=3)
    ),
    max_leaves=8,
)
some_records = st.dictionaries(st.sampled_from(["title", "people", "subsections", "x"]), json_values, max_size=4)


@settings(derandomize=True, deadline=None)
@given(some_records, some_records)
def test_any_two_records_can_be_compared(old, new):
    assert list(differences(old, old)) == []
    there, back = list(differences(old, new)), list(differences(new, old))
    swapped = {LOST: GAINED, GAINED: LOST, ALTERED: ALTERED}
    assert {(one.field, one.kind) for one in there} == {(one.field, swapped[one.kind]) for one in back}


class TestFiles:
    def test_order_of_lines_does_not_matter(self, tmp_path):
        records = [changed(id=f"fjsen:{number}") for number in range(50)]
        old = write(tmp_path / "old.jsonl", *records)
        random.Random(1).shuffle(records)
        found = compare(old, write(tmp_path / "new.jsonl", *records))
        assert (found.both, found.unchanged, found.fields, found.lost) == (50, 50, {}, False)

    def test_records_that_are_in_one_file_only_or_come_twice(self, tmp_path):
        one, two, three = (changed(id=f"fjsen:{number}") for number in (1, 2, 3))
        unnamed = changed(id=None, url=None)
        old = write(tmp_path / "old.jsonl", one, two, one, unnamed)
        told = fjsen(old, write(tmp_path / "new.jsonl", three, two))
        assert told.exit_code == 1
        assert f"only in {old}: 1 (fjsen:1)" in told.stdout
        assert f"only in {tmp_path}/new.jsonl: 1 (fjsen:3)" in told.stdout
        assert f"more than once in {old}, the first counts: 1 further lines (fjsen:1)" in told.stdout
        assert f"without id and url in {old}, not compared: 1" in told.stdout

    def test_a_page_of_another_portal_is_known_by_its_address(self, tmp_path):
        foreign = changed(id=None, url="http://www.example.org/a.htm")
        found = compare(write(tmp_path / "old", foreign), write(tmp_path / "new", {**foreign, "title": "别的"}))
        assert found.fields["title"].examples == {
            ALTERED: [("http://www.example.org/a.htm", Change("title", ALTERED, RECORD["title"], "别的"))]
        }

    def test_memory_does_not_grow_with_the_records(self, tmp_path):
        script = (
            "import sys; from pathlib import Path; from fjsen_spider.compare import compare\n"
            "found = compare(*map(Path, sys.argv[1:])); assert found.both == found.unchanged + 1\n"
            "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
        )
        if not Path("/proc/self/status").exists():
            pytest.skip("no /proc to read the peak of memory from")
        peaks = []
        for size in (10, 4000):
            text = "字" * 4000
            old = write(tmp_path / "old", *({"id": f"fjsen:{at}", "text": text} for at in range(size)))
            new = write(tmp_path / "new", *({"id": f"fjsen:{at}", "text": text[at == 5 :]} for at in range(size)))
            told = subprocess.run([sys.executable, "-c", script, old, new], capture_output=True, text=True, check=True)
            peaks.append(int(told.stdout))
        assert old.stat().st_size > 45_000_000
        assert peaks[1] - peaks[0] < 8_000  # KiB


class TestCommand:
    def test_table_and_examples(self, tmp_path):
        paragraphs = RECORD["subsections"][0]["paragraphs"]
        longer = deepcopy(RECORD["subsections"])
        longer[0]["paragraphs"] = [paragraphs[0].replace("二十多年", "三十多年"), *paragraphs[1:]]
        new = [changed(id=f"fjsen:{at}", source=None, summary="导语", subsections=longer) for at in range(5)]
        old = write(tmp_path / "old.jsonl", *(changed(id=f"fjsen:{at}") for at in range(5)))
        told = fjsen(old, write(tmp_path / "new.jsonl", *new), "--examples", 2)
        assert told.exit_code == 1
        assert "\x1b" not in told.stdout
        rows = [line.split() for line in told.stdout.splitlines()]
        assert ["source", "5"] in rows
        assert ["subsections.paragraphs", "5"] in rows
        assert told.stdout.count("lost: 厦门日报\n") == 2
        assert told.stdout.count("[-二-]{+三+}十多年") == 2
        assert re.search(r"field +lost +altered +gained", told.stdout)

    def test_fields_can_be_chosen(self, tmp_path):
        old, new = write(tmp_path / "old", RECORD), write(tmp_path / "new", changed(source=None, summary="导语"))
        told = fjsen(old, new, "--field", "summary", "--field", "images.caption")
        assert (told.exit_code, "source" in told.stdout, "gained: 导语" in told.stdout) == (0, False, True)
        assert fjsen(old, write(tmp_path / "x", changed(revision=2)), "--field", "revision").stdout.count("1 → 2") == 1

    def test_the_same_is_the_same(self, tmp_path):
        told = fjsen(write(tmp_path / "old", RECORD), write(tmp_path / "new", RECORD))
        assert (told.exit_code, told.stdout.splitlines()[1:]) == (0, ["in both: 1, unchanged 1"])

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            (b'{"id": "fjsen:2", "ti', "line 2: not JSON"),
            (b"[1]", "line 2: not a record"),
            (b'{"id": "\xff"}', "line 2: not JSON"),
            (b"[" * 100_000, "line 2: not JSON"),
        ],
    )
    @pytest.mark.parametrize("broken", ["old", "new"])
    def test_a_line_that_is_no_record_is_named(self, tmp_path, line, reason, broken):
        for name in ("old", "new"):
            write(tmp_path / name, RECORD)
        with (tmp_path / broken).open("ab") as file:
            file.write(line + b"\n")
        told = fjsen(tmp_path / "old", tmp_path / "new")
        assert (told.exit_code, told.stdout, told.stderr.count("\n")) == (2, "", 1)
        assert f"{tmp_path}/{broken}, {reason}" in told.stderr

    def test_what_cannot_be_read_or_chosen_is_said_in_one_line(self, tmp_path):
        old = write(tmp_path / "old", RECORD)
        for arguments, reason in (
            ([old, tmp_path / "none"], "No such file or directory"),
            ([old, tmp_path], "Is a directory"),
            ([old, old, "--field", "headline"], "--field headline: no record has this field"),
        ):
            told = fjsen(*arguments)
            assert (told.exit_code, told.stdout, told.stderr.count("\n")) == (2, "", 1)
            assert reason in told.stderr
