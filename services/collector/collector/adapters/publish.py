"""Takes messages to Kafka from the event loop: the blocking publisher runs in a thread of its own."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from collector.domain.fingerprint import Outgoing


class BlockingPublisher(Protocol):
    """runtime.kafka.Publisher, or a substitute."""

    def send_all(self, messages: Sequence[tuple[str, str, bytes]]) -> None: ...

    def close(self) -> None: ...


class KafkaOutbox:
    """Sends and waits for every acknowledgement."""

    def __init__(self, publisher: BlockingPublisher, *, threads: int = 4) -> None:
        self._publisher = publisher
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="publish")

    async def send(self, messages: Sequence[Outgoing]) -> None:
        """Return when the broker has them all. Raises BusyError when it may have taken only some."""
        batch = [(message.topic, message.key, message.payload.encode()) for message in messages]
        await asyncio.get_running_loop().run_in_executor(self._pool, self._publisher.send_all, batch)

    def close(self) -> None:
        self._pool.shutdown(wait=True)
        self._publisher.close()
