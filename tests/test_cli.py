"""The `fjsen` command, as a user types it."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cases import FIXTURES, extracted

PAGE = FIXTURES / "text" / "20961089" / "page.html"
URL = "http://sm.fjsen.com/2018-04/15/content_20961089.htm"
SERIES = FIXTURES / "text" / "20961223"  # three pages
NO_ARTICLE = FIXTURES / "not_articles" / "soft_404" / "page.html"


def fjsen(*arguments, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "fjsen_spider.cli", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env=os.environ | environment, capture_output=True, encoding="utf-8", check=False
    )


def records(told: subprocess.CompletedProcess[str]) -> list[dict]:
    return [json.loads(line) for line in told.stdout.splitlines()]


def one_line(told: subprocess.CompletedProcess[str]) -> str:
    assert told.returncode == 2, told.stderr
    assert told.stdout == ""
    assert told.stderr.count("\n") == 1, told.stderr
    return told.stderr


def bury(folder: Path) -> None:
    """Make folders in one another until their path is longer than any that can be opened, by root neither."""
    folder.mkdir()
    at = os.open(folder, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("x" * 250, dir_fd=at)
        below = os.open("x" * 250, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    os.close(at)


@pytest.fixture
def tree(tmp_path):
    """A mirror tree: an article of one page, one of three, and a page that is no article."""
    for source, target in [
        (PAGE, "sm.fjsen.com/2018-04/15/content_20961089.htm"),
        (SERIES / "page.html", "fjnews.fjsen.com/2018-04/27/content_20961223.htm"),
        (SERIES / "page_2.html", "fjnews.fjsen.com/2018-04/27/content_20961223_2.htm"),
        (SERIES / "page_3.html", "fjnews.fjsen.com/2018-04/27/content_20961223_3.htm"),
        (NO_ARTICLE, "qz.fjsen.com/2018-05/02/content_20962037.htm"),
        (FIXTURES / "text" / "20961089" / "meta.json", "sm.fjsen.com/notes.json"),
    ]:
        (tmp_path / "mirror" / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, tmp_path / "mirror" / target)
    return tmp_path / "mirror"


class TestExtract:
    def test_a_file_gives_the_record_of_its_golden(self):
        told = fjsen("extract", PAGE, "--url", URL)
        assert told.returncode == 0
        assert records(told) == [json.loads(extracted(PAGE.parent))]
        assert told.stderr == "1 records, 0 not articles\n"

    def test_a_tree_gives_every_article_once_and_counts_the_rest(self, tree):
        told = fjsen("extract", tree)
        assert told.returncode == 0
        assert [(one["id"], one["pages"]["fetched"]) for one in records(told)] == [
            ("fjsen:20961223", 3),
            ("fjsen:20961089", 1),
        ]
        assert told.stderr == "2 records, 1 not articles (1 soft-404)\n"

    def test_files_of_a_tree_have_the_url_of_their_place_and_are_merged(self, tree):
        told = fjsen("extract", *sorted((tree / "fjnews.fjsen.com/2018-04/27").iterdir()), cwd=tree)
        assert [(one["url"], one["pages"]["fetched"]) for one in records(told)] == [
            ("http://fjnews.fjsen.com/2018-04/27/content_20961223.htm", 3)
        ]
        inside = fjsen("extract", "content_20961089.htm", cwd=tree / "sm.fjsen.com/2018-04/15")
        assert [one["url"] for one in records(inside)] == [URL]

    @pytest.mark.parametrize(
        ("head", "url"),
        [
            (f'<link href="{URL}" rel="canonical">', URL),
            (f"<meta property='og:url' content='{URL}?a=1&amp;b=2'>", URL),
            (f'<script>var padURL = "http://x.org/"; var pcURL = "{URL}";</script>', URL),
            ('<link rel="canonical" href="https://paper.example.org/a.htm">', "https://paper.example.org/a.htm"),
            ('<link rel="canonical" href="/2018-04/15/content_20961089.htm">', None),
            ('<link rel="canonical" href="javascript:alert(1)">', None),
            (f'<!-- <link rel="canonical" href="{URL}"> -->', None),
            ("", None),
        ],
    )
    def test_another_file_has_the_url_that_it_names_or_none(self, tmp_path, head, url):
        page = tmp_path / "saved.html"
        page.write_bytes(PAGE.read_bytes().replace(b"</title>", b"</title>" + head.encode()))
        assert [one["url"] for one in records(fjsen("extract", page))] == [url]

    def test_a_folder_that_only_has_a_dot_is_no_host(self, tmp_path):
        page = tmp_path / "john.doe" / "notes.old" / "page.html"
        page.parent.mkdir(parents=True)
        shutil.copy(PAGE, page)
        assert [one["url"] for one in records(fjsen("extract", page))] == [None]

    def test_a_page_off_the_portal_has_no_id(self):
        [record] = records(fjsen("extract", PAGE, "--url", "https://paper.example.org/2018/a.htm"))
        assert (record["id"], record["channel"], record["url"]) == (None, None, "https://paper.example.org/2018/a.htm")

    def test_copies_of_one_article_become_aliases_and_the_mobile_twin_none(self, tree):
        for twin in (
            "sm.fjsen.com/wap/2018-04/15/content_20961089.htm",
            "www.fjsen.com/a/2018-04/15/content_20961089.htm",
        ):
            (tree / twin).parent.mkdir(parents=True)
            shutil.copy(PAGE, tree / twin)
        record = records(fjsen("extract", tree))[1]
        assert record["url"] == URL
        assert record["aliases"] == ["http://www.fjsen.com/a/2018-04/15/content_20961089.htm"]

    def test_two_trees_are_not_mixed(self, tree, tmp_path):
        shutil.copytree(tree, tmp_path / "later")
        ids = [one["id"] for one in records(fjsen("extract", tree, tmp_path / "later"))]
        assert ids == ["fjsen:20961223", "fjsen:20961089"] * 2

    @pytest.mark.parametrize("locale", ["C", "POSIX"])
    def test_output_is_utf_8_whatever_the_locale(self, locale):
        told = fjsen("extract", PAGE, LC_ALL=locale, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
        assert "责任编辑" in told.stdout

    def test_output_goes_to_a_file_whole(self, tree, tmp_path):
        target = tmp_path / "records.jsonl"
        told = fjsen("extract", tree, "-o", target)
        assert (told.returncode, told.stdout) == (0, "")
        assert target.read_text("utf-8") == fjsen("extract", tree).stdout
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []

    @pytest.mark.parametrize("target", ["missing/records.jsonl", "."])
    def test_a_file_that_cannot_be_written_is_one_line(self, tmp_path, target):
        assert "cannot write" in one_line(fjsen("extract", PAGE, "-o", tmp_path / target))

    def test_a_device_is_written_not_replaced(self):
        assert fjsen("extract", PAGE, "-o", "/dev/null").returncode == 0
        assert Path("/dev/null").is_char_device()

    def test_a_path_that_cannot_be_read_is_one_line(self, tmp_path):
        assert "nothing.htm" in one_line(fjsen("extract", PAGE, tmp_path / "nothing.htm"))

    @pytest.mark.parametrize("url", ["www.fjsen.com/a.htm", "ftp://www.fjsen.com/a.htm", "http://", "http://a b/", ""])
    def test_a_bad_url_is_one_line(self, url):
        assert "not an http(s) URL" in one_line(fjsen("extract", PAGE, "--url", url))

    def test_one_url_is_for_one_file(self, tree):
        one_line(fjsen("extract", PAGE, PAGE, "--url", URL))
        one_line(fjsen("extract", tree, "--url", URL))

    def test_a_page_that_breaks_extraction_does_not_lose_the_rest(self, tree):
        script = (
            "import fjsen_spider.cli.extract as command; whole = command.extract\n"
            "def breaks(page, *others, **more):\n"
            "    return whole(page, *others, **more) if '20961089' not in page.url else 1 / 0\n"
            "command.extract = breaks; command.sys.argv[:] = ['fjsen', 'extract', command.sys.argv[1]]\n"
            "from fjsen_spider.cli import main; main()"
        )
        command = [sys.executable, "-c", script, tree]
        told = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert told.returncode == 1
        assert [one["id"] for one in records(told)] == ["fjsen:20961223"]
        failure, count = told.stderr.splitlines()
        assert "content_20961089.htm" in failure
        assert "ZeroDivisionError" in failure
        assert count == "1 records, 1 not articles (1 soft-404), 1 failed"

    def test_what_cannot_be_read_in_a_folder_is_named_and_the_rest_is_kept(self, tree, tmp_path):
        plain = tmp_path / "plain"
        plain.mkdir()
        shutil.copy(PAGE, plain / "a.htm")
        for broken in (plain / "b.htm", tree / "qz.fjsen.com/b.htm"):
            broken.symlink_to("nowhere")
        os.mkfifo(tree / "sm.fjsen.com/pipe.htm")
        bury(tree / "xm.fjsen.com")
        told = fjsen("extract", plain, tree)
        assert told.returncode == 1
        assert [one["id"] for one in records(told)] == [None, "fjsen:20961223", "fjsen:20961089"]
        *named, count = told.stderr.splitlines()
        assert [line.rpartition(": ")[2] for line in named] == [
            "No such file or directory", "No such file or directory", "not a regular file", "File name too long",
        ]  # fmt: skip
        assert [line.partition(": ")[2].rpartition(": ")[0] for line in named[:3]] == [
            f"{plain}/b.htm", f"{tree}/qz.fjsen.com/b.htm", f"{tree}/sm.fjsen.com/pipe.htm",
        ]  # fmt: skip
        assert count == "3 records, 1 not articles (1 soft-404), 4 failed"

    def test_a_pipe_is_one_line(self, tmp_path):
        os.mkfifo(tmp_path / "pipe.htm")
        assert one_line(fjsen("extract", tmp_path / "pipe.htm")).endswith("pipe.htm: not a regular file\n")

    def test_a_name_that_is_not_utf_8_is_in_the_url_as_its_bytes(self, tree):
        shutil.copy(PAGE, os.fsencode(tree / "sm.fjsen.com") + b"/\xb9\xfa.htm")
        shutil.copy(PAGE, os.fsencode(tree) + b"/\xb9\xfa.htm")
        told = fjsen("extract", tree)
        assert told.returncode == 0, told.stderr
        assert {one["url"] for one in records(told)} >= {"http://sm.fjsen.com/%B9%FA.htm", None}

    def test_a_reader_that_leaves_early_is_no_error(self, tree):
        command = f"{sys.executable} -m fjsen_spider.cli extract {tree} {tree} {tree} | head -c 10"
        told = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
        assert "Traceback" not in told.stderr
        assert "BrokenPipe" not in told.stderr

    def test_a_bar_is_for_a_terminal_only(self, tree, tmp_path):
        assert "Extracting" not in fjsen("extract", tree).stderr
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "fjsen_spider.cli", "extract", tree, "-o", tmp_path / "records.jsonl"]
        environment = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
        subprocess.run(command, stderr=theirs, env=environment, check=True)
        os.close(theirs)
        assert "Extracting" in os.read(ours, 100_000).decode()
        os.close(ours)


class TestFixtureAdd:
    @pytest.fixture
    def project(self, tmp_path):
        root = tmp_path / "checkout"
        shutil.copytree(FIXTURES / "text" / "20961089", root / "fixtures/text/20961089")
        (root / "scrapy.cfg").write_text("[settings]\ndefault = fjsen_spider.settings\n")
        (root / "deep" / "down").mkdir(parents=True)
        return root

    def test_it_keeps_the_bytes_and_drafts_the_record(self, project, tree):
        told = fjsen(
            "fixture",
            "add",
            tree / "fjnews.fjsen.com/2018-04/27/content_20961223.htm",
            "--why",
            "a series",
            cwd=project / "deep/down",
        )
        assert told.returncode == 0, told.stderr
        folder = project / "fixtures/text/20961223"
        assert sorted(path.name for path in folder.iterdir()) == [
            "expected.draft.json", "meta.json", "page.html", "page_2.html", "page_3.html",
        ]  # fmt: skip
        for page in ("page.html", "page_2.html", "page_3.html"):
            assert (folder / page).read_bytes() == (SERIES / page).read_bytes()
        assert json.loads((folder / "meta.json").read_text("utf-8")) == {
            "url": "http://fjnews.fjsen.com/2018-04/27/content_20961223.htm",
            "why": "a series",
        }
        assert json.loads((folder / "expected.draft.json").read_text("utf-8"))["pages"] == {"total": 3, "fetched": 3}
        assert "rename it expected.json" in told.stdout

    def test_rewritten_text_keeps_its_form_and_none_of_its_words(self, project, tree):
        told = fjsen(
            "fixture",
            "add",
            tree / "fjnews.fjsen.com/2018-04/27/content_20961223.htm",
            "--why",
            "x",
            "--rewrite",
            cwd=project,
        )
        assert told.returncode == 0, told.stderr
        folder = project / "fixtures/text/20961223"
        assert json.loads((folder / "meta.json").read_text("utf-8"))["synthetic"] is True
        draft = json.loads((folder / "expected.draft.json").read_text("utf-8"))
        original = json.loads(extracted(SERIES))
        assert draft["date"] == original["date"]
        assert len(draft["text"]) == len(original["text"])
        assert draft["title"] != original["title"]
        assert draft["warnings"] == original["warnings"]
        assert [len(part["paragraphs"]) for part in draft["subsections"]] == [
            len(part["paragraphs"]) for part in original["subsections"]
        ]
        page = (folder / "page.html").read_text("utf-8")
        for line in original["text"].split("\n"):
            assert line not in page

    def test_a_page_that_is_no_article_goes_among_those(self, project, tree):
        told = fjsen(
            "fixture", "add", tree / "qz.fjsen.com/2018-05/02/content_20962037.htm", "--why", "gone", cwd=project
        )
        assert told.returncode == 0, told.stderr
        meta = json.loads((project / "fixtures/not_articles/20962037/meta.json").read_text("utf-8"))
        assert meta["reason"] == "soft-404"

    @pytest.mark.parametrize("why", ["", "  "])
    def test_it_asks_for_a_reason(self, project, tree, why):
        assert "--why" in one_line(
            fjsen("fixture", "add", tree / "sm.fjsen.com/2018-04/15/content_20961089.htm", "--why", why, cwd=project)
        )

    def test_it_refuses_the_reason_of_another(self, project, tree):
        why = json.loads((project / "fixtures/text/20961089/meta.json").read_text("utf-8"))["why"]
        page = tree / "fjnews.fjsen.com/2018-04/27/content_20961223.htm"
        assert "text/20961089" in one_line(fjsen("fixture", "add", page, "--why", why, cwd=project))

    def test_it_never_writes_over_a_fixture(self, project, tree):
        page = tree / "sm.fjsen.com/2018-04/15/content_20961089.htm"
        assert "exists" in one_line(fjsen("fixture", "add", page, "--why", "again", cwd=project))

    def test_it_needs_a_project(self, tree, tmp_path):
        page = tree / "sm.fjsen.com/2018-04/15/content_20961089.htm"
        assert "not inside the project" in one_line(fjsen("fixture", "add", page, "--why", "x", cwd=tmp_path))

    @pytest.mark.parametrize("source", ["nothing.htm", "http://www.example.org/2018-03/05/content_1.htm"])
    def test_a_page_that_cannot_be_had_is_one_line(self, project, source):
        one_line(fjsen("fixture", "add", source, "--why", "x", cwd=project))


def test_docs_are_checked(tmp_path):
    assert fjsen("docs", tmp_path).returncode == 0
    assert fjsen("docs", tmp_path, "--check").returncode == 0
    (tmp_path / "data-format.md").write_text("old", "utf-8")
    told = fjsen("docs", tmp_path, "--check")
    assert (told.returncode, "data-format.md" in told.stderr) == (1, True)


def test_docs_are_those_of_the_project_wherever_one_stands_in_it(tmp_path):
    root = tmp_path / "checkout"
    for folder in ("docs/decisions", "fixtures"):
        (root / folder).mkdir(parents=True)
    (root / "scrapy.cfg").write_text("[settings]\ndefault = fjsen_spider.settings\n")
    assert fjsen("docs", cwd=root / "docs/decisions").returncode == 0
    assert (root / "docs/data-format.md").is_file()
    assert "not inside the project" in one_line(fjsen("docs", cwd=tmp_path))


def test_the_version_is_told():
    assert fjsen("--version").stdout.startswith("fjsen-spider ")
