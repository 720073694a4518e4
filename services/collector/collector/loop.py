"""The loop: polls each source when it is due, visits links that are due, pauses while something it needs is away."""

import asyncio
import heapq
import itertools
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from prometheus_client import Gauge
from runtime.clock import Clock
from runtime.retry import BusyError, RetryPolicy

from collector.domain.polling import resume
from collector.domain.ports import FetchStateStore, FingerprintStore, Urgency
from collector.domain.sources import Source
from collector.intake import Intake
from collector.poller import Poller

logger = logging.getLogger(__name__)

AT_WORK = Gauge("pantau_collector_links_at_work", "Links that are being visited or wait for their host's turn")
SOURCES = Gauge("pantau_collector_sources", "Enabled sources")
PAUSED = Gauge("pantau_collector_paused", "1 while polling pauses because the broker or the store is away")

SCAN_EVERY_S = 1.0
SCAN_LIMIT = 200
STOP_GRACE_S = 5.0


@dataclass(frozen=True)
class LoopTerms:
    """`max_waiting` links at work end polling for a while; `stagger_s` lies between the first polls after a start."""

    max_waiting: int = 2_000
    stagger_s: float = 0.1
    pause: RetryPolicy = field(default_factory=lambda: RetryPolicy(wait_s=1.0, max_wait_s=30.0))


