"""The pages of the bench: fixtures in the portal's chrome, with bodies as long as a newspaper's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
_CHROMES = {
    "city": "portal/fjnews.fjsen.com/2018-03/01/content_20955144.htm",
    "district": "biaoti/30801118/page.html",
}
_FORM = 'style="TEXT-JUSTIFY: distribute; TEXT-ALIGN: justify; TEXT-INDENT: 30px; MARGIN: 0px 3px 15px" align="justify"'
_BODY = re.compile(r"<body>(.*)</body>", re.DOTALL)
_HEAD = re.compile(r'<div class="(?:cont_head|cont-head|big_title|biaoti|line)"')
_LAST = re.compile(r"<!--/enpcontent-->|/enpproperty-->")
_PARAGRAPH = re.compile(r"<p\b[^<>]*>([^<>]*)</p>")
_ITEM = re.compile(r"<li>.*?</li>")
_PLAIN = re.compile(r"[\u4e00-\u9fff][^：:●◆◎（）()]{39,}。")
"""A paragraph that can stand in any article: no dateline, label, item or credit."""


class Recipe(NamedTuple):
    """A page to make: which fixture, in which chrome, how heavy, in which encoding."""

    fixture: str
    chrome: str = ""
    kilobytes: int = 0
    body: int = 0
    """Kilobytes that running text is added for."""
    codec: str = "utf-8"


FULL = (
    Recipe("biaoti/30801118"),
    Recipe("biaoti/30801118", "district", 80, 30),
    Recipe("biaoti/30171024", "district", 58, 5),
    Recipe("biaoti/30188135", "district", 47, 4, "gb18030"),
    Recipe("modern/32131107", "district", 62, 5),
    Recipe("modern/32131107", "city", 46, 8),
    Recipe("picture/20956024", "city", 55, 4),
    Recipe("picture/20956069", "city", 49, 5, "gb18030"),
    Recipe("picture/20956055", "city", 43),
    Recipe("text/20961012", "city", 45, 4),
    Recipe("text/20961034", "city", 66, 5),
    Recipe("text/20961078", "city", 88, 12, "gb18030"),
    Recipe("text/20961112", "city", 52, 6),
    Recipe("text/20961123", "city", 57, 5),
    Recipe("text/20980126", "city", 61, 7, "gb18030"),
)
LONG = (
    Recipe("text/20961089", "city", 130, 60),
    Recipe("biaoti/30801118", "district", 170, 100),
    Recipe("modern/32131107", "district", 260, 200),
    Recipe("text/20961034", "city", 560, 500, "gb18030"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the bench and the record that a careful reader would sign."""

    name: str
    url: str
    raw: bytes
    codec: str
    text: str
    """The decoded source, for contestants that take no bytes."""
    expected: dict[str, Any]
    added: tuple[str, ...] = ()
    """Paragraphs that the page has beside those of the fixture."""

    @property
    def paragraphs(self) -> list[str]:
        """All running text, in no order."""
        return [line for part in self.expected["subsections"] for line in part["paragraphs"]] + list(self.added)


def full_pages() -> list[Page]:
    """Return whole pages of the portal's weight."""
    return [_made(recipe) for recipe in FULL]


def long_pages() -> list[Page]:
    """Return whole pages with far more text than a newspaper page."""
    return [_made(recipe) for recipe in LONG]


def bare_pages() -> list[Page]:
    """Return the fixtures of one page that are a head block and a body block without any page around them."""
    folders = (meta.parent for meta in sorted(FIXTURES.glob("*/*/expected.json")))
    single = (folder for folder in folders if len([*folder.glob("page*.html")]) == 1)
    found = (_made(Recipe(f"{folder.parent.name}/{folder.name}")) for folder in single)
    return [page for page in found if "<html" not in page.text.lower()]


