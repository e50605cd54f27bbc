"""Say where the records of a demo run are, and show one of them with its long values cut."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

LINES, CHARACTERS = 3, 80


def shorten(value: Any) -> Any:
    """Cut long strings and lists; what is cut is marked by `…`."""
    if isinstance(value, str):
        return value if len(value) <= CHARACTERS else value[:CHARACTERS] + "…"
    if isinstance(value, list):
        return [*map(shorten, value[:LINES]), *(["…"] if len(value) > LINES else [])]
    return {key: shorten(one) for key, one in value.items()} if isinstance(value, dict) else value


def main(path: Path) -> None:
    """Show the record with the most parts."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    shown = max(records, key=lambda record: (len(record["subsections"]), len(record["people"]), record["id"]))
    print(json.dumps(shorten(shown), ensure_ascii=False, indent=1))
    print(f"\n{len(records)} records in {path}; the one above is {shown['id']}, its long values cut at …")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
