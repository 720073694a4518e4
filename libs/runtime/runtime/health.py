"""Health that really asks: `/health/live`, `/health/ready` and `/metrics` on a port of the service's own.

A check is a function that returns None when all is well, or a sentence that says what is wrong. Checks run when
they are asked, in the thread of the request, each under a time limit, so a hanging dependency answers 503
instead of hanging the answer.
"""

import json
import logging
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from runtime.metrics import READY

logger = logging.getLogger(__name__)

Check = Callable[[], str | None]
CHECK_TIMEOUT_S = 5.0
_JSON = "application/json; charset=utf-8"


@dataclass
class Health:
    """The checks of one service. Live: should it be restarted? Ready: can it do its work now?"""

    service: str
    live: dict[str, Check] = field(default_factory=dict)
    ready: dict[str, Check] = field(default_factory=dict)
    check_timeout_s: float = CHECK_TIMEOUT_S
    _pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max_workers=4, thread_name_prefix="health"), repr=False
    )

    def ask_live(self) -> dict[str, str | None]:
        """Return each liveness check's problem, or None."""
        return self._ask(self.live)

    def ask_ready(self) -> dict[str, str | None]:
        """Return each check's problem, or None; a service that is not live is not ready either."""
        answers = self._ask({**self.live, **self.ready})
        READY.labels(self.service).set(0 if any(answers.values()) else 1)
        return answers

    def _ask(self, checks: dict[str, Check]) -> dict[str, str | None]:
        asked = {name: self._pool.submit(check) for name, check in checks.items()}
        return {name: self._answer(future) for name, future in asked.items()}

    def _answer(self, future: "Future[str | None]") -> str | None:
        try:
            return future.result(timeout=self.check_timeout_s)
        except TimeoutError:
            return f"no answer within {self.check_timeout_s:g} s"
        except Exception as error:  # noqa: BLE001 - whatever a check raises is what is wrong
            return f"{type(error).__name__}: {error}"


def health_body(service: str, answers: dict[str, str | None]) -> tuple[int, dict[str, Any]]:
    """Return the HTTP status (200 or 503) and the body: which check says what."""
    failing = any(answers.values())
    checks = {name: "ok" if problem is None else problem for name, problem in answers.items()}
    return (503 if failing else 200), {"service": service, "status": "failing" if failing else "ok", "checks": checks}


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's own name
        logger.debug(format, *args)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class HealthServer:
    """Serves a service's health and metrics from a daemon thread, independent of the service's event loop."""

    def __init__(self, health: Health, *, host: str, port: int) -> None:
        self._health = health
        self._server = make_server(host, port, self._respond, server_class=_Server, handler_class=_Quiet)
        self._thread = threading.Thread(target=self._server.serve_forever, name="health", daemon=True)

    @property
    def port(self) -> int:
        """The port it listens on; useful when it was asked for port 0."""
        return int(self._server.server_port)

    def start(self) -> "HealthServer":
        self._thread.start()
        return self

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _respond(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == "/metrics":
            return _send(start_response, 200, CONTENT_TYPE_LATEST, generate_latest())
        if path in ("/health/live", "/health/ready"):
            answers = self._health.ask_live() if path == "/health/live" else self._health.ask_ready()
            status, body = health_body(self._health.service, answers)
            return _send(start_response, status, _JSON, json.dumps(body, ensure_ascii=False).encode())
        return _send(start_response, 404, _JSON, b'{"error": "try /health/live, /health/ready or /metrics"}')


_REASONS = {200: "200 OK", 404: "404 Not Found", 503: "503 Service Unavailable"}


def _send(start_response: Callable[..., Any], status: int, content_type: str, body: bytes) -> Iterable[bytes]:
    start_response(_REASONS[status], [("Content-Type", content_type), ("Content-Length", str(len(body)))])
    return [body]
