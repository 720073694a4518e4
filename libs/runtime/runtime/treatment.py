"""What a stream worker does with a batch: decode, let the handler decide, send, retry, park or bury each message.

When `treat` returns, the broker has everything that must be known of every message in the batch: its results and
its disposition, or its place in the retry topic, or its dead letter. Only then may its offset be committed. When it
raises, nothing more may be committed and the process must end.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any

from contract.codec import InvalidMessageError, decode, encode
from contract.messages import Article, ArticleDisposed
from contract.names import Names
from contract.outcomes import Outcome, Service
from contract.topics import ARTICLES_DISPOSED, TopicCard
from pydantic import ValidationError

from runtime.clock import Clock
from runtime.deadletter import build_letter
from runtime.disposition import disposition, record
from runtime.handling import ArticleMessage, Emit, Handled, Handler
from runtime.metrics import DEAD_LETTERS, HANDLING, RETRIES
from runtime.parking import Parking, parked_headers, round_of
from runtime.retry import BusyError, FailureStreak, InvalidError, Next, RetryPolicy
from runtime.sending import Outgoing, Sender

logger = logging.getLogger(__name__)

Pause = Callable[[float], Awaitable[bool]]
"""Waits so many seconds, or less when the end is asked for; returns True in that case."""


class UndeliverableError(RuntimeError):
    """Not even the retry topic or the dead letter could be written, so the message must stay uncommitted."""


class StoppingError(Exception):
    """The end was asked for while a message waited for its next try; it stays uncommitted and will come again."""


class WrongResultError(RuntimeError):
    """The handler gave back another number of results than it got messages."""


@dataclass(frozen=True)
class Incoming:
    """One message as it came."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes
    headers: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class _Item:
    incoming: Incoming
    message: ArticleMessage


def salvage_article(data: bytes) -> Article | None:
    """Return the article inside a message that does not decode, if at least that part is whole, so it is counted."""
    try:
        raw: Any = json.loads(data)
        return Article.model_validate(raw["article"])
    except (ValueError, TypeError, KeyError, RecursionError, ValidationError):
        return None


