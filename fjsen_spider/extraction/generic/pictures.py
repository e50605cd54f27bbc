"""The body of a page that has pictures and no running text: a gallery, a poster, a newspaper page."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from fjsen_spider.extraction.generic.noise import is_icon, is_noise
from fjsen_spider.extraction.layouts.layout import Element

_PICTURE: Final = re.compile(r"\.(?:jpe?g|png|gif|webp)$", re.IGNORECASE)
_MOST: Final = 200
"""How many pictures are looked at."""


def find_gallery(tree: Element, headline: Element) -> Element | None:
    """Return the smallest box around the pictures behind the headline, links and furniture left out."""
    elements = list(tree.iter("*"))
    behind = elements[elements.index(headline) :]
    shown = (node for node in behind if node.tag == "img" and node.get("src") and not is_furniture(node))
    pictures = list(islice(shown, _MOST))
    if not pictures:
        return None
    shared = list(pictures[0].iterancestors())
    for node in pictures[1:]:
        around = frozenset(node.iterancestors())
        shared = [one for one in shared if one in around]
    box = next((one for one in shared if one.tag in ("div", "td", "article", "section")), None)
    return None if box is None or box in headline.iterancestors() else box


def is_furniture(node: Element) -> bool:
    """Tell a picture that is no article's: an icon, one that links elsewhere than to a picture, one in a rail or foot."""
    if is_icon(node):
        return True
    return any((one.tag == "a" and _leads_away(one)) or is_noise(one) for one in node.iterancestors())


def _leads_away(link: Element) -> bool:
    href = link.get("href")
    return href is not None and _PICTURE.search(href) is None
