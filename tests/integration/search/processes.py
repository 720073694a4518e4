"""Runs of the search service for tests: the indexer in a thread, and each part as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

from runtime.shutdown import Shutdown
from search.app import run_indexer
from search.settings import SearchSettings

ENDS_S = 30.0


class running:  # noqa: N801 - reads as a sentence
    """The indexer in a thread; leaving the block asks it to end, as SIGTERM would."""

    def __init__(self, settings: SearchSettings) -> None:
        self.shutdown = Shutdown()
        own_port = settings.model_copy(update={"search_index_health_port": 0})
        self.thread = threading.Thread(target=run_indexer, args=(own_port, self.shutdown), daemon=True)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.shutdown.request()
        self.thread.join(ENDS_S)
        assert not self.thread.is_alive(), "the indexer did not end when asked"


class Processes:
    """Parts of the search service as processes over one namespace; `end` ends what is left of them."""

    def __init__(self, settings: SearchSettings) -> None:
        self._environment = os.environ | {
            "PANTAU_NAMESPACE": settings.namespace,
            "PANTAU_ELASTIC_URLS": settings.elastic_urls,
            "PANTAU_KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
            # The shortest that a broker allows: the next process waits so long for the partitions of a killed one.
            "PANTAU_KAFKA_SESSION_TIMEOUT_S": "6",
            "PANTAU_SEARCH_REFRESH_S": "0.2",
            "PANTAU_RETRY_WAIT_S": "0.1",
        }
        self._started: list[subprocess.Popen[bytes]] = []

    def start(self, part: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start `index`, `stories` or `api`."""
        command = [sys.executable, "-m", "search", part]
        process = subprocess.Popen(command, env=self._environment | environment, stderr=subprocess.DEVNULL)
        self._started.append(process)
        return process

    def end(self) -> None:
        for one in self._started:
            one.kill()
            one.wait(10)
