"""Publishes events for people who wait: a producer that is made when the first one is sent, with short waits."""

import threading
from collections.abc import Sequence

from kafka.errors import KafkaError
from runtime.kafka import Publisher
from runtime.retry import BusyError
from runtime.settings import ServiceSettings

TIMEOUT_S = 5.0
"""A person waits no longer for the broker. `search.correcting` waits for the indexer on top of it."""


class KafkaEvents:
    """Events on kafka-python. The gateway starts, and answers every other request, without a broker."""

    def __init__(self, settings: ServiceSettings, *, client_id: str) -> None:
        self._settings = settings
        self._client_id = client_id
        self._lock = threading.Lock()
        self._publisher: Publisher | None = None

    def send_all(self, messages: Sequence[tuple[str, str, bytes]]) -> None:
        """Send (topic without namespace, key, bytes) and wait for every broker in sync. Raises BusyError."""
        self._made().send_all(messages)

    def close(self) -> None:
        with self._lock:
            if self._publisher is not None:
                self._publisher.close()
                self._publisher = None

    def _made(self) -> Publisher:
        # Whoever comes while another looks for a broker in vain need not look as long again behind it.
        if not self._lock.acquire(timeout=TIMEOUT_S):
            raise BusyError("another request is looking for a broker")
        try:
            made = self._publisher or Publisher(self._settings, client_id=self._client_id, timeout_s=TIMEOUT_S)
        except KafkaError as error:
            raise BusyError(f"no broker at {self._settings.kafka_bootstrap_servers}: {error}") from error
        else:
            self._publisher = made
            return made
        finally:
            self._lock.release()
