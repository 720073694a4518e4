"""Takes messages to Kafka from the event loop: the blocking publisher runs in threads of its own."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Protocol

from kafka.errors import KafkaError
from runtime.retry import BusyError

from collector.domain.fingerprint import Outgoing

logger = logging.getLogger(__name__)


class BlockingPublisher(Protocol):
    """runtime.kafka.Publisher, or a substitute."""

    def send_all(self, messages: Sequence[tuple[str, str, bytes]]) -> None: ...

    def close(self) -> None: ...


class KafkaOutbox:
    """Sends and waits for every acknowledgement.

    A producer that failed may never work again (an idempotent one ends up in a fatal state), so after a failure the
    next send makes a new one.
    """

    def __init__(self, make: Callable[[], BlockingPublisher], *, threads: int = 4) -> None:
        self._make = make
        self._publisher: BlockingPublisher | None = None
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="publish")

    async def send(self, messages: Sequence[Outgoing]) -> None:
        """Return when the broker has them all. Raises BusyError when it may have taken only some."""
        batch = [(message.topic, message.key, message.payload.encode()) for message in messages]
        await asyncio.get_running_loop().run_in_executor(self._pool, self._send, batch)

    def _send(self, batch: list[tuple[str, str, bytes]]) -> None:
        publisher = self._current()
        try:
            publisher.send_all(batch)
        except BusyError:
            self._drop(publisher)
            raise

    def _current(self) -> BlockingPublisher:
        with self._lock:
            if self._publisher is None:
                try:
                    self._publisher = self._make()
                except KafkaError as error:
                    raise BusyError(f"no broker: {error}") from error
            return self._publisher

    def _drop(self, publisher: BlockingPublisher) -> None:
        with self._lock:
            if self._publisher is publisher:
                self._publisher = None
        # Other threads may still wait for their messages in it; they fail or finish by themselves.
        with contextlib.suppress(KafkaError):
            publisher.close()

    def close(self) -> None:
        self._pool.shutdown(wait=True)
        with self._lock:
            if self._publisher is not None:
                self._publisher.close()
                self._publisher = None
