"""Serves an ASGI application on a free port of this machine, for tests that talk HTTP to it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn
from starlette.types import ASGIApp

START_S = 10.0


@contextmanager
def serving(app: ASGIApp) -> Iterator[httpx.Client]:
    """Yield a client whose addresses start at the served application."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + START_S
    while not server.started:
        assert time.monotonic() < until, "the server did not start"
        # uvicorn has a flag for having started, and no event.
        time.sleep(0.01)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    with httpx.Client(base_url=f"http://{host}:{port}", timeout=30) as client:
        yield client
    server.should_exit = True
    thread.join(START_S)
