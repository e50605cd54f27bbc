"""What is known of the portal's channels and columns, and the small portal of the fixtures."""

from __future__ import annotations

import json
import re

from cases import FIXTURES

from fjsen_spider.sites import CHANNELS, COLUMNS, FRONT_PAGE
from fjsen_spider.urls import PageKind, channel, classify

CHINESE = re.compile("[\u4e00-\u9fff]{2,}")
PORTAL = FIXTURES / "portal"


def test_every_channel_and_column_has_its_chinese_name():
    named = CHANNELS | {column.url: column.name for column in COLUMNS}
    assert [key for key, name in named.items() if not CHINESE.fullmatch(name)] == []


def test_every_column_is_a_listing_of_a_known_channel():
    assert {classify(column.url).kind for column in COLUMNS} == {PageKind.LISTING}
    assert {channel(column.url) for column in COLUMNS} <= {*CHANNELS}
    assert classify(FRONT_PAGE).kind is PageKind.FRONT


def test_portal_of_the_fixtures_is_small_but_whole():
    manifest = json.loads((PORTAL / "manifest.json").read_text("utf-8"))
    columns = {column["url"] for column in manifest["columns"]}
    assert len({channel(article["url"]) for article in manifest["articles"]}) >= 4
    assert len(columns) >= 6
    assert columns <= {column.url for column in COLUMNS}
    assert len(manifest["articles"]) >= 80
    assert sum(article["pages"]["total"] > 1 for article in manifest["articles"]) >= 2
    for kind in ("dead", "junk", "off_site", "rail_only_in_tree"):
        assert manifest[kind], kind
