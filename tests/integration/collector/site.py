"""A test outlet on a free port: answers from a table, and keeps a record of who asked what, when and how."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True)
class Answer:
    """A response. `chunks` are written one by one, with `pause_s` before each."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    chunks: Callable[[], Any] | None = None
    pause_s: float = 0.0


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    path: str
    at_s: float
    until_s: float
    headers: dict[str, str]


class Site:
    """A server in a thread. A path that is not in `answers` is 404."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Callable[[dict[str, str]], Answer]] = {}
        self.asked: list[Asked] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site._answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: Any) -> None:
                """A client that hangs up in the middle is what some tests want."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self.host = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.host}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        started_s = time.monotonic()
        headers = {name.lower(): value for name, value in request.headers.items()}
        found = self.answers.get(request.path, Answer(b"tidak ada", 404))
        answer = found(headers) if callable(found) else found
        request.send_response(answer.status)
        for name, value in answer.headers.items():
            request.send_header(name, value)
        request.send_header("Connection", "close") if answer.chunks else request.send_header(
            "Content-Length", str(len(answer.body))
        )
        if answer.body or answer.chunks:
            request.end_headers()
        # A slow outlet is what the test asked for; most answers pause for no time.
        time.sleep(answer.pause_s)
        # Noted before the last byte leaves: who has the answer finds its request on record.
        self.asked.append(Asked(request.path, started_s, time.monotonic(), headers))
        if answer.chunks is None:
            if not answer.body:
                request.end_headers()
            request.wfile.write(answer.body)
            return
        for chunk in answer.chunks():
            request.wfile.write(chunk)
            # A slow outlet is what the test asked for; most answers pause for no time.
            time.sleep(answer.pause_s)
        request.close_connection = True
