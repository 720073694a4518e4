"""Reads the indexer's topics. Nothing is committed unless told; while it waits, it stays in its group."""

import logging
from collections.abc import Sequence
from typing import Protocol

from contract.outcomes import Service
from contract.topics import CARDS, TopicCard, retry_card
from kafka import KafkaConsumer
from kafka.errors import CommitFailedError, KafkaError
from kafka.structs import OffsetAndMetadata, TopicPartition
from runtime.kafka import consumer
from runtime.retry import BusyError
from runtime.settings import ServiceSettings

from search.domain.batch import Received

logger = logging.getLogger(__name__)

READ_CARDS: tuple[TopicCard, ...] = tuple(card for card in CARDS if Service.SEARCH in card.readers)


class Reader(Protocol):
    """Where messages come from."""

    def poll(self, timeout_s: float) -> list[Received]:
        """Return the next messages, in order per partition."""
        ...

    def stay(self, timeout_s: float) -> None:
        """Remain a member of the group for so long, without taking messages."""
        ...

    def commit(self, batch: Sequence[Received]) -> None:
        """Mark the messages as done."""
        ...

    def lags(self) -> dict[tuple[str, int], tuple[int, int]]:
        """Return (committed offset, messages behind) of each partition held."""
        ...

    def close(self) -> None: ...


class KafkaReader:
    """The reader on kafka-python."""

    def __init__(self, settings: ServiceSettings, *, batch_size: int) -> None:
        self._cards = {
            settings.names.topic(topic): card
            for card in READ_CARDS
            for topic in (card.topic, retry_card(card, Service.SEARCH).topic)
        }
        topics = [topic.removeprefix(settings.namespace) for topic in self._cards]
        self._consumer: KafkaConsumer = consumer(settings, topics, group=Service.SEARCH, max_records=batch_size)

    def poll(self, timeout_s: float) -> list[Received]:
        try:
            found = self._consumer.poll(timeout_ms=int(timeout_s * 1000))
        except KafkaError as error:
            raise BusyError(f"the broker gave no messages: {error}") from error
        return [
            Received(
                self._cards[record.topic],
                record.topic,
                record.partition,
                record.offset,
                record.key,
                record.value or b"",
            )
            for records in found.values()
            for record in records
        ]

    def stay(self, timeout_s: float) -> None:
        try:
            self._consumer.pause(*self._consumer.assignment())
            found = self._consumer.poll(timeout_ms=int(timeout_s * 1000))
            # Partitions that a rebalance just gave us were not paused: put back what came of them.
            for partition, records in found.items():
                self._consumer.seek(partition, records[0].offset)
            self._consumer.resume(*self._consumer.assignment())
        except KafkaError as error:
            logger.warning("while waiting: %s", error)

    def commit(self, batch: Sequence[Received]) -> None:
        held = self._consumer.assignment()
        ends: dict[TopicPartition, OffsetAndMetadata] = {}
        for one in batch:
            partition = TopicPartition(one.topic, one.partition)
            if partition in held:
                ends[partition] = OffsetAndMetadata(one.offset + 1, "", -1)
        if not ends:
            return
        try:
            self._consumer.commit(ends)
        except CommitFailedError:
            # The group gave the partitions to another member, which reads the same messages again: no harm.
            logger.warning("the group was rebalanced before the commit; another member repeats these messages")
        except KafkaError as error:
            raise BusyError(f"the broker did not take the commit: {error}") from error

    def lags(self) -> dict[tuple[str, int], tuple[int, int]]:
        found: dict[tuple[str, int], tuple[int, int]] = {}
        for partition in self._consumer.assignment():
            end = self._consumer.highwater(partition)
            if end is not None:
                position = self._consumer.position(partition)
                found[partition.topic, partition.partition] = (position, max(0, end - position))
        return found

    def close(self) -> None:
        self._consumer.close(autocommit=False)