def _made(recipe: Recipe) -> Page:
    folder = FIXTURES / recipe.fixture
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    url = json.loads((folder / "meta.json").read_text("utf-8"))["url"]
    codec = expected["encoding"]["used"]
    raw = (folder / "page.html").read_bytes()
    text = raw.decode(codec, "replace").removeprefix("\ufeff")
    added: tuple[str, ...] = ()
    if recipe.chrome:
        codec = recipe.codec
        block, added = _lengthened(_block(text), expected, recipe.body * 1024, codec)
        text = _framed(block, expected["title"], recipe)
        text = text.replace("charset=utf-8", "charset=gb2312") if codec == "gb18030" else text
        raw = text.encode(codec)
    return Page(f"{recipe.fixture} {len(raw) // 1024} KB {codec}", url, raw, codec, text, expected, added)


def _block(text: str) -> str:
    """Return head block and body block of an article, without the page around them."""
    whole = _BODY.search(text)
    if whole is None:
        return text
    head, ends = _HEAD.search(text), [match.end() for match in _LAST.finditer(text)]
    if head is None or not ends:
        raise ValueError("fixture without a headline box or content marks")
    block = text[head.start() : ends[-1]]
    return block + "".join(f"</{tag}>" for tag in reversed(_open(block)))


def _open(block: str) -> list[str]:
    """Return the boxes that a block leaves open, outermost first."""
    found: list[str] = []
    for slash, tag in re.findall(r"<(/?)(div|table|tr|td)\b", block):
        if not slash:
            found.append(tag)
        elif tag in found:
            found.pop()
    return found


def _lengthened(block: str, expected: dict[str, Any], size: int, codec: str) -> tuple[str, tuple[str, ...]]:
    """Return the block with plain paragraphs behind the last of its own, up to a size in bytes."""
    own = {line for part in expected["subsections"] for line in part["paragraphs"]}
    at = [match.end() for match in _PARAGRAPH.finditer(block) if match[1] in own and len(match[1]) > 40]
    if not at:
        return block, ()
    pool = cycle([line for line in _paragraphs() if line not in own])
    taken: list[str] = []
    markup = block[block.find("<!--enpcontent-->") : block.rfind("<!--/enpcontent-->")]
    short = size - len(markup.encode(codec))
    markup = ""
    while len(markup.encode(codec)) < short:
        taken.append(next(pool))
        markup += f"\n<p {_FORM}>{taken[-1]}</p>"
    return block[: at[-1]] + markup + block[at[-1] :], tuple(taken)


def _paragraphs() -> Iterator[str]:
    for path in sorted(FIXTURES.glob("*/*/expected.json")):
        for part in json.loads(path.read_text("utf-8"))["subsections"]:
            yield from (line for line in part["paragraphs"] if _PLAIN.fullmatch(line) and "\ufffd" not in line)


def _framed(block: str, title: str, recipe: Recipe) -> str:
    """Put a block where the chrome's own article was; lists of links in the rail make up the weight."""
    chrome = (FIXTURES / _CHROMES[recipe.chrome]).read_text("utf-8")
    start = _HEAD.search(chrome)
    behind = max(chrome.find('<div class="comment">'), chrome.find('<div class="share_bar">'))
    if start is None or behind < 0:
        raise ValueError(f"chrome {recipe.chrome} has no article to replace")
    before = re.sub(r"<title>.*?</title>", f"<title>{title} - 东南网</title>", chrome[: start.start()])
    page = before + block + "\n" + chrome[behind:]
    missing = recipe.kilobytes * 1024 - len(page.encode(recipe.codec))
    return page.replace("</body>", _rail(missing, recipe.codec) + "</body>")


def _rail(size: int, codec: str) -> str:
    """Return lists of links of about a size, as listings and rails of the portal have them."""
    lists: Sequence[str] = [
        item
        for path in sorted(FIXTURES.glob("listings/*/page.html"))
        for item in _ITEM.findall(path.read_text("utf-8", "ignore"))
    ]
    taken, total = [], 0
    for at, item in enumerate(cycle(lists)):
        if total >= size:
            break
        taken.append(item if at % 10 else f'</ul></div>\n<div class="r_newslist"><ul class="list-right">{item}')
        total += len(taken[-1].encode(codec)) + 1
    return f'<div class="right_news"><div><ul>{chr(10).join(taken)}</ul></div></div>\n' if taken else ""