class CollectorLoop:
    """Runs until `stop` is called. One per process."""

    def __init__(
        self,
        *,
        sources: Iterable[Source],
        states: FetchStateStore,
        store: FingerprintStore,
        poller: Poller,
        intake: Intake,
        clock: Clock,
        terms: LoopTerms,
    ) -> None:
        self._sources = {source.id: source for source in sources}
        self._states = states
        self._store = store
        self._poller = poller
        self._intake = intake
        self._clock = clock
        self._terms = terms
        self._heap: list[tuple[datetime, int, str]] = []
        self._numbers = itertools.count()
        self._links: dict[str, asyncio.Task[None]] = {}
        self._polls: dict[str, asyncio.Task[None]] = {}
        self._stop = asyncio.Event()
        self._crash: BaseException | None = None
        self._pauses = 0
        self._paused_until_s = 0.0
        # The link whose visit failed because something was away. Until it succeeds nothing else is begun: a poll that
        # works says nothing of the broker, and would fill the store with links that cannot be delivered.
        self._trial: str | None = None
        self._why: str | None = None
        self.beat_at_s = clock.monotonic_s()

    @property
    def paused(self) -> bool:
        """Whether nothing new is begun, because the store, the archive or the broker was away a moment ago."""
        return self._trial is not None or self._waiting

    def problem(self) -> str | None:
        """Return why the loop pauses, or None. A readiness check."""
        return f"pausing: {self._why}"[:300] if self._why is not None else None

    @property
    def _waiting(self) -> bool:
        return self._clock.monotonic_s() < self._paused_until_s

    @property
    def idle(self) -> bool:
        """Whether nothing is at work at this moment."""
        return not self._links and not self._polls

    def stop(self) -> None:
        """Ask for the end; callable from the loop's own thread."""
        self._stop.set()

    async def run(self) -> None:
        """Poll and visit until the end. Raises what a poll or visit raised that is no BusyError: a bug must be seen."""
        SOURCES.set(len(self._sources))
        try:
            await self._while_busy(self._plan)
            await self._while_busy(self._recover)
            await asyncio.gather(self._poll_when_due(), self._scan())
        finally:
            await self._end()
        if self._crash is not None:
            raise self._crash

    async def _while_busy(self, step: Callable[[], Awaitable[None]]) -> None:
        """Repeat a step of the start until what it needs is there."""
        while not self._stop.is_set():
            try:
                await step()
            except BusyError as error:
                self._pause(error)
                await self._sleep(max(0.0, self._paused_until_s - self._clock.monotonic_s()))
            else:
                return

    async def _plan(self) -> None:
        """Put every source into the plan: new and overdue ones now, one after another, the others when they are due."""
        known = await self._states.all()
        now = self._clock.now()
        self._heap.clear()
        for number, source in enumerate(self._sources.values()):
            state = resume(source, known.get(source.id), now)
            soonest = now + timedelta(seconds=number * self._terms.stagger_s)
            self._push(max(state.next_at, soonest), source.id)

    async def _recover(self) -> None:
        """Deliver what a former life decided and perhaps did not deliver."""
        waiting = await self._store.pending(limit=10_000)
        if waiting:
            logger.info("delivering %d decided articles that were left pending", len(waiting))
        for link_id in waiting:
            self._visit(link_id, Urgency.NEW)

    def _push(self, at: datetime, source_id: str) -> None:
        heapq.heappush(self._heap, (at, next(self._numbers), source_id))

    async def _poll_when_due(self) -> None:
        while not self._stop.is_set():
            self._beat()
            now = self._clock.now()
            while self._heap and self._heap[0][0] <= now and self._may_poll():
                _, _, source_id = heapq.heappop(self._heap)
                self._start(self._polls, source_id, self._poll(source_id))
            wait_s = (self._heap[0][0] - now).total_seconds() if self._heap else 1.0
            await self._sleep(min(max(wait_s, 0.05), 0.5))

    def _may_poll(self) -> bool:
        return not self.paused and len(self._links) < self._terms.max_waiting

    async def _poll(self, source_id: str) -> None:
        again = self._clock.now() + timedelta(seconds=self._sources[source_id].shortest_s)
        try:
            polled = await self._poller.poll(self._sources[source_id])
            again = polled.state.next_at
            for link_id in polled.links:
                self._visit(link_id, Urgency.NEW)
            self._worked()
        finally:
            self._push(again, source_id)

    async def _scan(self) -> None:
        """Find links that are due by themselves: revisits, retries, and what an earlier process left queued."""
        while not self._stop.is_set():
            self._beat()
            if self._trial is not None and not self._waiting:
                self._visit(self._trial, Urgency.NEW)
            elif not self.paused and len(self._links) < self._terms.max_waiting:
                try:
                    due = await self._store.due(self._clock.now(), limit=SCAN_LIMIT, without=list(self._links))
                    for link_id in due:
                        self._visit(link_id, Urgency.AGAIN)
                    self._worked()
                except BusyError as error:
                    self._pause(error)
            await self._sleep(SCAN_EVERY_S)

    def _visit(self, link_id: str, urgency: Urgency) -> None:
        if link_id not in self._links and not self._stop.is_set():
            self._start(self._links, link_id, self._visited(link_id, urgency))
            AT_WORK.set(len(self._links))

    async def _visited(self, link_id: str, urgency: Urgency) -> None:
        try:
            await self._intake.visit(link_id, urgency)
        except BusyError:
            self._trial = self._trial or link_id
            raise
        if self._trial == link_id:
            self._trial = None
        self._worked()

    def _start(self, tasks: dict[str, "asyncio.Task[None]"], key: str, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        tasks[key] = task
        task.add_done_callback(lambda done: self._done(tasks, key, done))

    def _done(self, tasks: dict[str, "asyncio.Task[None]"], key: str, task: "asyncio.Task[None]") -> None:
        tasks.pop(key, None)
        AT_WORK.set(len(self._links))
        if task.cancelled() or task.exception() is None:
            return
        error = task.exception()
        if isinstance(error, BusyError):
            self._pause(error)
        elif self._crash is None:
            self._crash = error
            self._stop.set()

    def _pause(self, error: BusyError) -> None:
        if self._waiting:
            return
        self._pauses += 1
        wait_s = self._terms.pause.wait_after(min(self._pauses, 10))
        self._paused_until_s = self._clock.monotonic_s() + wait_s
        self._why = str(error)
        PAUSED.set(1)
        logger.warning("pausing for %.1f s: %s", wait_s, error)

    def _worked(self) -> None:
        if self._pauses and not self.paused:
            logger.info("going on")
            self._pauses = 0
            self._why = None
            PAUSED.set(0)

    def _beat(self) -> None:
        self.beat_at_s = self._clock.monotonic_s()

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            return

    async def _end(self) -> None:
        """Let what is at work finish for a moment, then cut it off: all that counts is on record already."""
        self._stop.set()
        tasks = [*self._polls.values(), *self._links.values()]
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=STOP_GRACE_S)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
