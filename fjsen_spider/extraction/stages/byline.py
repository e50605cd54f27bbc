"""Stage: the line under the headline: date, authors, source, editors."""

from __future__ import annotations

import re

from fjsen_spider.extraction.credits import read_credits
from fjsen_spider.extraction.dates import read_date
from fjsen_spider.extraction.document import Document
from fjsen_spider.extraction.draft import Draft, Findings
from fjsen_spider.extraction.layouts.layout import Element
from fjsen_spider.extraction.names import split_names
from fjsen_spider.extraction.text import collapse, squeeze, string_of
from fjsen_spider.urls import absolute

_LABELS = {
    "authors": r"作\s?者",
    "source": r"来\s?源",
    "editors": r"(?:责任编辑|责\s?编|编\s?辑)",
}
_STOP = r"(?=\s*(?:作\s?者|来\s?源|责任编辑|责编|编\s?辑|发布|时间|打印|收藏|发给|字号|浏览|点击|评论|分享|我来说|[|｜【\[]|(?:19|20)\d\d[-年]|$))"
_LABELLED = {field: re.compile(rf"{label}\s?[：:]\s?(?P<value>.*?){_STOP}") for field, label in _LABELS.items()}
_LABEL = re.compile(rf"\s*(?:{'|'.join(_LABELS.values())})\s?[：:]\s*")
_TOOLS = re.compile(
    r"打印|[|｜](?!\s*(?:来\s?源|作\s?者|责|编|记者|(?:19|20)\d\d))|【\s*字|收藏|发给好友|字号|分享到|我来说两句"
)
"""Where the line turns from what the article is to what a reader can do with it."""
_OTHER = re.compile(
    r"[\u4e00-\u9fff]{2,6}\s?[：:]|我来说两句|打印|收藏|点击|评论(?!员)|分享|浏览|[|｜【\[]|(?:19|20)\d\d[-年]"
)
"""Where a slot of names turns to something else."""
_OTHERS = frozenset("：:我打收点评分浏|｜【[12")
"""Characters of which each such place has one."""
_SOURCE_ENDS = re.compile(r"\s+(?:作者|责任编辑|责编|编辑|记者|通讯员)(?=[\s：:])")
_MORE_EDITORS = re.compile(r"\s*(?:责任|实习|见习|值班|助理)?编辑\s?[：:]\s*")
_ROLES = re.compile(r"记者|通讯员|实习生|[/／]|摄|文图|图文")
_SIGNS = frozenset("记通实/／摄文图（(")
"""Characters of which each such word has one, or a bracket."""
_CAPACITY = re.compile(r"[（(](?:实习|见习|整理)[^（()）]{0,4}[)）]")
_WITNESSES = {"authors": "author", "source": "sourcename", "editors": "liability"}
_SCRIPTS = ("script", "style")
_COMMENT = "我来说两句"
_ACTION = re.compile(r"javascript|#", re.IGNORECASE)


def byline(draft: Draft) -> Draft:
    """Read the byline's slots, or its labels where the layout has no slots, or else the CMS comment."""
    page, found = draft.first, draft.open()
    line = page.node("byline")
    shown = _until(_TOOLS, _shown(line, page.node("title"))) if line is not None else ""
    found.fill(page.rule("byline"), byline_raw=shown)
    _date(found, page, shown)
    _people(found, page, "authors", shown)
    _people(found, page, "editors", shown)
    _source(found, page, shown, line)
    return found.close()


def _until(turn: re.Pattern[str], line: str) -> str:
    """Return a line up to where it turns to something else."""
    match = turn.search(line)
    return line[: match.start()].rstrip() if match else line


def _shown(line: Element, title: Element | None) -> str:
    """Return the text of the byline without the headline, scripts and links that only do something."""
    found = [line.text or ""]
    ahead: list[Element | str] = [*reversed(line)]
    while ahead:
        node = ahead.pop()
        if isinstance(node, str):
            found.append(node)
            continue
        tag, tail = node.tag, node.tail
        if tail:
            ahead.append(tail)
        if isinstance(tag, str) and tag not in _SCRIPTS and node is not title and not (tag == "a" and _acts(node)):
            found.append(node.text or "")
            if len(node):
                ahead += reversed(node)
    return collapse("".join(found))


