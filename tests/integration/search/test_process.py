"""The indexer as a process of its own: signals, sudden death, health."""

import os
import signal
import subprocess
import sys

import httpx
import pytest
from contract.codec import encode
from elasticsearch import ApiError, Elasticsearch
from embedded.ports import free_tcp_ports
from runtime.kafka import Publisher
from search.settings import SearchSettings

from tests.builders.routed import many_routed
from tests.integration.search.processes import Processes
from tests.waiting import until, until_equal

pytestmark = pytest.mark.stack


def test_death_in_the_middle_changes_no_count_and_sigterm_ends_it_cleanly(
    settings: SearchSettings, es: Elasticsearch, publisher: Publisher, processes: Processes
) -> None:
    def counted(index: str) -> int:
        try:
            return int(es.options(max_retries=0).count(index=index)["count"])
        except ApiError:  # Not made yet, or being made at this moment.
            return 0

    messages = many_routed(300)
    publisher.send_all([("articles.routed", one.article.article_id, encode(one)) for one in messages])
    (port,) = free_tcp_ports(1)
    own = {"PANTAU_SEARCH_INDEX_HEALTH_PORT": str(port), "PANTAU_SEARCH_BATCH_SIZE": "20"}
    process = processes.start("index", **own)
    until(lambda: counted(settings.names.index("dispositions")) > 20, what="the indexer begins", pause_s=0.02)
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    again = processes.start("index", **own)
    until_equal(lambda: counted(settings.names.index("dispositions")), 300, what="every article has its disposition")
    until_equal(lambda: counted(settings.names.articles_alias()), 300, what="every article is indexed")
    assert httpx.get(f"http://127.0.0.1:{port}/health/live").json()["status"] == "ok"
    assert httpx.get(f"http://127.0.0.1:{port}/health/ready").json()["status"] == "ok"
    assert "pantau_articles_total" in httpx.get(f"http://127.0.0.1:{port}/metrics").text
    again.send_signal(signal.SIGTERM)
    assert again.wait(20) == 0


def test_the_gateway_as_a_process_answers_and_ends_cleanly_on_sigterm(processes: Processes) -> None:
    (port,) = free_tcp_ports(1)
    process = processes.start("api", PANTAU_SEARCH_API_PORT=str(port))

    def ready() -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{port}/health/ready").status_code == 200
        except httpx.TransportError:
            return False

    until(ready, what="the gateway is ready")
    assert httpx.get(f"http://127.0.0.1:{port}/v1/articles").json()["total"] == 0
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0


def test_a_wrong_setting_is_named_and_nothing_starts(settings: SearchSettings) -> None:
    environment = os.environ | {"PANTAU_SEARCH_BATCH_SIZE": "banyak"}
    done = subprocess.run(
        [sys.executable, "-m", "search", "index"], env=environment, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert b"search_batch_size" in done.stderr
