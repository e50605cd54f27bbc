"""What a reader sees of an article's body, told by a tokenizer of the tests' own: a second witness for conservation."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

HAN = re.compile("[\u3400-\u9fff]")
PAGERS = {"displaypagenum", "autopage", "mpagecount", "mcurrentpage"}
UNSEEN = {"script", "style", "title", "template"}
FORM = {"textarea", "select", "button", "noscript", "option"}
TEXT, OUTSIDE = "text", "outside-marks"


class _Region(HTMLParser):
    """Collects the words between the first and the last content mark, by what they stand in."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, str]] = []
        self.depth = 0
        self.inside: list[tuple[str, str]] = []
        self.ends = 0

    def handle_comment(self, data: str) -> None:
        if data.strip() == "enpcontent":
            self.depth += 1
        elif data.strip() == "/enpcontent":
            self.depth = max(0, self.depth - 1)
            self.ends = len(self.seen)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.inside:
            if tag == self.inside[-1][0]:
                self.inside.append(self.inside[-1])
        elif kind := _kind(tag, dict(attrs)):
            self.inside.append((tag, kind))

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1][0] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if self.depth or self.seen:
            self.seen.append((self.inside[-1][1] if self.inside else TEXT if self.depth else OUTSIDE, data))


def _kind(tag: str, attrs: dict[str, str | None]) -> str | None:
    classes = (attrs.get("class") or "").split()
    if attrs.get("id") in PAGERS or (tag == "ul" and "pages" in classes):
        return "pager"
    if "fplayer" in classes:
        return "player"
    return "unseen" if tag in UNSEEN else "form" if tag in FORM else None


def region(html: str) -> dict[str, Counter[str]]:
    """Return the Han characters of the body: `text`, and apart from it what stands in a pager, player, form or outside."""
    reader = _Region()
    reader.feed(html)
    reader.close()
    found: dict[str, Counter[str]] = {TEXT: Counter()}
    for kind, words in reader.seen[: reader.ends or None]:
        found.setdefault(kind, Counter()).update(HAN.findall(words))
    return found