def _acts(link: Element) -> bool:
    return _is_action(link.get("href") or "") or _is_action(string_of(link))


def _is_action(words: str) -> bool:
    return _ACTION.match(words) is not None or _COMMENT in words


def _date(found: Findings, page: Document, shown: str) -> None:
    slot = page.node("date")
    told, rule = read_date(string_of(slot)) if slot is not None else None, page.rule("date")
    if told is None:
        told, rule = read_date(shown), page.rule("byline")
    also = page.comment.get("date", "")
    same = told is not None and also[:-2] == told[1] and also.endswith((".0", ":0"))  # the CMS adds a fraction
    witness = told if same else read_date(also)
    day = page.url.day if page.url else None
    if told is None and witness:
        told, rule = witness, "comment:date"
    if told is None and day:
        told, rule = (day.isoformat(), ""), "url"
        found.warn("date-from-url")
    if told is None:
        return
    if witness and not witness[0].startswith(told[0].removesuffix("+08:00")) and rule != "url":
        found.warn("date-differs-from-comment")
    if day and told[0][:10] != day.isoformat():
        found.warn("date-differs-from-url")
    found.fill(rule, date=told[0], date_raw=told[1])


def _value(page: Document, field: str, shown: str) -> tuple[str, str]:
    """Return a slot's value without its label, and the rule; without the slot, what follows the label in the line."""
    slot = page.node(field)
    if slot is None:
        match = None if page.rules else _LABELLED[field].search(shown)  # with rules the labels have been read
        return match["value"].strip() if match else "", page.rule("byline")
    beside = slot.tail or "" if field == "editors" else ""  # a second editor stands there as bare text
    value = collapse(f"{string_of(slot)} {beside}") if beside.strip() else string_of(slot)
    if label := _LABEL.match(value):
        value = value[label.end() :]
    if field == "source":
        return _until(_SOURCE_ENDS, value) if " " in value else value, page.rule(field)
    if field == "editors" and "编辑" in value:
        value = _MORE_EDITORS.sub(" ", value)
    if not _OTHERS.isdisjoint(value):
        value = _until(_OTHER, value)
    return value, page.rule(field)


def _people(found: Findings, page: Document, field: str, shown: str) -> None:
    value, rule = _value(page, field, shown)
    names, told = _names(value), split_names(page.comment.get(_WITNESSES[field], ""))
    if not names:
        found.fill(f"comment:{_WITNESSES[field]}", **{field: told})
        return
    found.fill(rule, **{field: names})
    if told != names and not set(told) <= set(names):
        found.warn(f"{field}-differ-from-comment")


def _names(value: str) -> tuple[str, ...]:
    """Return the people that a slot names, without words for what they are; an office or outlet alone stays."""
    if _SIGNS.isdisjoint(value):
        return split_names(value)
    value = _CAPACITY.sub(" ", value)
    credited = read_credits(value, unnamed="author") if _ROLES.search(value) else ()
    return tuple(dict.fromkeys(one.name for one in credited)) or split_names(value)


def _source(found: Findings, page: Document, shown: str, line: Element | None) -> None:
    (name, rule), told = _value(page, "source", shown), page.comment.get("sourcename", "")
    if not name:
        found.fill("comment:sourcename", source=told)
        return
    slot = page.node("source")
    found.fill(rule, source=name, source_url=_source_url(line if slot is None else slot, name, page))
    if told and not _same(told, name):
        found.warn("source-differs-from-comment")


def _source_url(slot: Element | None, name: str, page: Document) -> str | None:
    """Return the address that the source's name links to."""
    wanted = squeeze(name)
    for link in slot.iter("a") if slot is not None else ():
        if squeeze(string_of(link)) == wanted:
            return absolute(page.raw.url, link.get("href") or "")
    return None


def _same(one: str, other: str) -> bool:
    """Tell whether two witnesses agree, white space aside."""
    return one == other or squeeze(one) == squeeze(other)
