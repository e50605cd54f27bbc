"""A portal of any size for bench/crawl.py: listing pages and articles by number, in pages of the portal's weight."""

from __future__ import annotations

import asyncio
import gzip
import multiprocessing
import re
import time
from typing import Final

from pages import full_pages

COLUMN: Final = "http://bench.fjsen.com/node_1.htm"
FIRST: Final = 31_000_000
"""The content id of article 0."""
LISTED: Final = 70
_ARTICLE = re.compile(rb"content_(\d+)\.htm")
_LISTING = re.compile(rb"node_1(?:_(\d+))?\.htm")


class Tally:
    """What the server has answered, in memory that both processes see."""

    def __init__(self) -> None:
        self.ready = multiprocessing.Event()
        self._port = multiprocessing.Value("i", 0)
        self._articles = multiprocessing.Value("i", 0)
        self._first = multiprocessing.Value("d", 0.0)
        self._last = multiprocessing.Value("d", 0.0)

    def listen(self, port: int) -> None:
        """Say where the server is."""
        self._port.value = port
        self.ready.set()

    def reset(self) -> None:
        """Begin with another crawl."""
        self._articles.value = 0

    def count(self) -> None:
        """Count an article."""
        self._last.value = time.monotonic()
        if not self._articles.value:
            self._first.value = self._last.value
        self._articles.value += 1

    @property
    def url(self) -> str:
        """Where the server is, as a proxy."""
        return f"http://127.0.0.1:{self._port.value}"

    @property
    def articles(self) -> int:
        """How many have been asked for."""
        return int(self._articles.value)

    @property
    def rate(self) -> float:
        """Articles a second."""
        return (self.articles - 1) / (self._last.value - self._first.value)


class Portal:
    """The pages."""

    def __init__(self, articles: int, *, packed: bool) -> None:
        self._articles, self._packed = articles, packed
        pages = [(page.raw, re.search(r"content_(\d+)", page.url)) for page in full_pages()]
        self._pages = [(raw, found[1].encode()) for raw, found in pages if found]
        self._zipped = [gzip.compress(raw, 6) for raw, _ in self._pages]

    def answer(self, address: bytes) -> bytes | None:
        """Return the page of an address."""
        if article := _ARTICLE.search(address):
            return self._article(int(article[1]))
        if listing := _LISTING.search(address):
            return self._listing(int(listing[1] or 1))
        return None

    def packed(self, address: bytes) -> bool:
        """Tell whether the page of an address comes packed."""
        return self._packed and _ARTICLE.search(address) is not None

    def _article(self, number: int) -> bytes:
        at = number % len(self._pages)
        if self._packed:
            return self._zipped[at]
        raw, own = self._pages[at]
        return raw.replace(own, str(number).encode())

    def _listing(self, page: int) -> bytes:
        numbers = range((page - 1) * LISTED, min(page * LISTED, self._articles))
        items = "".join(
            f'<li><span>2018-03-05</span><a href="2018-03/05/content_{FIRST + number}.htm">街市新闻{number}</a></li>'
            for number in numbers
        )
        last = page * LISTED >= self._articles
        more = "" if last else f'<a class="fenye_02" href=node_1_{page + 1}.htm>下一页</a>'
        html = (
            f'<html><head><meta charset="utf-8"></head><body><div class="cont-left"><ul class="list_page">{items}</ul>'
            f'<div id="displaypagenum"><p><center>{more}</center></p></div></div></body></html>'
        )
        return html.encode()


def serve(tally: Tally, articles: int, packed: bool) -> None:
    """Serve until the process is ended."""
    asyncio.run(_serve(tally, Portal(articles, packed=packed)))


async def _serve(tally: Tally, portal: Portal) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                address = request.split(b" ", 2)[1]
                body = portal.answer(address)
                head = b"HTTP/1.1 200 OK\r\n" if body is not None else b"HTTP/1.1 404 Not Found\r\n"
                head += b"Content-Type: text/html\r\n"
                head += b"Content-Encoding: gzip\r\n" if portal.packed(address) else b""
                if _ARTICLE.search(address):
                    tally.count()
                writer.write(head + b"Content-Length: %d\r\n\r\n" % len(body or b"") + (body or b""))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    tally.listen(server.sockets[0].getsockname()[1])
    await server.serve_forever()
