"""Reads a dead-letter topic from its beginning to its end, and writes what a person decided about its letters."""

import logging
from collections.abc import Sequence

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from runtime.clock import Clock
from runtime.kafka import Publisher, connection
from runtime.letterbox import Action, Box, LetterError, OpenLetter, Record, replay_record, resolution, sort_box
from runtime.retry import BusyError
from runtime.settings import ServiceSettings

logger = logging.getLogger(__name__)

READ_TIMEOUT_MS = 10_000


def read_box(settings: ServiceSettings, dead_letter: str) -> Box:
    """Return what a dead letter, named without namespace, holds now. Raises BusyError without a broker."""
    topic = settings.names.topic(dead_letter)
    try:
        consumer = KafkaConsumer(
            **connection(settings, client_id="deadletter"),
            enable_auto_commit=False,
            allow_auto_create_topics=False,
            bootstrap_timeout_ms=READ_TIMEOUT_MS,
        )
    except KafkaError as error:
        raise BusyError(f"no broker at {settings.kafka_bootstrap_servers}: {error}") from error
    try:
        numbers = consumer.partitions_for_topic(topic)
        if not numbers:
            raise LetterError(f"the topic {topic} does not exist; create it with: python -m runtime topics create")
        return sort_box(_records(consumer, [TopicPartition(topic, number) for number in numbers]))
    except KafkaError as error:
        raise BusyError(f"the broker does not give {topic}: {error}") from error
    finally:
        consumer.close(autocommit=False)


def _records(consumer: KafkaConsumer, partitions: list[TopicPartition]) -> list[Record]:
    consumer.assign(partitions)
    consumer.seek_to_beginning(*partitions)
    ends = consumer.end_offsets(partitions, timeout_ms=READ_TIMEOUT_MS)
    found: list[Record] = []
    while any(consumer.position(one, timeout_ms=READ_TIMEOUT_MS) < ends[one] for one in partitions):
        for batch in consumer.poll(1_000).values():
            found += [Record(one.offset, one.key, one.value, dict(one.headers)) for one in batch]
    return found


def settle(
    publisher: Publisher, dead_letter: str, letters: Sequence[OpenLetter], action: Action, clock: Clock
) -> tuple[int, list[str]]:
    """Replay or discard letters; return how many, and why the others could not be.

    The message is sent before its letter is marked, so a break between the two replays it once more.
    """
    done, refused = 0, []
    for one in letters:
        try:
            if action == "replayed":
                publisher.send_record(*replay_record(one, dead_letter))
            publisher.send_record(dead_letter, _resolution_key(one), None, resolution(one, action, clock.now()))
        except LetterError as error:
            refused.append(f"letter {one.number}: {error}")
            continue
        done += 1
        logger.info("%s letter %d of %s (key %s)", action, one.number, dead_letter, one.letter.key)
    return done, refused


def _resolution_key(one: OpenLetter) -> bytes:
    return (one.letter.key or "resolution").encode()
