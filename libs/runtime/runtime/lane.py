"""One lane of a stream worker: messages wait in a short inbox, are treated one batch at a time, then acknowledged.

Strictly in order and never two at once, because the consumer's commits are only safe that way. Natural batching:
what arrived while the last batch was treated is the next batch, so nothing waits for others to come.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from runtime.clock import Clock
from runtime.parking import not_before
from runtime.treatment import Incoming, Pause, StoppingError, Treatment

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ticket:
    """A message with what ties it to the consumer: how to acknowledge it, and whether it is still ours."""

    incoming: Incoming
    acknowledge: Callable[[], object]
    is_stale: Callable[[], bool]


class Inbox:
    """A bounded queue whose items survive the cancellation of whoever waits on either end."""

    def __init__(self, limit: int) -> None:
        self._items: deque[Ticket] = deque()
        self._limit = limit
        self._arrived = asyncio.Event()
        self._space = asyncio.Event()
        self._closed = False

    async def put(self, ticket: Ticket) -> None:
        """Wait for a place and take it. A closed inbox takes nothing; what comes stays unacknowledged."""
        while len(self._items) >= self._limit and not self._closed:
            self._space.clear()
            await self._space.wait()
        if not self._closed:
            self._items.append(ticket)
            self._arrived.set()

    async def take(self, at_most: int) -> list[Ticket]:
        """Wait for one message and return it with what came besides; empty when the inbox was closed."""
        while not self._items and not self._closed:
            self._arrived.clear()
            await self._arrived.wait()
        if self._closed:
            return []
        taken = [self._items.popleft() for _ in range(min(at_most, len(self._items)))]
        self._space.set()
        return taken

    def close(self) -> None:
        self._closed = True
        self._arrived.set()
        self._space.set()


class Lane:
    """Feeds a treatment from an inbox until it is closed."""

    def __init__(self, treatment: Treatment, *, clock: Clock, pause: Pause, max_batch: int) -> None:
        self.inbox = Inbox(max_batch)
        self._treatment = treatment
        self._clock = clock
        self._pause = pause
        self._max_batch = max_batch
        self._resting = False

    @property
    def is_resting(self) -> bool:
        """True while the lane waits on purpose for a parked message's time; that is no lack of progress."""
        return self._resting

    async def run(self) -> None:
        """Treat batches until the inbox is closed, finishing the one at hand. Raises what ends the process."""
        while tickets := await self.inbox.take(self._max_batch):
            current = [ticket for ticket in tickets if not ticket.is_stale()]
            try:
                await self._wait_until_due(current)
                await self._treatment.treat([ticket.incoming for ticket in current])
            except StoppingError:
                logger.info("stopping with a message between two tries; it will come again")
                return
            for ticket in current:
                ticket.acknowledge()

    async def _wait_until_due(self, tickets: list[Ticket]) -> None:
        moments = [moment for ticket in tickets if (moment := not_before(ticket.incoming.headers)) is not None]
        wait_s = (max(moments) - self._clock.now()).total_seconds() if moments else 0.0
        if wait_s <= 0:
            return
        self._resting = True
        try:
            if await self._pause(wait_s):
                raise StoppingError
        finally:
            self._resting = False
