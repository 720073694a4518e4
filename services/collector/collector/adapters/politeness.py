"""Takes turns: one request at a time per host, with a pause between two, the more urgent first."""

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from runtime.clock import Clock


@dataclass
class _Host:
    """A host's queue. `free_at_s` is the monotonic time from which the next request may start."""

    busy: bool = False
    free_at_s: float = 0.0
    waiting: list[tuple[int, int, "asyncio.Future[None]"]] = field(default_factory=list)


class Turns:
    """Hands out turns. A host is its `host:port`; `spacing_s` tells the pause after a request to it."""

    def __init__(
        self,
        *,
        clock: Clock,
        spacing_s: Callable[[str], float],
        max_open: int = 32,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._spacing_s = spacing_s
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._numbers = itertools.count()
        self._open = asyncio.Semaphore(max_open)

    @property
    def hosts(self) -> int:
        """Hosts that are remembered, as a measure of memory."""
        return len(self._hosts)

    @asynccontextmanager
    async def turn(self, host: str, urgency: int) -> AsyncIterator[None]:
        """Wait for the host's turn and hold it for the body of the `with`; also bounds requests over all hosts."""
        entry = self._hosts.setdefault(host, _Host())
        await self._enter(entry, urgency)
        try:
            wait_s = entry.free_at_s - self._clock.monotonic_s()
            if wait_s > 0:
                await self._sleep(wait_s)
            async with self._open:
                yield
        finally:
            entry.free_at_s = self._clock.monotonic_s() + self._spacing_s(host)
            self._leave(entry)
            self._tidy()

    async def _enter(self, entry: _Host, urgency: int) -> None:
        if not entry.busy:
            entry.busy = True
            return
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(entry.waiting, (urgency, next(self._numbers), mine))
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                self._leave(entry)
            raise

    @staticmethod
    def _leave(entry: _Host) -> None:
        while entry.waiting:
            _, _, following = heapq.heappop(entry.waiting)
            if not following.done():
                following.set_result(None)
                return
        entry.busy = False

    def _tidy(self, above: int = 5_000) -> None:
        if len(self._hosts) <= above:
            return
        now_s = self._clock.monotonic_s()
        for host in [h for h, e in self._hosts.items() if not e.busy and e.free_at_s < now_s]:
            del self._hosts[host]
