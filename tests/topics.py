"""Reads topics of a real broker from their beginning, as far as they reach at the moment of asking."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.consumer.fetcher import ConsumerRecord
from runtime.kafka import connection
from runtime.settings import ServiceSettings

from tests.waiting import until

READ_S = 30.0


class TopicReader:
    """Everything that some topics have had so far, oldest first in each partition. Topics are named with namespace."""

    def __init__(self, access: Mapping[str, Any], *topics: str) -> None:
        self._consumer = KafkaConsumer(
            **access, group_id=None, enable_auto_commit=False, auto_offset_reset="earliest", fetch_max_wait_ms=100
        )
        self._topics = topics
        self._records: list[ConsumerRecord] = []

    def read(self) -> list[ConsumerRecord]:
        """Return all records; a topic that does not exist yet has none."""
        partitions = [TopicPartition(name, one) for name in self._topics for one in self._partitions(name)]
        if set(partitions) - self._consumer.assignment():
            self._consumer.assign(partitions)
        ends = self._consumer.end_offsets(partitions) if partitions else {}
        until(lambda: self._has_reached(ends), what=f"everything in {self._topics}", within_s=READ_S)
        return self._records

    def close(self) -> None:
        self._consumer.close()

    def _partitions(self, topic: str) -> set[int]:
        found: set[int] = self._consumer.partitions_for_topic(topic)
        return found

    def _has_reached(self, ends: Mapping[TopicPartition, int]) -> bool:
        while any(self._consumer.position(one) < end for one, end in ends.items()):
            batches = self._consumer.poll(500)
            if not batches:
                return False
            for batch in batches.values():
                self._records += batch
        return True


@contextmanager
def reading(settings: ServiceSettings, *topics: str) -> Iterator[TopicReader]:
    """Yield a reader of topics given without namespace."""
    reader = TopicReader(connection(settings, client_id="test"), *(settings.names.topic(topic) for topic in topics))
    try:
        yield reader
    finally:
        reader.close()


def everything(settings: ServiceSettings, *topics: str) -> list[ConsumerRecord]:
    """Return all that topics given without namespace hold now."""
    with reading(settings, *topics) as reader:
        return reader.read()
