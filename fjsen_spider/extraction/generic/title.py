"""The headline of an article on a page of any template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import NamedTuple

from fjsen_spider.extraction.generic.line import Line
from fjsen_spider.extraction.generic.lines import is_hidden
from fjsen_spider.extraction.layouts.layout import Element, query, xpath
from fjsen_spider.extraction.text import collapse, squeeze, string_of

_HEADINGS = xpath("//body//h1 | //body//h2 | //body//h3")
_NAMED = re.compile(r"tit(?:le)?(?:$|[\s_\d-])|title|headline|biaoti|bt(?:$|[\s_-])", re.IGNORECASE)
_META = query(
    "//meta[@property='og:title' or @name='og:title' or @name='twitter:title' or @name='ArticleTitle']/@content"
)
_HEAD_TITLE, _ANY_TITLE = query("string(//head/title)"), query("string(//title)")
_JOINT = re.compile(
    r"\s*(?:_+|\||｜|--+|—+|–|－|>>|\s-\s|(?<=[\u4e00-\u9fff”！？」》）])-(?=[\u4e00-\u9fffA-Za-z]))\s*"
)
_SITE = re.compile(
    r"(?:网|报|频道|新闻|在线|门户|中心|客户端|社|台|网站|论坛|首页|正文|资讯|时报|周刊|之声|腾讯|搜狐|新浪|网易|凤凰|央广|财经|体育|娱乐|要闻|发布"
    r"|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cn|net|org)(?:\.cn)?)$",
    re.IGNORECASE,
)
_SHORTEST, _LONGEST, _TOLD, _MOST, _BRIEF, _NESTED = 4, 100, 300, 60, 5, 4
HEADING_TAGS = frozenset("h1 h2 h3 h4 h5".split())
_SITE_LONGEST, _COLUMN = 16, 6
_ABOVE, _LEAST = 6, 8
_AGREES, _BEGUN = 0.5, 10


class Title(NamedTuple):
    """A headline, the rule that found it and where it stands."""

    text: str
    rule: str
    node: Element | None
    """None for one that only the head of the document tells."""


class _Candidate(NamedTuple):
    text: str
    node: Element
    rule: str


def find_title(tree: Element, lines: Sequence[Line], witness: str | None = None) -> Title | None:
    """Return the headline: what a reader sees and the document's own title, or another witness, agrees with."""
    told = [collapse(str(one)[:_TOLD]) for one in (witness or "", *_META(tree), _HEAD_TITLE(tree) or _ANY_TITLE(tree))]
    parts = dict.fromkeys(squeeze(part) for one in told for part in _parts(one))
    shown = {squeeze(one.text) for one in islice(_headings(tree), _MOST)}
    bare = [one for one in parts if one in shown or (len(one) > _BRIEF and not _is_site(one))]
    best, score = None, 0.0
    for one in (*islice(_headings(tree), _MOST), *_lines(lines, bare)):
        agreement = max((_agreement(squeeze(one.text), words) for words in bare), default=0.0)
        if agreement > score + 0.05:
            best, score = one, agreement
    if best is not None and score >= _AGREES:
        own = collapse("".join([best.node.text or "", *(one.tail or "" for one in best.node)]))
        return Title(own if score < 1 and squeeze(own) in bare else best.text, best.rule, best.node)
    alone = [one for one in islice(_headings(tree), _MOST) if one.rule == "title.h1" and len(one.text) > _SHORTEST]
    if len(alone) == 1:
        return Title(alone[0].text, "title.h1", alone[0].node)
    return next((Title(bare_title(one), "title.document", None) for one in told if bare_title(one)), None)


def title_above(lines: Sequence[Line], text_at: int) -> Title | None:
    """Return the heading above the text, an h1 or else the nearest, for a page whose document title is no help."""
    above = [one for one in reversed(lines[max(0, text_at - _ABOVE) : text_at]) if _is_heading(one)]
    nearest = min(above, key=lambda line: line.block.tag != "h1", default=None)
    return None if nearest is None else Title(nearest.text, "title.above-text", nearest.block)


def _is_heading(line: Line) -> bool:
    marked = line.block.tag in HEADING_TAGS or _NAMED.search(_name(line.block)) is not None
    return marked and not line.linked and line.han >= _LEAST


def _parts(title: str) -> tuple[str, str]:
    """Return a document's title without its end, and the longest part of it: the site's name may stand first."""
    return bare_title(title), max(_JOINT.split(title), key=len)


def bare_title(title: str) -> str:
    """Return a document's title without the names of site, channel and column behind it.

    `桥通了_要闻_某某网` → 桥通了. A dash inside a headline stays when what follows is no name of a site.
    """
    site = False
    while len(parts := _JOINT.split(title)) > 1:
        *before, last = parts
        named = len(last) <= _SITE_LONGEST and (not last or _SITE.search(last) is not None)
        if not named and not (last.isascii() and _SITE.search(before[-1])) and not (site and len(last) <= _COLUMN):
            break
        title, site = title[: [match.start() for match in _JOINT.finditer(title)][-1]], True
    return title.strip()


def _is_site(words: str) -> bool:
    """Tell a witness that names no more than the site: with such a one half the headings of a page agree."""
    return len(words) <= _SITE_LONGEST and _SITE.search(words) is not None


def _headings(tree: Element) -> Iterator[_Candidate]:
    for node in _HEADINGS(tree):
        if len([*islice(node.iterancestors("h1", "h2", "h3"), _NESTED)]) == _NESTED:
            continue  # nested without end, each would be read with all that is in it
        text = string_of(node)
        if (
            _SHORTEST <= len(text) <= _LONGEST
            and not is_hidden(node)
            and not _is_link(node, text)
            and "首页" not in text
        ):
            yield _Candidate(text, node, "title.h1" if node.tag == "h1" else "title.heading")


def _is_link(node: Element, text: str) -> bool:
    """Tell a heading that leads elsewhere: a logo, or the head of another article."""
    return any(len(string_of(link)) * 2 > len(text) for link in node.iter("a") if link.get("href"))


def _lines(lines: Sequence[Line], bare: Sequence[str]) -> Iterator[_Candidate]:
    """Yield lines that are the title, word for word, or stand in a box that is named after it."""
    named = 0
    for line in lines:
        if not _SHORTEST <= len(line.text) <= _LONGEST or line.linked:
            continue
        shown = squeeze(line.text)
        if any(words == shown or (len(shown) >= _BEGUN and words.startswith(shown)) for words in bare):
            yield _Candidate(line.text, line.block, "title.line")
        elif named < _MOST and _NAMED.search(_name(line.block)):
            named += 1
            yield _Candidate(line.text, line.block, "title.named")


def _name(node: Element) -> str:
    return f"{node.get('class') or ''} {node.get('id') or ''}"


def _agreement(shown: str, told: str) -> float:
    """Return which part of the longer of two titles the other has, 1 for the same."""
    longer = max(len(shown), len(told))
    if shown in told or told in shown:
        return min(len(shown), len(told)) / longer
    return SequenceMatcher(None, shown, told, autojunk=False).find_longest_match().size / longer
