"""Publishes messages for as long as a process lives: makes its producer when it is needed, and anew after a failure.

An idempotent producer that failed may never work again, also when the broker is back; so it is dropped.
"""

import contextlib
import threading
from collections.abc import Sequence

from kafka.errors import KafkaError
from runtime.kafka import Publisher
from runtime.retry import BusyError
from runtime.settings import ServiceSettings

PERSON_WAITS_S = 5.0
"""A person waits no longer for the broker. `search.correcting` waits for the indexer on top of it."""


class KafkaEvents:
    """Messages on kafka-python. Whoever has it starts, and does everything else, without a broker."""

    def __init__(self, settings: ServiceSettings, *, client_id: str, timeout_s: float) -> None:
        self._settings = settings
        self._client_id = client_id
        self._timeout_s = timeout_s
        self._lock = threading.Lock()
        self._publisher: Publisher | None = None

    def send_all(self, messages: Sequence[tuple[str, str, bytes]]) -> None:
        """Send (topic without namespace, key, bytes) and wait for every broker in sync.

        Raises BusyError when it may have taken only some; a receiver knows a repeat by its id.
        """
        publisher = self._made()
        try:
            publisher.send_all(messages)
        except BusyError:
            self._drop(publisher)
            raise

    def close(self) -> None:
        with self._lock:
            if self._publisher is not None:
                self._publisher.close()
                self._publisher = None

    def _made(self) -> Publisher:
        # Whoever comes while another looks for a broker in vain need not look as long again behind it.
        if not self._lock.acquire(timeout=self._timeout_s):
            raise BusyError("another request is looking for a broker")
        try:
            made = self._publisher or Publisher(self._settings, client_id=self._client_id, timeout_s=self._timeout_s)
        except KafkaError as error:
            raise BusyError(f"no broker at {self._settings.kafka_bootstrap_servers}: {error}") from error
        else:
            self._publisher = made
            return made
        finally:
            self._lock.release()

    def _drop(self, publisher: Publisher) -> None:
        with self._lock:
            if self._publisher is not publisher:
                return
            self._publisher = None

        def close() -> None:
            # What others still wait for in it fails or arrives by itself; closing only ends its thread.
            with contextlib.suppress(KafkaError):
                publisher.close()

        threading.Thread(target=close, name="close-producer", daemon=True).start()
