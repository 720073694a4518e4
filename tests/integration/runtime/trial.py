"""Starts workers as processes, gives them messages and reads what came of them from the broker."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import httpx
from contract.codec import encode
from contract.messages import ArticleCollected
from embedded.ports import free_tcp_ports
from runtime.kafka import Publisher, connection, create_topics
from runtime.settings import ServiceSettings
from runtime.watch import BrokerOffsets

from tests.builders.articles import collected
from tests.topics import TopicReader

WORKER = Path(__file__).with_name("worker_on_trial.py")
COLLECTED, CLASSIFIED, DISPOSED = "articles.collected", "articles.classified", "articles.disposed"
DEAD, RETRY = "articles.collected.dead.classifier", "articles.collected.retry.classifier"


class Worker:
    """One worker process."""

    def __init__(self, environment: dict[str, str], log: Path, port: int) -> None:
        self._log = log
        self.port = port
        with log.open("ab") as errors:
            self._process = subprocess.Popen([sys.executable, str(WORKER)], env=environment, stderr=errors)

    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(10)

    def terminate(self) -> None:
        self._process.send_signal(signal.SIGTERM)

    def exit_code(self, within_s: float) -> int:
        return self._process.wait(within_s)

    def is_running(self) -> bool:
        return self._process.poll() is None

    def health(self, which: str) -> tuple[int, dict[str, str]]:
        """Return status and checks of `live` or `ready`; status 0 when nothing answers."""
        try:
            answer = httpx.get(f"http://127.0.0.1:{self.port}/health/{which}", timeout=10)
        except httpx.HTTPError:
            return 0, {}
        return answer.status_code, answer.json()["checks"]

    def metrics(self) -> str:
        return httpx.get(f"http://127.0.0.1:{self.port}/metrics", timeout=10).text


class Trial:
    """A namespace on the broker with workers in it."""

    def __init__(self, bootstrap: str, namespace: str, folder: Path) -> None:
        self.settings = ServiceSettings(kafka_bootstrap_servers=bootstrap, namespace=namespace)
        self._folder = folder
        self._calls = folder / "calls"
        self._calls.touch()
        self._workers: list[Worker] = []
        self._readers: dict[str, TopicReader] = {}

    def create_topics(self) -> None:
        create_topics(self.settings)

    def worker(self, **environment: str) -> Worker:
        """Start a worker with retries fast enough for a test, unless told otherwise."""
        port = free_tcp_ports(1)[0]
        basic = {
            "PANTAU_KAFKA_BOOTSTRAP_SERVERS": self.settings.kafka_bootstrap_servers,
            "PANTAU_NAMESPACE": self.settings.namespace,
            "PANTAU_RETRY_WAIT_S": "0.05",
            "PANTAU_RETRY_TOPIC_WAIT_S": "0.5",
            "PANTAU_KAFKA_SESSION_TIMEOUT_S": "6",
            "CALLS": str(self._calls),
            "HEALTH_PORT": str(port),
        }
        log = self._folder / f"worker-{len(self._workers)}.log"
        worker = Worker(os.environ | basic | environment, log, port)
        self._workers.append(worker)
        return worker

    def publish(self, *titles: str, first: int = 1) -> list[ArticleCollected]:
        """Publish one article per title, all with one key, so on one partition and in order."""
        messages = [collected(number, title=title) for number, title in enumerate(titles, start=first)]
        self.publish_raw([(b"k", encode(message)) for message in messages])
        return messages

    def publish_spread(self, titles: Sequence[str]) -> list[ArticleCollected]:
        """Publish one article per title under its own key, so over all partitions."""
        messages = [collected(number, title=title) for number, title in enumerate(titles, start=1)]
        self.publish_raw([(message.article.article_id.encode(), encode(message)) for message in messages])
        return messages

    def publish_raw(self, messages: Sequence[tuple[bytes, bytes]]) -> None:
        publisher = Publisher(self.settings, client_id="trial")
        publisher.send_all([(COLLECTED, key.decode(), value) for key, value in messages])
        publisher.close()

    def read(self, topic: str) -> list[tuple[bytes | None, bytes, dict[str, bytes]]]:
        """Return everything the topic has had so far: key, value, headers."""
        if topic not in self._readers:
            access = connection(self.settings, client_id="trial")
            self._readers[topic] = TopicReader(access, self.settings.names.topic(topic))
        return [(one.key, one.value, dict(one.headers)) for one in self._readers[topic].read()]

    def calls(self) -> Counter[str]:
        """Return how often the handler was given each title."""
        return Counter(self._calls.read_text(encoding="utf-8").splitlines())

    def lag(self) -> int:
        """Return how many messages of the work topic and its retry topic are not committed."""
        names = self.settings.names
        offsets = BrokerOffsets(self.settings, group=names.group("classifier"), topics=[names.topic(COLLECTED)])
        found = offsets.read(None)
        offsets.close()
        return sum(end - committed for committed, end in found.values())

    def forget_consumers(self) -> None:
        """Read every topic anew from its beginning."""
        for reader in self._readers.values():
            with suppress(Exception):
                reader.close()
        self._readers.clear()

    def close(self) -> None:
        for worker in self._workers:
            if worker.is_running():
                worker.kill()
        self.forget_consumers()
