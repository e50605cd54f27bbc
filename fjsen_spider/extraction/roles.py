"""What each block of a body is: deck, heading, paragraph, caption, related link and so on."""

from __future__ import annotations

from collections.abc import Sequence

from fjsen_spider.extraction.blocks import Block, Blocks
from fjsen_spider.extraction.caption_lines import find_captions
from fjsen_spider.extraction.headlines import find_deck, find_headings
from fjsen_spider.extraction.labels import find_labels, find_links


def give_roles(blocks: Sequence[Block], *, lone_picture: bool) -> Blocks:
    """Give every block its role. `lone_picture` tells that one picture with a paragraph may be a whole gallery.

    The order is that of the rulings: a caption beats a deck line, a related link beats a heading.
    """
    given = list(blocks)
    find_captions(given, lone_picture=lone_picture)
    find_links(given)
    find_labels(given)
    find_deck(given)
    find_headings(given)
    return tuple(given)
