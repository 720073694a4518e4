"""The indexer as a process of its own: signals, sudden death, health."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import httpx
import pytest
from contract.codec import encode
from elasticsearch import ApiError, Elasticsearch
from runtime.kafka import Publisher, create_topics
from search.settings import SearchSettings

from tests.builders.routed import many_routed

pytestmark = pytest.mark.stack

WAIT_S = 60.0


def free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


def eventually(holds: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + WAIT_S
    while not holds():
        assert time.monotonic() < until, what
        # The other side tells nobody when it is done, so it is asked again and again, up to a limit.
        time.sleep(0.1)


@pytest.fixture
def start(settings: SearchSettings) -> Iterator[Callable[[int], subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []

    def begin(health_port: int) -> subprocess.Popen[bytes]:
        environment = os.environ | {
            "PANTAU_NAMESPACE": settings.namespace,
            "PANTAU_ELASTIC_URLS": settings.elastic_urls,
            "PANTAU_KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
            "PANTAU_SEARCH_INDEX_HEALTH_PORT": str(health_port),
            "PANTAU_SEARCH_BATCH_SIZE": "20",
            "PANTAU_SEARCH_REFRESH_S": "0.2",
        }
        started.append(
            subprocess.Popen([sys.executable, "-m", "search", "index"], env=environment, stderr=subprocess.DEVNULL)
        )
        return started[-1]

    yield begin
    for one in started:
        one.kill()
        one.wait(10)


def test_death_in_the_middle_changes_no_count_and_sigterm_ends_it_cleanly(
    settings: SearchSettings, es: Elasticsearch, start: Callable[[int], subprocess.Popen[bytes]]
) -> None:
    def counted(index: str) -> int:
        try:
            return int(es.options(max_retries=0).count(index=index)["count"])
        except ApiError:  # Not made yet, or being made at this moment.
            return 0

    create_topics(settings)
    publisher = Publisher(settings, client_id="test")
    messages = many_routed(300)
    publisher.send_all([("articles.routed", one.article.article_id, encode(one)) for one in messages])
    publisher.close()
    port = free_port()
    process = start(port)
    eventually(lambda: counted(settings.names.index("dispositions")) > 20, "the indexer does not begin")
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    again = start(port)
    eventually(lambda: counted(settings.names.index("dispositions")) == 300, "not every article has its disposition")
    eventually(lambda: counted(settings.names.articles_alias()) == 300, "not every article is indexed")
    assert httpx.get(f"http://127.0.0.1:{port}/health/live").json()["status"] == "ok"
    assert httpx.get(f"http://127.0.0.1:{port}/health/ready").json()["status"] == "ok"
    assert "pantau_articles_total" in httpx.get(f"http://127.0.0.1:{port}/metrics").text
    again.send_signal(signal.SIGTERM)
    assert again.wait(20) == 0


def test_the_gateway_as_a_process_answers_and_ends_cleanly_on_sigterm(settings: SearchSettings) -> None:
    port = free_port()
    environment = os.environ | {
        "PANTAU_NAMESPACE": settings.namespace,
        "PANTAU_ELASTIC_URLS": settings.elastic_urls,
        "PANTAU_SEARCH_API_PORT": str(port),
    }
    process = subprocess.Popen([sys.executable, "-m", "search", "api"], env=environment, stderr=subprocess.DEVNULL)

    def ready() -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{port}/health/ready").status_code == 200
        except httpx.TransportError:
            return False

    try:
        eventually(ready, "the gateway is not ready")
        assert httpx.get(f"http://127.0.0.1:{port}/v1/articles").json()["total"] == 0
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait(10)


def test_a_wrong_setting_is_named_and_nothing_starts(settings: SearchSettings) -> None:
    environment = os.environ | {"PANTAU_SEARCH_BATCH_SIZE": "banyak"}
    done = subprocess.run(
        [sys.executable, "-m", "search", "index"], env=environment, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert b"search_batch_size" in done.stderr
