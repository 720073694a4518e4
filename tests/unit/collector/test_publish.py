"""Taking messages to the broker: what failed is replaced, what is away is busy."""

import pytest
from collector.adapters.publish import KafkaOutbox
from collector.domain.fingerprint import Outgoing
from kafka.errors import KafkaError
from runtime.retry import BusyError

pytestmark = pytest.mark.asyncio
MESSAGE = Outgoing("articles.collected", "kunci", "isi é")


class Producer:
    """Sends, or fails for ever once it has failed, as an idempotent producer may."""

    def __init__(self, *, broken=False):
        self.broken = broken
        self.sent = []
        self.closed = False

    def send_all(self, messages):
        if self.broken:
            raise BusyError("fatal state")
        self.sent.extend(messages)

    def close(self):
        self.closed = True


async def test_messages_go_out_as_bytes_in_their_order():
    producer = Producer()
    outbox = KafkaOutbox(lambda: producer)
    await outbox.send([MESSAGE, Outgoing("articles.disposed", "kunci", "dua")])
    outbox.close()
    assert producer.sent == [
        ("articles.collected", "kunci", "isi é".encode()),
        ("articles.disposed", "kunci", b"dua"),
    ]
    assert producer.closed


async def test_a_producer_that_failed_is_closed_and_replaced():
    producers = [Producer(broken=True), Producer()]
    made = iter(producers)
    outbox = KafkaOutbox(lambda: next(made))
    with pytest.raises(BusyError):
        await outbox.send([MESSAGE])
    await outbox.send([MESSAGE])
    outbox.close()
    assert [producer.closed for producer in producers] == [True, True]
    assert len(producers[1].sent) == 1


async def test_a_broker_that_cannot_be_reached_is_busy():
    def nobody():
        raise KafkaError("no brokers available")

    outbox = KafkaOutbox(nobody)
    with pytest.raises(BusyError, match="no broker"):
        await outbox.send([MESSAGE])
    outbox.close()
