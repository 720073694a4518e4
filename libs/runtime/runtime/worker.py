"""The faust side of a stream worker: the app's settings, its agents, its start and its end.

faust loses messages silently in known ways (an agent that raises, concurrency above one, acknowledgements at
cancellation). So its agents here only carry messages into a lane; acknowledgements are manual (`noack`) and come
from the lane alone, in order, after the broker has the result. `faust.Worker`, with its own signal and log
handling, is not used: the app is started and stopped like any other asyncio service.
"""

import asyncio
import logging
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import faust
from aiokafka.errors import KafkaError

from runtime.lane import Lane, Ticket
from runtime.sending import ssl_context
from runtime.settings import ServiceSettings
from runtime.treatment import Incoming
from runtime.watch import Partition

logger = logging.getLogger(__name__)

STREAM_BUFFER_MESSAGES = 64
"""Messages read ahead per topic. faust's default of 4096 would be hundreds of megabytes of articles."""
COMMIT_INTERVAL_S = 1.0


def credentials(settings: ServiceSettings) -> faust.SASLCredentials | faust.SSLCredentials | None:
    """Return faust's form of the Kafka security settings; None for a plain connection."""
    context = ssl_context(settings)
    if settings.kafka_sasl_mechanism is not None:
        password = settings.kafka_sasl_password
        return faust.SASLCredentials(
            username=settings.kafka_sasl_username,
            password=password.get_secret_value() if password else None,
            mechanism=settings.kafka_sasl_mechanism,
            ssl_context=context,
        )
    return faust.SSLCredentials(context) if context is not None else None


def make_app(settings: ServiceSettings, *, group: str, data_dir: str) -> faust.App:
    """Return the app: no tables, no web server, no topics of its own, offsets committed every second."""
    servers = [server.strip() for server in settings.kafka_bootstrap_servers.split(",")]
    return faust.App(
        group,
        broker=";".join(f"kafka://{server}" for server in servers),
        broker_credentials=credentials(settings),
        broker_commit_interval=COMMIT_INTERVAL_S,
        broker_session_timeout=settings.kafka_session_timeout_s,
        broker_heartbeat_interval=settings.kafka_session_timeout_s / 4,
        # The group's protocol answers within the session timeout; faust wants the request timeout above it.
        broker_request_timeout=settings.kafka_session_timeout_s * 3,
        consumer_auto_offset_reset="earliest",
        # It would wait at a rebalance and at the end for messages that nobody is going to acknowledge any more.
        stream_wait_empty=False,
        stream_buffer_maxsize=STREAM_BUFFER_MESSAGES,
        topic_allow_declare=False,
        topic_disable_leader=True,
        reply_create_topic=False,
        web_enabled=False,
        store="memory://",
        datadir=data_dir,
        autodiscover=False,
        debug=False,
    )


def _ticket(app: faust.App, event: Any) -> Ticket:
    message = event.message
    return Ticket(
        incoming=Incoming(
            topic=message.topic,
            partition=message.partition,
            offset=message.offset,
            key=message.key,
            value=message.value or b"",
            headers={str(key): value for key, value in dict(message.headers or {}).items() if value is not None},
        ),
        acknowledge=event.ack,
        # After a rebalance everything uncommitted is read again, so what was read before is not handled twice.
        is_stale=lambda: message.generation_id != app.consumer_generation_id,
    )


class FaustWorker:
    """Runs lanes on the topics of one consumer group."""

    def __init__(self, settings: ServiceSettings, *, group: str, lanes: dict[str, Lane]) -> None:
        self._lanes = lanes
        self._settings = settings
        self._data_dir = tempfile.TemporaryDirectory(prefix="pantau-faust-")
        self._app = make_app(settings, group=group, data_dir=self._data_dir.name)
        self._assigned: tuple[Partition, ...] = ()
        self._ready = False
        self._all_over = True
        for topic, lane in lanes.items():
            self._add_agent(topic, lane)

    @property
    def assigned(self) -> Sequence[Partition]:
        """The partitions this process reads, as of the last second. Safe to read from a thread."""
        return self._assigned

    def ready_problem(self) -> str | None:
        """Return None once the group has given this process its share, which may be nothing. A health check."""
        return None if self._ready else "the consumer group has not assigned any partition yet"

    @property
    def all_over(self) -> bool:
        """True when, after `run`, nothing of it goes on: no handler that does not return, no part of faust."""
        return self._all_over

    async def run(self, *, stop_asked: Callable[[], bool], beat: Callable[[], None]) -> None:
        """Work until the end is asked for, and finish what is at hand.

        Raises what a lane raised, or what made faust crash, after stopping as far as that goes.
        """
        starting = asyncio.create_task(self._app.start(), name="faust")
        lanes = [asyncio.create_task(lane.run(), name=topic) for topic, lane in self._lanes.items()]
        try:
            await self._watch(starting, lanes, stop_asked, beat)
        finally:
            for lane in self._lanes.values():
                lane.inbox.close()
            await self._finish(lanes)
            await self._bounded(self._app.stop(), "faust")
            starting.cancel()
            self._data_dir.cleanup()

    async def _watch(
        self,
        starting: "asyncio.Task[Any]",
        lanes: "list[asyncio.Task[None]]",
        stop_asked: Callable[[], bool],
        beat: Callable[[], None],
    ) -> None:
        while not stop_asked():
            beat()
            if starting.done():
                starting.result()
                self._look_at_assignment()
            for lane in lanes:
                if lane.done():
                    lane.result()
            if self._app.crashed:
                raise RuntimeError("faust crashed") from self._app.crash_reason
            await asyncio.sleep(0.1)

    def _look_at_assignment(self) -> None:
        try:
            found = self._app.consumer.assignment()
        except (KafkaError, AssertionError):
            return
        self._assigned = tuple(sorted((one.topic, one.partition) for one in found))
        self._ready = self._ready or bool(found) or bool(self._app.unassigned)

    async def _finish(self, lanes: "list[asyncio.Task[None]]") -> None:
        _, waiting = await asyncio.wait(lanes, timeout=self._settings.shutdown_timeout_s)
        for lane in waiting:
            logger.error(
                "%s did not finish its message within %g s", lane.get_name(), self._settings.shutdown_timeout_s
            )
            lane.cancel()
            self._all_over = False

    async def _bounded(self, stopping: Awaitable[Any], what: str) -> None:
        try:
            async with asyncio.timeout(self._settings.shutdown_timeout_s):
                await stopping
        except TimeoutError:
            logger.error("%s did not stop within %g s", what, self._settings.shutdown_timeout_s)  # noqa: TRY400
            self._all_over = False

    def _add_agent(self, topic: str, lane: Lane) -> None:
        channel = self._app.topic(topic, value_type=bytes, value_serializer="raw", key_type=bytes, key_serializer="raw")

        async def carry(stream: Any) -> None:
            async for event in stream.noack().events():
                await lane.inbox.put(_ticket(self._app, event))

        self._app.agent(channel, concurrency=1, name=f"carry-{topic}")(carry)
