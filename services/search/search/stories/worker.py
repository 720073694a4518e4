"""The loop of the stories: decisions of people, then a batch of articles, grouped to the end, then committed."""

import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from contract.codec import InvalidMessageError, decode, encode
from contract.messages import ArticleRouted
from contract.names import Names
from contract.outcomes import Service
from runtime.clock import Clock
from runtime.deadletter import build_letter
from runtime.metrics import DEAD_LETTERS, HANDLING, LAG, RETRIES
from runtime.progress import Progress
from runtime.retry import BusyError, FailureStreak, RetryPolicy
from runtime.shutdown import Shutdown

from search.adapters.kafka_reader import Reader
from search.domain.batch import Received
from search.stories.domain.incoming import piece_of
from search.stories.domain.member import Piece
from search.stories.grouper import Events, Grouper
from search.stories.shelf import FencedError

logger = logging.getLogger(__name__)

POLL_S = 0.5
STAY_S = 1.0
MAX_DOUBLINGS = 10
FORGET_EVERY_S = 3_600.0

T = TypeVar("T")


class EndRequestedError(Exception):
    """The end was asked for while something had to be waited for; nothing was committed."""


@dataclass
class Worker:
    """Reads, groups, commits, until the end is asked for. What is away is waited for, in the group all the while."""

    reader: Reader
    grouper: Grouper
    events: Events
    clock: Clock
    shutdown: Shutdown
    progress: Progress
    policy: RetryPolicy
    streak: FailureStreak
    rng: random.Random = field(default_factory=random.Random)
    forget_at_s: float = 0.0

    def run(self) -> None:
        """Work until the end is asked for. Raises TooManyDeadLettersError when one message after another fails."""
        while not self.shutdown.requested:
            try:
                batch = self._patiently("reading", lambda: self.reader.poll(POLL_S))
                # Whoever stands by holds no partition and leaves the decisions to the one who does.
                if self.reader.lags():
                    self._patiently("decisions", lambda: self.grouper.apply(self.clock.now()))
                    self._forget_in_time()
                if batch:
                    self.handle(batch)
            except EndRequestedError:
                return
            self._note_progress()

    def _forget_in_time(self) -> None:
        now_s = self.clock.monotonic_s()
        if now_s >= self.forget_at_s:
            self._patiently("forgetting", lambda: self.grouper.forget(self.clock.now()))
            self.forget_at_s = now_s + FORGET_EVERY_S

    def handle(self, batch: Sequence[Received]) -> None:
        """Handle a batch to its end and commit it. Raises EndRequestedError and TooManyDeadLettersError."""
        began_s = self.clock.monotonic_s()
        pieces: list[Piece] = []
        failures: list[tuple[Received, Exception]] = []
        for received in batch:
            try:
                pieces.append(piece_of(decode(received.value, ArticleRouted)))
                self.streak.success()
            except InvalidMessageError as error:
                failures.append((received, error))
                self.streak.failure()
        self._patiently("grouping", lambda: self.grouper.handle(pieces, self.clock.now()))
        if failures:
            self._patiently("dead letters", lambda: self._bury(failures))
        self._patiently("committing", lambda: self.reader.commit(batch))
        HANDLING.labels(Service.STORIES).observe(self.clock.monotonic_s() - began_s)

    def _patiently(self, what: str, do: Callable[[], T]) -> T:
        attempt = 0
        while True:
            try:
                return do()
            except (BusyError, FencedError) as error:
                attempt += 1
                wait_s = self.policy.wait_after(min(attempt, MAX_DOUBLINGS), self.rng)
                RETRIES.labels(Service.STORIES, "in_place").inc()
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

    def _bury(self, failures: Sequence[tuple[Received, Exception]]) -> None:
        self.events.send_all([self._letter(received, error) for received, error in failures])
        for received, error in failures:
            DEAD_LETTERS.labels(Service.STORIES, received.card.topic, "decode").inc()
            logger.error("dead letter: %s", error, extra={"pantau.stage": "decode"})

    def _letter(self, received: Received, error: Exception) -> tuple[str, str, bytes]:
        letter = build_letter(
            topic=received.topic,
            partition=received.partition,
            offset=received.offset,
            key=received.key,
            payload=received.value,
            service=Service.STORIES,
            stage="decode",
            error=error,
            attempts=1,
            now=self.clock.now(),
        )
        topic = Names().dead_letter(received.card.topic, Service.STORIES)
        return topic, (received.key or b"").decode("utf-8", "replace"), encode(letter)

    def _note_progress(self) -> None:
        now_s = self.clock.monotonic_s()
        for (topic, partition), (position, lag) in self.reader.lags().items():
            self.progress.note(topic, partition, committed=position, lag=lag, now_s=now_s)
            LAG.labels(Service.STORIES, topic, str(partition)).set(lag)
