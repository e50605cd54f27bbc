"""An HTTP proxy on this machine that stands for every host of the portal."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from fjsen_spider.archive.mirror import Mirror


class Portal(ThreadingHTTPServer):
    """Answers what it is told to, by URL, else out of a mirror tree, and remembers who asked for what."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.tree: Path | None = None
        self.otherwise = 404
        self.asked: list[tuple[str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def redirect(self, url: str, target: str) -> None:
        self.answers[url] = (302, {"Location": target}, b"")

    def answer(self, url: str) -> tuple[int, dict[str, str], bytes]:
        page = Mirror(self.tree).get(url) if self.tree else None
        saved = (200, {"Content-Type": "text/html"}, page.body) if page else (self.otherwise, {}, b"")
        return self.answers.get(url, saved)


class _Answer(BaseHTTPRequestHandler):
    server: Portal

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["User-Agent"]))
        status, headers, body = self.server.answer(self.path)
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_) -> None:
        pass
