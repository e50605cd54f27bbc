"""The portal of the fixtures as a server that packs pages, and answers 304 to who has them."""

from __future__ import annotations

import gzip
import hashlib
import os
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cases import FIXTURES
from faultportal.server import Answer, Asked, FaultPortal, http

from fjsen_spider.archive.mirror import Mirror

PORTAL = FIXTURES / "portal"
FAST = ["-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "FJSEN_BACKOFF=0.01"]


class Validating(FaultPortal):
    def __init__(self) -> None:
        super().__init__()
        self.tree = PORTAL
        self.edited: dict[str, bytes] = {}
        self.sent: Counter[int] = Counter()
        self.padding = 0

    def answer(self, asked: Asked) -> Answer:
        if asked.url in self.scripts:
            return super().answer(asked)
        self.asked.append(asked)
        page = Mirror(self.tree).get(asked.url)
        body = self.edited.get(asked.url, page.body if page else None)
        if body is None:
            return http(b"<html>not here</html>", 404)
        etag = f'"{hashlib.sha256(body).hexdigest()}"'
        unchanged = asked.headers.get("if-none-match") == etag
        self.sent[304 if unchanged else 200] += 1
        if unchanged:
            return http(b"", 304, ETag=etag)
        packed = gzip.compress(body + b"<!--" + os.urandom(self.padding).hex().encode() + b"-->", mtime=0)
        return http(packed, ETag=etag, Content_Encoding="gzip", Last_Modified="Tue, 08 May 2018 01:02:03 GMT")


@contextmanager
def validating() -> Iterator[Validating]:
    with Validating() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()


def crawl_through(server: Validating, data: Path, *arguments: object, **options: object):
    from test_crawl import crawl  # noqa: PLC0415 - conftest imports this module before pytest rewrites the tests

    return crawl(data, *FAST, *arguments, replay=None, env={"http_proxy": server.url}, **options)
