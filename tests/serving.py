"""Serves an ASGI application on a free port of this machine, for tests that talk HTTP to it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn
from starlette.types import ASGIApp

from tests.waiting import until

START_S = 10.0


@contextmanager
def serving(app: ASGIApp) -> Iterator[httpx.Client]:
    """Yield a client whose addresses start at the served application."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until(lambda: server.started, what="the server has started", within_s=START_S)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    with httpx.Client(base_url=f"http://{host}:{port}", timeout=30) as client:
        yield client
    server.should_exit = True
    thread.join(START_S)
