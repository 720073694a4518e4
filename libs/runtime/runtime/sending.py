"""Sends from an event loop and waits for the broker: the port that a stream worker uses, and its Kafka adapter."""

import asyncio
import logging
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError, RecordTooLargeError

from runtime.kafka import MAX_REQUEST_BYTES, access
from runtime.retry import BusyError, InvalidError
from runtime.settings import ServiceSettings

logger = logging.getLogger(__name__)

CLOSE_TIMEOUT_S = 5.0


@dataclass(frozen=True)
class Outgoing:
    """Bytes for a topic, given by its full name."""

    topic: str
    key: bytes | None
    value: bytes
    headers: Mapping[str, bytes] = field(default_factory=dict)


class Sender(Protocol):
    """Hands messages to the broker."""

    async def send(self, messages: Sequence[Outgoing]) -> None:
        """Send all in this order per key and return when the broker has acknowledged every one.

        Raises InvalidError for a message that the broker will never take, BusyError when it did not take one in
        time. Some may have been taken in either case; receivers recognise a repeat by its id.
        """


def ssl_context(settings: ServiceSettings) -> ssl.SSLContext | None:
    """Return the TLS context that the settings ask for, or None for a plain connection."""
    if settings.kafka_security_protocol not in ("SSL", "SASL_SSL"):
        return None
    ca_file = str(settings.kafka_ssl_ca_file) if settings.kafka_ssl_ca_file else None
    return ssl.create_default_context(cafile=ca_file)


def producer_arguments(settings: ServiceSettings, *, client_id: str) -> dict[str, Any]:
    """Return aiokafka's arguments: where, how safe, and acknowledged by all in-sync replicas, without doubles."""
    return access(settings, client_id=client_id) | {
        "ssl_context": ssl_context(settings),
        "acks": "all",
        "enable_idempotence": True,
        "compression_type": "gzip",
        "max_request_size": MAX_REQUEST_BYTES,
        "request_timeout_ms": 10_000,
    }


class KafkaSender:
    """The broker behind the port. `start` and `stop` belong to the event loop that sends."""

    def __init__(self, settings: ServiceSettings, *, client_id: str) -> None:
        self._arguments = producer_arguments(settings, client_id=client_id)
        self._timeout_s = settings.send_timeout_s
        self._producer: AIOKafkaProducer | None = None

    async def start(self) -> None:
        """Connect. Raises BusyError when no broker answers."""
        self._producer = AIOKafkaProducer(**self._arguments)
        try:
            await self._producer.start()
        except KafkaError as error:
            await self._producer.stop()
            raise BusyError(f"no broker takes messages: {error}") from error

    async def send(self, messages: Sequence[Outgoing]) -> None:
        """See `Sender.send`."""
        try:
            async with asyncio.timeout(self._timeout_s):
                # Handing over one after the other keeps the order; only the waiting is done together.
                await asyncio.gather(*[await self._hand_over(message) for message in messages])
        except (MessageSizeTooLargeError, RecordTooLargeError) as error:
            raise InvalidError(f"the broker takes no message of this size: {error}") from error
        except (KafkaError, TimeoutError) as error:
            raise BusyError(f"the broker did not take a message: {type(error).__name__} {error}") from error

    async def stop(self) -> None:
        """Close the connection without waiting for what could not be delivered; its sender was told."""
        if self._producer is None:
            return
        try:
            async with asyncio.timeout(CLOSE_TIMEOUT_S):
                await self._producer.stop()
        except TimeoutError:
            logger.warning("the producer did not close within %g s", CLOSE_TIMEOUT_S)

    async def _hand_over(self, message: Outgoing) -> "asyncio.Future[Any]":
        if self._producer is None:
            raise BusyError("the sender has not started")
        future: asyncio.Future[Any] = await self._producer.send(
            message.topic, message.value, key=message.key, headers=list(message.headers.items())
        )
        return future
