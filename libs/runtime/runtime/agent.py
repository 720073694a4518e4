"""Runs a service that reads one topic with faust: the one call a service's composition root makes.

    def handle(messages: Sequence[ArticleCollected], now: datetime) -> list[Handled | Exception]:
        return [Handled(m.article, (Emit("articles.classified", m.article.article_id, classified),)) for m in messages]

    sys.exit(run_agent(service=Service.CLASSIFIER, card=ARTICLES_COLLECTED, handler=handle, settings=settings,
                       health_port=18002, max_batch=16))

What it guards against, and how:

1. A handler that fails: bounded retry in place, then the retry topic (BusyError) or the dead letter.
2. Lost or early commits: one message, or batch, at a time; committed only after the broker acknowledged its results.
3. A handler that blocks: it runs in a thread of its own, so the loop keeps polling; when nothing moves for
   `stuck_after_s`, the process ends with a code other than 0.
4. A killed process: what was not committed comes again; every effect is recognised by its id.
5. No tables. A dead letter that cannot be written, or too many in a row, ends the process with nothing committed.
"""

import asyncio
import logging
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from contract.outcomes import Service
from contract.topics import TopicCard

from runtime.clock import Clock, SystemClock
from runtime.handling import ArticleMessage, Emit, Handled, Handler
from runtime.health import Check, Health, HealthServer
from runtime.kafka import kafka_problem, wait_for_topics
from runtime.lane import Lane
from runtime.parking import Parking
from runtime.retry import BusyError, FailureStreak, RetryPolicy
from runtime.sending import KafkaSender
from runtime.settings import ServiceSettings
from runtime.shutdown import Shutdown
from runtime.treatment import Treatment
from runtime.watch import EXIT_STUCK, BrokerOffsets, Watch
from runtime.worker import FaustWorker

__all__ = ["ArticleMessage", "Emit", "Handled", "Handler", "run_agent"]

logger = logging.getLogger(__name__)

EXIT_FAILED = 1


def run_agent(
    *,
    service: Service,
    card: TopicCard,
    handler: Handler[Any],
    settings: ServiceSettings,
    health_port: int,
    clock: Clock | None = None,
    ready_checks: Mapping[str, Check] | None = None,
    max_batch: int = 1,
) -> int:
    """Read the card's topic, and this service's retry topic of it, until SIGTERM or SIGINT; return the exit code.

    Blocks, and must be called from the main thread. Waits for the broker and creates the topics first, so the order
    in which things start does not matter. `max_batch` is the most messages that the handler gets at once; it gets
    fewer when fewer have arrived. The code is 0 after a clean end, 1 when a message could be neither handled nor
    buried or too many died in a row; a worker that is stuck leaves with 70.
    """
    shutdown = Shutdown().install()
    clock = clock or SystemClock()
    health = Health(service, ready={"kafka": lambda: kafka_problem(settings), **(ready_checks or {})})
    server = HealthServer(health, host=settings.health_host, port=health_port).start()
    try:
        if not wait_for_topics(settings, shutdown):
            return 0
        agent = _Agent(
            service=service,
            card=card,
            handler=handler,
            settings=settings,
            clock=clock,
            shutdown=shutdown,
            max_batch=max_batch,
        )
        return asyncio.run(agent.serve(health))
    finally:
        server.stop()


class _Agent:
    """Puts the parts together: lanes over treatments over one executor, a sender, a watch, the faust worker."""

    def __init__(
        self,
        *,
        service: Service,
        card: TopicCard,
        handler: Handler[Any],
        settings: ServiceSettings,
        clock: Clock,
        shutdown: Shutdown,
        max_batch: int,
    ) -> None:
        self._service = service
        self._card = card
        self._handler = handler
        self._settings = settings
        self._clock = clock
        self._shutdown = shutdown
        self._max_batch = max_batch
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="handler")
        self._sender = KafkaSender(settings, client_id=service)
        self._streak = FailureStreak(settings.dead_letters_in_a_row)

    async def serve(self, health: Health) -> int:
        """Work until the end is asked for or something must end the process; return the exit code."""
        if not await self._connect():
            return 0
        names, group = self._settings.names, self._settings.names.group(self._service)
        topic, retry = names.topic(self._card.topic), names.retry(self._card.topic, self._service)
        lanes = {topic: self._lane(self._max_batch), retry: self._lane(1)}
        worker = FaustWorker(self._settings, group=group, lanes=lanes)
        watch = Watch(
            service=self._service,
            stuck_after_s=self._settings.stuck_after_s,
            offsets=BrokerOffsets(self._settings, group=group, topics=list(lanes)),
            clock=self._clock,
            assigned=lambda: worker.assigned,
            resting=lambda name: lanes[name].is_resting if name in lanes else False,
        ).start()
        health.live["progress"] = watch.problem
        health.ready["group"] = worker.ready_problem
        logger.info("%s reads %s as group %s", self._service, topic, group)
        code = EXIT_FAILED
        try:
            await worker.run(stop_asked=lambda: self._shutdown.requested, beat=watch.beat)
            code = 0
        # Whatever ends the worker, the exit code must say so; it is logged whole and nothing more is committed.
        except Exception:
            logger.critical("%s ends: nothing more is committed", self._service, exc_info=True)
        finally:
            watch.stop()
            await self._sender.stop()
        if not worker.all_over:
            self._leave_at_once(code or EXIT_STUCK)
        self._executor.shutdown()
        logger.info("%s ended with code %d", self._service, code)
        return code

    async def _connect(self) -> bool:
        while not self._shutdown.requested:
            try:
                await self._sender.start()
            except BusyError as error:
                logger.warning("waiting for the broker: %s", error)
                await self._pause(2.0)
            else:
                return True
        return False

    def _lane(self, max_batch: int) -> Lane:
        settings = self._settings
        treatment = Treatment(
            service=self._service,
            card=self._card,
            handler=self._handler,
            sender=self._sender,
            names=settings.names,
            clock=self._clock,
            executor=self._executor,
            pause=self._pause,
            policy=RetryPolicy(attempts=settings.retry_attempts, wait_s=settings.retry_wait_s),
            parking=Parking(
                rounds=settings.retry_topic_attempts,
                wait_s=settings.retry_topic_wait_s,
                max_wait_s=settings.retry_topic_max_wait_s,
            ),
            streak=self._streak,
        )
        return Lane(treatment, clock=self._clock, pause=self._pause, max_batch=max_batch)

    async def _pause(self, seconds: float) -> bool:
        ends_s = self._clock.monotonic_s() + seconds
        while not self._shutdown.requested and (left_s := ends_s - self._clock.monotonic_s()) > 0:  # noqa: ASYNC110 - a signal sets it outside the loop
            await asyncio.sleep(min(0.1, left_s))
        return self._shutdown.requested

    def _leave_at_once(self, code: int) -> None:
        # A thread that does not end is left behind; an orderly exit would wait for it for ever.
        logger.critical("%s leaves with work that does not end", self._service)
        logging.shutdown()
        os._exit(code)
