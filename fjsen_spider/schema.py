"""The record's JSON Schema and its description, generated from the docstrings of the items."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from itemadapter import ItemAdapter

from fjsen_spider.items import SCHEMA_VERSION, Article

_HEAD: Final = f"""\
# The record

One line of the JSON Lines is one article: a JSON object with every field below, in this order, on every line.
Version {SCHEMA_VERSION} of the contract; [`article.schema.json`](article.schema.json) is the same as JSON Schema.
This page is generated from the docstrings in `fjsen_spider/items.py` by `make docs`.

- What is absent is `null` or an empty list: never an empty string, never a guess.
- Text is what the page shows: white space (NBSP and U+3000 too) is collapsed to one space and trimmed at the ends,
  nothing else is normalised.
- What was parsed keeps its raw twin (`date`, `date_raw`).

| Field | Type | Meaning | schema.org `NewsArticle` |
|---|---|---|---|
"""
WARNINGS: Final = {
    "missing-page": "a page of the article could not be had: the text has a gap, `complete` is false",
    "unreadable-page": "a continuation page was fetched, but is no article page",
    "encoding-lossy": "bytes that are no text in any charset became U+FFFD",
    "encoding-mixed": "parts of the page seem to be in another charset",
    "truncated-tree": "the page is nested so deeply that its end was not parsed",
    "layout-ambiguous": "the page looks like more than one template",
    "second-body": "the page has a second body, which is not read",
    "body-unclosed": "the CMS's end mark of the body is missing",
    "text-outside-marks": "text stands in the body's place, but outside of the CMS's marks; it is not read",
    "player-slot": "a script would have loaded a film, whose address is not in the page",
    "relative-url": "a picture or link is relative and the saved page does not tell where it is from",
    "date-from-url": "the page shows no date; it is that of the URL",
    "date-differs-from-url": "page and URL disagree; the page is followed",
    "date-differs-from-comment": "page and CMS comment disagree; the page is followed",
    "id-differs-from-comment": "URL and CMS comment disagree; the URL is followed",
    "title-differs-from-comment": "page and CMS comment disagree; the page is followed",
    "source-differs-from-comment": "page and CMS comment disagree; the page is followed",
    "authors-differ-from-comment": "the CMS comment names others too; the page is followed",
    "editors-differ-from-comment": "the CMS comment names others too; the page is followed",
}
"""What a record may be doubtful about."""
_PART_HEAD: Final = "| Field | Type | Meaning |\n|---|---|---|\n"


@cache
def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one record."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:fjsen-spider:article:{SCHEMA_VERSION}",
        "title": "Article",
        "description": (Article.__doc__ or "").strip(),
        **_strict(ItemAdapter.get_json_schema(Article)),
    }


def _strict(schema: Any) -> Any:
    """Require every field and drop the defaults: a writer never leaves a field out.

    Only a field newer than the contract (`x-optional`) may be missing, as it is in older records.
    """
    if isinstance(schema, list):
        return [_strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _strict(value) for key, value in schema.items() if key != "default"}
    if "properties" not in kept:
        return kept
    return {**kept, "required": [name for name, one in kept["properties"].items() if not one.pop("x-optional", False)]}


def data_format() -> str:
    """Return the description of the record as a Markdown page."""
    fields = json_schema()["properties"]
    rows = [f"{_row(name, one)} {_schema_org(one)} |\n" for name, one in fields.items()]
    parts = [
        f"\n## `{name}`\n\n{_PART_HEAD}" + "".join(f"{_row(key, value)}\n" for key, value in part["properties"].items())
        for name, one in fields.items()
        for part in _parts(one)
    ]
    warnings = "".join(f"| `{slug}` | {meaning} |\n" for slug, meaning in WARNINGS.items())
    return _HEAD + "".join(rows) + "".join(parts) + f"\n## `warnings`\n\n| Slug | Meaning |\n|---|---|\n{warnings}"


def _row(name: str, schema: dict[str, Any]) -> str:
    meaning = schema["description"].replace("\n", " ").replace("|", "\\|")
    if not all(f"`{one}`" in meaning for one in schema.get("enum", ())):
        meaning += f" One of {', '.join(f'`{one}`' for one in schema['enum'])}."
    return f"| `{name}` | {_type(schema)} | {meaning} |"


def _schema_org(schema: dict[str, Any]) -> str:
    return f"`{schema['schema.org']}`" if "schema.org" in schema else "–"


def _type(schema: dict[str, Any]) -> str:
    """Say a type in words: `string or null`, `list of object`."""
    if "anyOf" in schema:
        return " or ".join(sorted(map(_type, schema["anyOf"]), key=lambda name: name == "null"))
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if kinds == ["array"]:
        return f"list of {_type(schema['items'])}"
    return " or ".join(sorted(kinds, key=lambda name: name == "null"))


def _parts(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the object with fields of its own that a field holds."""
    for one in (schema, schema.get("items", {}), *schema.get("anyOf", ())):
        if "properties" in one:
            yield one


def pages() -> dict[str, str]:
    """Return the generated pages of `docs/` by name."""
    schema = json.dumps(json_schema(), ensure_ascii=False, indent=1)
    return {"article.schema.json": schema + "\n", "data-format.md": data_format()}
