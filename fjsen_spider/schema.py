"""The record's JSON Schema and its description, generated from the docstrings of the items."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from itemadapter import ItemAdapter

from fjsen_spider.doubts import WARNINGS
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
