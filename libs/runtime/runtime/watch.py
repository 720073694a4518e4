"""Notices a worker that is alive and does nothing, and ends its process so that a supervisor can start it anew.

It runs in a thread of its own and asks the broker itself, so neither a blocked event loop nor a client that has
quietly left its group can hide from it: "the committed offset moves while lag is above zero".
"""

import logging
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from contract.outcomes import Service
from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from runtime.clock import Clock
from runtime.kafka import connection
from runtime.metrics import LAG
from runtime.progress import Progress
from runtime.settings import ServiceSettings

logger = logging.getLogger(__name__)

EXIT_STUCK = 70
"""EX_SOFTWARE of sysexits.h."""
ASK_TIMEOUT_MS = 10_000

Partition = tuple[str, int]


class Offsets(Protocol):
    """Tells how far a group has come."""

    def read(self, partitions: Sequence[Partition] | None) -> Mapping[Partition, tuple[int, int]]:
        """Return (committed, end) of the given partitions, or of all of the group's topics for None.

        Raises OSError or KafkaError when the broker does not tell.
        """


class BrokerOffsets:
    """Asks the broker. Not thread-safe: one thread owns it."""

    def __init__(self, settings: ServiceSettings, *, group: str, topics: Sequence[str]) -> None:
        self._arguments = connection(settings, client_id="watch") | {
            "group_id": group,
            "enable_auto_commit": False,
            "allow_auto_create_topics": False,
        }
        self._topics = topics
        self._consumer: KafkaConsumer | None = None

    def read(self, partitions: Sequence[Partition] | None) -> dict[Partition, tuple[int, int]]:
        """See `Offsets.read`. A partition without a commit counts from its beginning, as the workers read it."""
        if self._consumer is None:
            self._consumer = KafkaConsumer(**self._arguments)
        asked = [TopicPartition(*one) for one in partitions] if partitions is not None else self._all()
        if not asked:
            return {}
        ends = self._consumer.end_offsets(asked, timeout_ms=ASK_TIMEOUT_MS)
        starts = self._consumer.beginning_offsets(asked, timeout_ms=ASK_TIMEOUT_MS)
        found = {}
        for one in asked:
            committed = self._consumer.committed(one, timeout_ms=ASK_TIMEOUT_MS)
            found[one.topic, one.partition] = (max(committed or 0, starts[one]), ends[one])
        return found

    def close(self) -> None:
        if self._consumer is not None:
            self._consumer.close(autocommit=False)

    def _all(self) -> list[Any]:
        assert self._consumer is not None
        return [
            TopicPartition(topic, number)
            for topic in self._topics
            for number in sorted(self._consumer.partitions_for_topic(topic) or ())
        ]


class Watch:
    """Feeds the progress from the broker's offsets and ends the process when nothing moves.

    `assigned` returns the partitions that this process reads (empty: none) and must be safe to call from a thread;
    `resting` says of a topic that its lane waits on purpose.
    """

    def __init__(
        self,
        *,
        service: Service,
        stuck_after_s: float,
        offsets: Offsets,
        clock: Clock,
        assigned: Callable[[], Sequence[Partition]],
        resting: Callable[[str], bool],
        leave: Callable[[int], None] = os._exit,
    ) -> None:
        self._service = service
        self._stuck_after_s = stuck_after_s
        self._progress = Progress(stuck_after_s)
        self._offsets = offsets
        self._clock = clock
        self._assigned = assigned
        self._resting = resting
        self._leave = leave
        self._beat_s = clock.monotonic_s()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> "Watch":
        self._thread.start()
        return self

    def stop(self) -> None:
        self._stop.set()

    def beat(self) -> None:
        """Say that the event loop turns. Called by the loop about once a second."""
        self._beat_s = self._clock.monotonic_s()

    def problem(self) -> str | None:
        """Return what is wrong, or None. The liveness check."""
        silent_s = self._clock.monotonic_s() - self._beat_s
        if silent_s >= self._stuck_after_s:
            return f"the event loop has not turned for {silent_s:.0f} s"
        return self._progress.problem(self._clock.monotonic_s())

    def look(self) -> None:
        """Ask the broker once and remember; end the process when nothing has moved for too long."""
        try:
            # A process that reads nothing is idle when others do the work, and lost when nobody does.
            found = self._offsets.read(list(self._assigned()) or None)
        except (KafkaError, OSError) as error:
            logger.warning("the broker does not tell the offsets: %s", error)
            self._progress.forget()
            found = {}
        for (topic, partition), (committed, end) in found.items():
            lag = 0 if self._resting(topic) else max(0, end - committed)
            LAG.labels(self._service, topic, partition).set(max(0, end - committed))
            self._progress.note(topic, partition, committed=committed, lag=lag, now_s=self._clock.monotonic_s())
        problem = self.problem()
        if problem is not None:
            logger.critical("stuck: %s; leaving so that a supervisor starts a new process", problem)
            self._leave(EXIT_STUCK)

    def _run(self) -> None:
        interval_s = min(15.0, self._stuck_after_s / 4)
        while not self._stop.wait(interval_s):
            self.look()
