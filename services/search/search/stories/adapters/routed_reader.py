"""Reads routed articles for the stories. Of several processes one gets all partitions, the others stand by."""

from collections.abc import Iterable, Mapping
from typing import Any

from contract.outcomes import Service
from contract.topics import ARTICLES_ROUTED, retry_card
from kafka.coordinator.assignors.abstract import AbstractPartitionAssignor
from kafka.protocol.consumer.metadata import ConsumerProtocolAssignment, ConsumerProtocolSubscription
from runtime.kafka import consumer
from runtime.settings import ServiceSettings

from search.adapters.kafka_reader import KafkaReader


class SoleAssignor(AbstractPartitionAssignor):  # type: ignore[misc] # kafka-python has no types
    """Gives every partition to the member with the smallest id: a story's articles lie in all partitions."""

    name = "pantau-sole"
    version = 0

    @classmethod
    def assign(cls, cluster: Any, members: Iterable[Any]) -> Mapping[str, Any]:
        present = sorted(members, key=lambda member: str(member.member_id))
        topics = sorted({topic for member in present for topic in member.metadata.topics})
        every = [(topic, sorted(cluster.partitions_for_topic(topic) or ())) for topic in topics]
        return {
            member.member_id: ConsumerProtocolAssignment(cls.version, every if place == 0 else [], b"")
            for place, member in enumerate(present)
        }

    @classmethod
    def metadata(cls, topics: Iterable[str]) -> Any:
        return ConsumerProtocolSubscription(cls.version, list(topics), b"")

    @classmethod
    def on_assignment(cls, assignment: Any, generation: int) -> None:
        """Nothing to remember."""


class RoutedReader(KafkaReader):
    """The reader of `articles.routed` in the group of the stories."""

    def __init__(self, settings: ServiceSettings, *, batch_size: int) -> None:
        own = (ARTICLES_ROUTED.topic, retry_card(ARTICLES_ROUTED, Service.STORIES).topic)
        self._cards = {settings.names.topic(topic): ARTICLES_ROUTED for topic in own}
        self._consumer = consumer(
            settings, own, group=Service.STORIES, max_records=batch_size, assignors=(SoleAssignor,)
        )
