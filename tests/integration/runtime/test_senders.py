"""One suite for the port through which a worker sends, passed by the broker and by the substitute of the unit tests."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from typing import Protocol

import pytest
from kafka import KafkaAdminClient, KafkaConsumer
from runtime.kafka import connection
from runtime.retry import BusyError, InvalidError
from runtime.sending import KafkaSender, Outgoing, Sender
from runtime.settings import ServiceSettings
from runtime.watch import BrokerOffsets

from tests.fakes.streams import RememberingSender
from tests.topics import TopicReader
from tests.waiting import until

pytestmark = pytest.mark.stack
MAX_BYTES = 50_000


class Side(Protocol):
    """A sender under test, and what has arrived on its topic."""

    topic: str

    def run(self, scenario: Callable[[Sender], Awaitable[None]]) -> None: ...

    def arrived(self) -> list[tuple[bytes | None, bytes, dict[str, bytes]]]: ...


class Substitute:
    """The unit tests' sender, with the one limit that the real topic of this suite has."""

    topic = "uji"

    def __init__(self) -> None:
        self._sender = RememberingSender(
            refuse=lambda one: InvalidError("too large") if len(one.value) > MAX_BYTES else None
        )

    def run(self, scenario: Callable[[Sender], Awaitable[None]]) -> None:
        asyncio.run(self._in_loop(scenario))

    def arrived(self) -> list[tuple[bytes | None, bytes, dict[str, bytes]]]:
        return [(one.key, one.value, dict(one.headers)) for one in self._sender.to(self.topic)]

    async def _in_loop(self, scenario: Callable[[Sender], Awaitable[None]]) -> None:
        await scenario(self._sender)


class Broker:
    """The real sender on a topic of its own."""

    def __init__(self, settings: ServiceSettings) -> None:
        self.topic = f"uji-{uuid.uuid4().hex[:8]}"
        self._settings = settings
        admin = KafkaAdminClient(**connection(settings, client_id="test"))
        limit = {"max.message.bytes": str(MAX_BYTES)}
        admin.create_topics({self.topic: {"num_partitions": 1, "replication_factor": 1, "configs": limit}})
        admin.close()

    def run(self, scenario: Callable[[Sender], Awaitable[None]]) -> None:
        asyncio.run(self._in_loop(scenario))

    def arrived(self) -> list[tuple[bytes | None, bytes, dict[str, bytes]]]:
        reader = TopicReader(connection(self._settings, client_id="test"), self.topic)
        found = [(one.key, one.value, dict(one.headers)) for one in reader.read()]
        reader.close()
        return found

    async def _in_loop(self, scenario: Callable[[Sender], Awaitable[None]]) -> None:
        sender = KafkaSender(self._settings, client_id="test")
        await sender.start()
        try:
            await scenario(sender)
        finally:
            await sender.stop()


@pytest.fixture(params=["substitute", "broker"])
def side(request: pytest.FixtureRequest) -> Side:
    if request.param == "substitute":
        return Substitute()
    return Broker(ServiceSettings(kafka_bootstrap_servers=request.getfixturevalue("kafka_bootstrap")))


def send(side: Side, *messages: Outgoing) -> None:
    async def scenario(sender: Sender) -> None:
        await sender.send(messages)

    side.run(scenario)


def values(side: Side) -> list[bytes]:
    return [value for _, value, _ in side.arrived()]


def test_what_was_sent_has_arrived_in_order(side):
    sent = [Outgoing(side.topic, b"k", f"{number}".encode()) for number in range(200)]
    send(side, *sent)
    assert values(side) == [one.value for one in sent]


def test_key_and_headers_travel_along(side):
    send(side, Outgoing(side.topic, b"kunci", b"isi", {"a": b"1"}), Outgoing(side.topic, None, b"tanpa kunci"))
    assert side.arrived() == [(b"kunci", b"isi", {"a": b"1"}), (None, b"tanpa kunci", {})]


def test_nothing_to_send_is_fine(side):
    send(side)
    assert side.arrived() == []


def test_a_message_that_is_too_large_is_refused_for_good(side):
    with pytest.raises(InvalidError):
        send(side, Outgoing(side.topic, b"k", noise(MAX_BYTES * 2)))
    assert side.arrived() == []


def noise(length: int) -> bytes:
    """Return bytes that no compression makes smaller."""
    return b"".join(uuid.uuid4().bytes for _ in range(length // 16))


def test_a_broker_that_is_away_means_later():
    sender = KafkaSender(ServiceSettings(kafka_bootstrap_servers="127.0.0.1:1"), client_id="test")
    with pytest.raises(BusyError, match="no broker takes messages"):
        asyncio.run(sender.start())


def test_a_sender_that_has_not_started_means_later():
    sender = KafkaSender(ServiceSettings(), client_id="test")
    with pytest.raises(BusyError, match="has not started"):
        asyncio.run(sender.send([Outgoing("x", None, b"x")]))


def test_the_broker_tells_how_far_a_group_has_come(kafka_bootstrap: str):
    settings = ServiceSettings(kafka_bootstrap_servers=kafka_bootstrap)
    side = Broker(settings)
    send(side, *(Outgoing(side.topic, b"k", b"isi") for _ in range(5)))
    group = f"grup-{uuid.uuid4().hex[:8]}"
    consumer = KafkaConsumer(
        side.topic,
        **connection(settings, client_id="test"),
        group_id=group,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        max_poll_records=2,
    )
    offsets = BrokerOffsets(settings, group=group, topics=[side.topic])
    assert offsets.read(None) == {(side.topic, 0): (0, 5)}
    until(lambda: consumer.poll(500), what="two messages")
    consumer.commit()
    assert offsets.read([(side.topic, 0)]) == {(side.topic, 0): (2, 5)}
    consumer.close(autocommit=False)
    offsets.close()
