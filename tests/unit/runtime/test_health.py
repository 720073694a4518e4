"""Health really asks, answers within its time, and says which check is wrong."""

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from runtime.health import Health, HealthServer


@pytest.fixture
def health() -> Health:
    return Health("router", check_timeout_s=0.2)


@pytest.fixture
def server(health: Health) -> Iterator[HealthServer]:
    server = HealthServer(health, host="127.0.0.1", port=0).start()
    yield server
    server.stop()


def get(server: HealthServer, path: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{path}", timeout=5) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def test_all_is_well(health, server):
    health.live["progress"] = lambda: None
    health.ready["kafka"] = lambda: None
    status, body = get(server, "/health/ready")
    assert status == 200
    assert json.loads(body) == {"service": "router", "status": "ok", "checks": {"progress": "ok", "kafka": "ok"}}


def test_a_check_that_fails_is_named(health, server):
    health.ready["kafka"] = lambda: "no broker"
    status, body = get(server, "/health/ready")
    assert (status, json.loads(body)["checks"]["kafka"]) == (503, "no broker")
    assert get(server, "/health/live")[0] == 200


def test_a_service_that_is_not_live_is_not_ready(health, server):
    health.live["progress"] = lambda: "stuck"
    assert get(server, "/health/ready")[0] == 503


def test_a_check_that_raises_is_what_is_wrong(health):
    def check() -> str | None:
        raise OSError("gone")

    health.ready["disk"] = check
    assert health.ask_ready() == {"disk": "OSError: gone"}


def test_a_check_that_hangs_answers_in_time(health):
    released = threading.Event()
    health.ready["slow"] = lambda: released.wait(10)
    started_s = time.monotonic()
    try:
        assert health.ask_ready() == {"slow": "no answer within 0.2 s"}
        assert time.monotonic() - started_s < 0.9
    finally:
        released.set()


def test_metrics_are_there_and_anything_else_is_not(server):
    status, body = get(server, "/metrics")
    assert status == 200
    assert b"pantau_ready" in body
    assert get(server, "/")[0] == 404
