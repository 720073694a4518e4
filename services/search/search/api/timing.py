"""How long answers take, by endpoint and status, as a Prometheus metric."""

import time

from prometheus_client import Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ANSWERS = Histogram(
    "pantau_http_seconds",
    "Time from a request to the end of its answer",
    ["path", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


class Timing:
    """Observes every request. Addresses that are no endpoint count together, or they would fill the memory."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began_s, status = time.perf_counter(), 500

        async def send_and_see(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_and_see)
        finally:
            path = getattr(scope.get("route"), "path", "other")
            ANSWERS.labels(path, status).observe(time.perf_counter() - began_s)
