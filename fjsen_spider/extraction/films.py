"""The address of a film: what its player is told."""

from __future__ import annotations

import re
from urllib.parse import unquote

from fjsen_spider.extraction.layouts.layout import Element
from fjsen_spider.urls import absolute

_ADDRESS = re.compile(r"(?:https?:)?//[^\s&\"'<>|,;]+")
_FILM = re.compile(r"\.(?:mp4|flv|m3u8|f4v|webm)", re.IGNORECASE)


def film_url(node: Element, base: str | None) -> str | None:
    """Return the address of a film: a film file that the player is told of, or else the player's own."""
    parts = [node, *node.iter("embed", "param", "source", "video")]
    told = [str(value) for part in parts for value in part.attrib.values()]
    for value in (one for one in told if _FILM.search(one)):
        for address in _ADDRESS.findall(unquote(value)):
            if match := _FILM.search(address):
                return absolute(base, address[: match.end()])
    sources = [part.get("src") or part.get("data") or part.get("flv") for part in parts]
    return next((url for source in sources if source and (url := absolute(base, source))), None)