class Treatment:
    """Treats batches for one reader of one topic. One batch at a time."""

    def __init__(
        self,
        *,
        service: Service,
        card: TopicCard,
        handler: Handler[Any],
        sender: Sender,
        names: Names,
        clock: Clock,
        executor: Executor,
        pause: Pause,
        policy: RetryPolicy,
        parking: Parking,
        streak: FailureStreak,
    ) -> None:
        self._service = service
        self._card = card
        self._handler = handler
        self._sender = sender
        self._names = names
        self._clock = clock
        self._executor = executor
        self._pause = pause
        self._policy = policy
        self._parking = parking
        self._streak = streak

    async def treat(self, batch: Sequence[Incoming]) -> None:
        """Bring every message of the batch to an end that the broker has acknowledged.

        Raises UndeliverableError, TooManyDeadLettersError (both end the process) and StoppingError.
        """
        started_s = self._clock.monotonic_s()
        items = [item for one in batch if (item := await self._decoded(one)) is not None]
        attempt = 1
        while items:
            items = await self._try(items, attempt)
            if items:
                RETRIES.labels(self._service, "in_place").inc(len(items))
                if await self._pause(self._policy.wait_after(attempt)):
                    raise StoppingError
                attempt += 1
        took_s = self._clock.monotonic_s() - started_s
        for _ in batch:
            HANDLING.labels(self._service).observe(took_s)

    async def _decoded(self, incoming: Incoming) -> _Item | None:
        try:
            message = decode(incoming.value, self._card.message)
        except InvalidMessageError as error:
            await self._bury(incoming, salvage_article(incoming.value), "decode", error, attempt=1)
            return None
        assert isinstance(message, ArticleMessage)
        return _Item(incoming, message)

    async def _try(self, items: list[_Item], attempt: int) -> list[_Item]:
        """Try once; return the items that must be tried again in place."""
        results = await self._deliver(items, await self._handle(items))
        again = []
        for item, result in zip(items, results, strict=True):
            if isinstance(result, Handled):
                self._streak.success()
                continue
            follows = self._policy.after(result, attempt)
            logger.warning(
                "try %d of %s %s failed, next: %s: %s: %s",
                attempt,
                self._card.message.__name__,
                item.message.article.canonical_url,
                follows,
                type(result).__name__,
                result,
                extra={"article.id": item.message.article.article_id, "event.outcome": "failure"},
            )
            if follows is Next.AGAIN:
                again.append(item)
            elif follows is Next.PARK:
                await self._park(item, result, attempt)
            else:
                await self._bury(item.incoming, item.message.article, "handle", result, attempt)
        return again

    async def _handle(self, items: Sequence[_Item]) -> list[Handled | Exception]:
        loop = asyncio.get_running_loop()
        messages = [item.message for item in items]
        try:
            results = list(await loop.run_in_executor(self._executor, self._handler, messages, self._clock.now()))
        except Exception as error:  # noqa: BLE001 - whatever the handler raises is this message's failure
            if len(items) == 1:
                return [error]
            return [result for item in items for result in await self._handle([item])]
        if len(results) != len(items):
            return [WrongResultError(f"{len(items)} messages gave {len(results)} results") for _ in items]
        return results

    async def _deliver(
        self, items: Sequence[_Item], results: Sequence[Handled | Exception]
    ) -> list[Handled | Exception]:
        """Send what was handled; return the results, with an exception in place of each that could not be sent."""
        handled = [result for result in results if isinstance(result, Handled)]
        try:
            await self._send_results(handled)
        except (InvalidMessageError, InvalidError, BusyError) as error:
            if len(items) == 1:
                return [error]
            # Which message it was is found by sending each alone; receivers recognise what they get twice.
            return [
                one
                for item, result in zip(items, results, strict=True)
                for one in await self._deliver([item], [result])
            ]
        return list(results)

    async def _send_results(self, handled: Sequence[Handled]) -> None:
        disposed = [
            disposition(
                one.article,
                service=self._service,
                outcome=one.outcome,
                now=self._clock.now(),
                reason=one.reason,
                detail=one.detail,
            )
            for one in handled
        ]
        outputs = [self._outgoing(emit) for one in handled for emit in one.emits]
        if outputs:
            await self._sender.send(outputs)
        # The outcome is published after what it speaks of: a `passed` that nothing follows would be a lie.
        if disposed:
            await self._sender.send([self._disposal(one) for one in disposed])
        for one in disposed:
            record(one)

    async def _park(self, item: _Item, error: Exception, attempt: int) -> None:
        done = round_of(item.incoming.headers)
        if done >= self._parking.rounds:
            await self._bury(item.incoming, item.message.article, "retry", error, attempt)
            return
        headers = parked_headers(done + 1, now=self._clock.now(), parking=self._parking)
        topic = self._names.retry(self._card.topic, self._service)
        RETRIES.labels(self._service, "retry_topic").inc()
        await self._deliver_or_end([Outgoing(topic, item.incoming.key, item.incoming.value, headers)], error)

    async def _bury(
        self, incoming: Incoming, article: Article | None, stage: str, error: Exception, attempt: int
    ) -> None:
        # Counted before anything is sent: the message that ends the process is met again by the next one.
        self._streak.failure()
        letter = build_letter(
            topic=incoming.topic,
            partition=incoming.partition,
            offset=incoming.offset,
            key=incoming.key,
            payload=incoming.value,
            service=self._service,
            stage=stage,
            error=error,
            attempts=attempt + round_of(incoming.headers) * self._policy.attempts,
            now=self._clock.now(),
        )
        topic = self._names.dead_letter(self._card.topic, self._service)
        logger.error(
            "dead letter at %s: %s: %s",
            stage,
            type(error).__name__,
            error,
            exc_info=error,
            extra={"kafka.topic": topic, "event.outcome": "failure"},
        )
        outgoing = [Outgoing(topic, incoming.key, encode(letter))]
        dead = article and disposition(
            article,
            service=self._service,
            outcome=Outcome.DEAD,
            now=self._clock.now(),
            reason=f"{stage}_failed",
            detail=f"Gagal diolah dan menunggu diperiksa. {type(error).__name__}: {error}",
        )
        if dead:
            outgoing.append(self._disposal(dead))
        await self._deliver_or_end(outgoing, error)
        DEAD_LETTERS.labels(self._service, self._card.topic, stage).inc()
        if dead:
            record(dead)

    async def _deliver_or_end(self, outgoing: Sequence[Outgoing], cause: Exception) -> None:
        try:
            await self._sender.send(outgoing)
        except (BusyError, InvalidError) as error:
            raise UndeliverableError(f"{outgoing[0].topic} could not be written: {error}") from cause

    def _outgoing(self, emit: Emit) -> Outgoing:
        return Outgoing(self._names.topic(emit.topic), emit.key.encode(), encode(emit.message))

    def _disposal(self, disposed: ArticleDisposed) -> Outgoing:
        topic = self._names.topic(ARTICLES_DISPOSED.topic)
        return Outgoing(topic, disposed.article_id.encode(), encode(disposed))
