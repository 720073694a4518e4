"""The loop of a process that reads the line's topics: read a batch, handle it, bury what never can be, commit.

Nothing is committed before all that follows from the batch was acknowledged, by the store and by the broker; so
whatever happens in between is repeated and, with its ids and versions, changes nothing. What is away is waited for
inside the consumer group.
"""

import logging
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from contract.codec import encode
from contract.names import Names
from contract.outcomes import Service
from runtime.clock import Clock
from runtime.deadletter import build_letter
from runtime.metrics import DEAD_LETTERS, HANDLING, LAG, RETRIES
from runtime.progress import Progress
from runtime.retry import BusyError, FailureStreak, RetryPolicy
from runtime.shutdown import Shutdown

from search.adapters.kafka_reader import Reader
from search.domain.batch import Failure, Received
from search.settings import SearchSettings

logger = logging.getLogger(__name__)

POLL_S = 0.5
STAY_S = 1.0
MAX_DOUBLINGS = 10

T = TypeVar("T")


class EndRequestedError(Exception):
    """The end was asked for while something had to be waited for; nothing was committed."""


class Letters(Protocol):
    """Where dead letters go."""

    def send_all(self, messages: Sequence[tuple[str, str, bytes]]) -> None:
        """Send (topic without namespace, key, bytes) and wait for the broker. Raises BusyError."""
        ...


def policy_of(settings: SearchSettings) -> RetryPolicy:
    return RetryPolicy(
        attempts=settings.retry_attempts, wait_s=settings.retry_wait_s, max_wait_s=settings.search_max_wait_s
    )


@dataclass
class BatchLoop:
    """Reads, waits, buries and commits for one service. `passing` are the errors that pass by themselves."""

    service: Service
    reader: Reader
    letters: Letters
    clock: Clock
    shutdown: Shutdown
    progress: Progress
    policy: RetryPolicy
    streak: FailureStreak
    passing: tuple[type[Exception], ...] = (BusyError,)
    rng: random.Random = field(default_factory=random.Random)

    def run(self, handle: Callable[[Sequence[Received]], object], between: Callable[[], object] = lambda: None) -> None:
        """Work until the end is asked for; `between` is done after each reading, also where nothing came.

        Raises TooManyDeadLettersError when one message after another fails.
        """
        while not self.shutdown.requested:
            try:
                batch = self.patiently("reading", lambda: self.reader.poll(POLL_S))
                between()
                if batch:
                    handle(batch)
            except EndRequestedError:
                return
            self._note_progress()

    def judge(self, went_well: Iterable[bool]) -> None:
        """Take note of what went well, message by message. Raises TooManyDeadLettersError.

        Before any letter of the batch is sent, so that a restart meets the same batch.
        """
        for well in went_well:
            if well:
                self.streak.success()
            else:
                self.streak.failure()

    def finish(self, batch: Sequence[Received], failures: Sequence[Failure], began_s: float) -> None:
        """Bury what failed, then commit. All else that follows from the batch must be acknowledged already.

        Raises EndRequestedError when the end is asked for while the broker is away.
        """
        if failures:
            self.patiently("dead letters", lambda: self._bury(failures))
        self.patiently("committing", lambda: self.reader.commit(batch))
        HANDLING.labels(self.service).observe(self.clock.monotonic_s() - began_s)

    def patiently(self, what: str, do: Callable[[], T]) -> T:
        """Do it until it works. Raises EndRequestedError when the end is asked for first."""
        attempt = 0
        while True:
            try:
                return do()
            except self.passing as error:
                attempt += 1
                wait_s = self.policy.wait_after(min(attempt, MAX_DOUBLINGS), self.rng)
                RETRIES.labels(self.service, "in_place").inc()
                logger.warning("%s waits %.1f s after try %d: %s", what, wait_s, attempt, str(error)[:300])
                self._wait(wait_s)

    def _wait(self, wait_s: float) -> None:
        """Wait, staying in the group: a consumer that does not poll for minutes is thrown out of it."""
        # Waiting for a dependency is no standstill of ours: readiness tells of it, and a restart would not help.
        self.progress.forget()
        until_s = self.clock.monotonic_s() + wait_s
        while (left_s := until_s - self.clock.monotonic_s()) > 0:
            if self.shutdown.requested:
                raise EndRequestedError
            self.reader.stay(min(STAY_S, left_s))
        if self.shutdown.requested:
            raise EndRequestedError

    def _bury(self, failures: Sequence[Failure]) -> None:
        self.letters.send_all([self._letter(failure) for failure in failures])
        for failure in failures:
            DEAD_LETTERS.labels(self.service, failure.received.card.topic, failure.stage).inc()
            logger.error("dead letter: %s", failure.error, extra={"pantau.stage": failure.stage})

    def _letter(self, failure: Failure) -> tuple[str, str, bytes]:
        received = failure.received
        letter = build_letter(
            topic=received.topic,
            partition=received.partition,
            offset=received.offset,
            key=received.key,
            payload=received.value,
            service=self.service,
            stage=failure.stage,
            error=failure.error,
            attempts=1,
            now=self.clock.now(),
        )
        topic = Names().dead_letter(received.card.topic, self.service)
        return topic, (received.key or b"").decode("utf-8", "replace"), encode(letter)

    def _note_progress(self) -> None:
        now_s = self.clock.monotonic_s()
        for (topic, partition), (position, lag) in self.reader.lags().items():
            self.progress.note(topic, partition, committed=position, lag=lag, now_s=now_s)
            LAG.labels(self.service, topic, str(partition)).set(lag)
