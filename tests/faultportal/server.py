"""A server on a raw socket: an HTTP proxy that stands for every host, or a plain server, with scripted answers."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

from fjsen_spider.archive.mirror import Mirror


class End(Enum):
    """What becomes of the connection behind an answer."""

    KEEP = "kept for the next request"
    CLOSE = "closed"
    RESET = "reset"


@dataclass(frozen=True)
class Answer:
    """Bytes as they go over the wire, each with the seconds to wait before; what follows may be made on the way."""

    parts: Iterable[tuple[float, bytes]]
    end: End = End.KEEP


@dataclass(frozen=True)
class Asked:
    at: float
    """By a clock that is never set, seconds."""
    url: str
    headers: dict[str, str]


def http(
    body: bytes | str = b"", status: int = 200, *, end: End = End.KEEP, delay: float = 0, **headers: str
) -> Answer:
    """An answer as a server sends it; `Content_Length="9"` says something else than is true, `""` nothing."""
    sent = body.encode() if isinstance(body, str) else body
    told = {"Content-Type": "text/html", "Content-Length": str(len(sent))}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status} Some reason", *(f"{name}: {value}" for name, value in told.items() if value)]
    return Answer([(delay, "\r\n".join([*lines, "", ""]).encode("latin-1") + sent)], end)


NOT_FOUND = http(status=404)


class FaultPortal(ThreadingTCPServer):
    """Answers by URL: the first request with the first answer of its script, the last answer for ever.

    What has no script is out of a mirror tree, or not found.
    """

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__((host, port), _Connection)
        self.scripts: dict[str, list[Answer | Callable[[], Answer]]] = {}
        self.tree: Path | None = None
        self.asked: list[Asked] = []
        self._given: dict[str, int] = {}
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def times(self, url: str) -> list[float]:
        """When a URL was asked for."""
        return [one.at for one in self.asked if one.url == url]

    def answer(self, asked: Asked) -> Answer:
        with self._lock:
            self.asked.append(asked)
            turn = self._given[asked.url] = self._given.get(asked.url, -1) + 1
        if script := self.scripts.get(asked.url):
            answer = script[min(turn, len(script) - 1)]
            return answer if isinstance(answer, Answer) else answer()
        page = Mirror(self.tree).get(asked.url) if self.tree else None
        return http(page.body) if page else NOT_FOUND

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients of faulty servers hang up."""


@contextmanager
def serving(host: str = "127.0.0.1", port: int = 0) -> Iterator[FaultPortal]:
    """A portal that serves in a thread of its own."""
    with FaultPortal(host, port) as portal:
        threading.Thread(target=portal.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield portal
        portal.shutdown()


class _Connection(StreamRequestHandler):
    server: FaultPortal

    def handle(self) -> None:
        while (asked := self._read()) and self._send(self.server.answer(asked)):
            pass

    def _read(self) -> Asked | None:
        line = self.rfile.readline().decode("latin-1").split()
        headers: dict[str, str] = {}
        while (header := self.rfile.readline().decode("latin-1").strip()) != "":
            name, _, value = header.partition(":")
            headers[name.lower()] = value.strip()
        if len(line) != 3:
            return None
        target = line[1] if "://" in line[1] else f"http://{headers.get('host', '')}{line[1]}"
        return Asked(time.monotonic(), target, headers)

    def _send(self, answer: Answer) -> bool:
        """Send an answer; tell whether the connection may be used again."""
        for delay, data in answer.parts:
            time.sleep(delay)
            self.connection.sendall(data)
        if answer.end is End.RESET:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            for side in (self.rfile, self.wfile, self.connection):  # the socket is closed with its last file
                side.close()
        return answer.end is End.KEEP
