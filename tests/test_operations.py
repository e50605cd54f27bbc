"""docs/operations.md says what the code does."""

from __future__ import annotations

import re

from cases import ROOT

from fjsen_spider import settings
from fjsen_spider.crawling.configuration import SETTINGS
from fjsen_spider.crawling.exit_status import DONE, MEANING, OK, REASONS
from fjsen_spider.crawling.prometheus import HELP

PAGE = (ROOT / "docs/operations.md").read_text("utf-8")


def test_exit_statuses():
    told = re.findall(r"^\| (\d+) \| ([^|]+) \|", PAGE, re.MULTILINE)
    assert {int(status): meaning for status, meaning in told} == MEANING
    assert {*REASONS.values(), OK} <= {*MEANING}


def test_finish_reasons():
    sentence = re.search(r"finish reason is in its report:(.*?)\n\n", PAGE, re.DOTALL)[1]
    assert {*REASONS, *DONE} <= {*re.findall(r"`(\w+)`", sentence)}


def test_settings_and_their_defaults():
    told = dict(re.findall(r"^\| `(FJSEN_\w+)` \| ([^|]+) \|", PAGE, re.MULTILINE))
    assert {*told} == {name for name in dir(settings) if name.startswith("FJSEN_")} == {*SETTINGS}
    for name, default in told.items():
        value = getattr(settings, name)
        written = {None: "", False: "off"}.get(value, value) if not isinstance(value, list) else ",".join(value)
        if name not in ("FJSEN_CONTACT", "FJSEN_DATA", "FJSEN_REPLAY"):
            assert default.strip("`") == str(written), name


def test_metrics():
    told = {*re.findall(r"fjsen_[a-z_]+", PAGE)} - {"fjsen_spider"}
    assert told <= {*HELP}
    assert {name for name in HELP if not re.search(r"_(start|end)_timestamp", name)} <= told
