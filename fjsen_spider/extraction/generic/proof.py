"""What proves that a page is an article."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from fjsen_spider.extraction.dates import read_date
from fjsen_spider.extraction.generic.density import Body
from fjsen_spider.extraction.generic.line import Line
from fjsen_spider.extraction.generic.title import Title

_LEAST, _NO_HEADLINE, _UNATTESTED = 20, 60, 300
"""Least characters of running text: with a byline, with one but no headline, and with nothing but a headline."""
_PARAGRAPHS, _DENSITY, _RESULTS, _SHORT = 4, 0.2, 3, 40


def is_article(headline: Title, body: Body, inside: Sequence[Line], told: Collection[str], *, attested: bool) -> bool:
    """Tell an article from lists, results and forms.

    An article has a byline or an address to prove it, or else a good deal of text under a headline; and its
    paragraphs do not each stand under a link or a time of its own. `told` are the fields that the page shows.
    """
    if body.rule in ("body.enpcontent", "body.pictures"):
        return "date" in told
    paragraphs = [at for at, line in enumerate(inside) if line.running]
    results = sum(at > 0 and _opens(inside[at - 1]) for at in paragraphs)
    if body.density < _DENSITY or (results >= _RESULTS and 2 * results >= len(paragraphs)):
        return False
    if attested and headline.node is not None:
        return body.weight >= _LEAST
    if "date" in told and "source" in told:
        return body.weight >= _NO_HEADLINE and len(paragraphs) > 1
    return body.weight >= _UNATTESTED and len(paragraphs) >= _PARAGRAPHS


def _opens(line: Line) -> bool:
    """Tell what opens a result of a search or a post of a forum: a link, or a time."""
    return line.linked or (len(line.text) <= _SHORT and read_date(line.text) is not None)
