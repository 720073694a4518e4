"""The indexer's loop: read a batch, write it, bury what can never be written, commit.

Nothing is committed before Elasticsearch has acknowledged every write of the batch and the broker every dead
letter, so whatever happens in between is repeated and, with its ids and versions, changes nothing.
"""

import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from contract.codec import encode
from contract.names import Names
from contract.outcomes import Service
from runtime.clock import Clock
from runtime.deadletter import build_letter
from runtime.disposition import record
from runtime.metrics import DEAD_LETTERS, HANDLING, LAG, RETRIES
from runtime.progress import Progress
from runtime.retry import BusyError, FailureStreak, RetryPolicy
from runtime.shutdown import Shutdown

from search.adapters.elastic_writer import Store
from search.adapters.kafka_reader import Reader
from search.domain.batch import Failure, Received, judge, plan_batch
from search.domain.document import Write, disposition_write
from search.domain.verdicts import Answer, Verdict, verdict_of
from search.overlaying import Overlaying

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


@dataclass
class Indexer:
    """Reads, writes, commits, until the end is asked for."""

    reader: Reader
    store: Store
    letters: Letters
    overlaying: Overlaying
    clock: Clock
    shutdown: Shutdown
    progress: Progress
    policy: RetryPolicy
    streak: FailureStreak
    rng: random.Random = field(default_factory=random.Random)

    def run(self) -> None:
        """Work until the end is asked for. Raises TooManyDeadLettersError when one message after another fails."""
        while not self.shutdown.requested:
            try:
                batch = self._patiently("reading", lambda: self.reader.poll(POLL_S))
                if batch:
                    self.handle(batch)
            except EndRequestedError:
                return
            self._note_progress()

    def handle(self, batch: Sequence[Received]) -> None:
        """Handle a batch to its end and commit it.

        Raises EndRequestedError when the end is asked for while a dependency is away, and
        TooManyDeadLettersError before any letter of the batch is sent, so that a restart meets the same batch.
        """
        began_s = self.clock.monotonic_s()
        plan = plan_batch(batch, self.clock.now())
        answers = self._patiently("settling", lambda: self.overlaying.settle(plan.planned, self._write))
        result = judge(batch, plan, answers, self.clock.now())
        for well in result.went_well:
            if well:
                self.streak.success()
            else:
                self.streak.failure()
        self._write([disposition_write(one) for one in result.dispositions])
        if result.failures:
            self._patiently("dead letters", lambda: self._bury(result.failures))
        self._patiently("committing", lambda: self.reader.commit(batch))
        for disposed in result.dispositions:
            record(disposed)
        HANDLING.labels(Service.SEARCH).observe(self.clock.monotonic_s() - began_s)

    def _write(self, writes: list[Write]) -> list[Answer]:
        """Write all, however long the store is away; what may pass is asked again, the rest stays written."""
        answers: dict[int, Answer] = {}
        places = list(range(len(writes)))

        def attempt() -> None:
            asked = list(places)
            answers.update(zip(asked, self.store.write([writes[place] for place in asked]), strict=True))
            places[:] = [place for place in asked if verdict_of(answers[place]) is Verdict.LATER]
            if places:
                raise BusyError(f"{len(places)} of {len(asked)} documents: {answers[places[0]]}")

        if places:
            self._patiently("writing", attempt)
        return [answers[place] for place in range(len(writes))]

    def _patiently(self, what: str, do: Callable[[], T]) -> T:
        attempt = 0
        while True:
            try:
                return do()
            except BusyError as error:
                attempt += 1
                wait_s = self.policy.wait_after(min(attempt, MAX_DOUBLINGS), self.rng)
                RETRIES.labels(Service.SEARCH, "in_place").inc()
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

    def _bury(self, failures: list[Failure]) -> None:
        self.letters.send_all([self._letter(failure) for failure in failures])
        for failure in failures:
            DEAD_LETTERS.labels(Service.SEARCH, failure.received.card.topic, failure.stage).inc()
            logger.error("dead letter: %s", failure.error, extra={"pantau.stage": failure.stage})

    def _letter(self, failure: Failure) -> tuple[str, str, bytes]:
        received = failure.received
        letter = build_letter(
            topic=received.topic,
            partition=received.partition,
            offset=received.offset,
            key=received.key,
            payload=received.value,
            service=Service.SEARCH,
            stage=failure.stage,
            error=failure.error,
            attempts=1,
            now=self.clock.now(),
        )
        topic = Names().dead_letter(received.card.topic, Service.SEARCH)
        return topic, (received.key or b"").decode("utf-8", "replace"), encode(letter)

    def _note_progress(self) -> None:
        now_s = self.clock.monotonic_s()
        for (topic, partition), (position, lag) in self.reader.lags().items():
            self.progress.note(topic, partition, committed=position, lag=lag, now_s=now_s)
            LAG.labels(Service.SEARCH, topic, str(partition)).set(lag)
