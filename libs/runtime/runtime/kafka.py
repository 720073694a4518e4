"""kafka-python, set up for Pantau: idempotent producer, no auto-created topics, SASL and TLS by settings."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from contract.codec import MAX_LETTER_BYTES
from contract.topics import TopicCard, all_cards
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.errors import KafkaError, TopicAlreadyExistsError

from runtime.retry import BusyError
from runtime.settings import ServiceSettings
from runtime.shutdown import Shutdown

logger = logging.getLogger(__name__)

SEND_TIMEOUT_S = 30.0
MAX_REQUEST_BYTES = MAX_LETTER_BYTES + 100_000


def access(settings: ServiceSettings, *, client_id: str) -> dict[str, Any]:
    """Return where the brokers are and who asks, in the words of kafka-python and aiokafka alike."""
    arguments: dict[str, Any] = {
        "bootstrap_servers": [server.strip() for server in settings.kafka_bootstrap_servers.split(",")],
        "client_id": f"pantau-{client_id}",
        "security_protocol": settings.kafka_security_protocol,
    }
    if settings.kafka_sasl_mechanism is not None:
        password = settings.kafka_sasl_password
        arguments |= {
            "sasl_mechanism": settings.kafka_sasl_mechanism,
            "sasl_plain_username": settings.kafka_sasl_username,
            "sasl_plain_password": password.get_secret_value() if password else None,
        }
    return arguments


def connection(settings: ServiceSettings, *, client_id: str) -> dict[str, Any]:
    """Return the arguments that producers, consumers and the admin client of kafka-python share."""
    ca_file = settings.kafka_ssl_ca_file
    return access(settings, client_id=client_id) | ({"ssl_cafile": str(ca_file)} if ca_file is not None else {})


class Publisher:
    """Sends and waits until the broker has it. Blocking; use an executor from an event loop.

    `timeout_s` bounds every wait for the broker: long for a worker that would only try again, short where a person
    waits for the answer. Making one looks for a broker, and raises KafkaError when there is none.
    """

    def __init__(self, settings: ServiceSettings, *, client_id: str, timeout_s: float = SEND_TIMEOUT_S) -> None:
        self._names = settings.names
        self._timeout_s = timeout_s
        self._producer = KafkaProducer(
            **connection(settings, client_id=client_id),
            acks="all",
            enable_idempotence=True,
            compression_type="gzip",
            linger_ms=5,
            max_request_size=MAX_REQUEST_BYTES,
            max_block_ms=int(timeout_s * 1000),
            delivery_timeout_ms=int(timeout_s * 1000),
            request_timeout_ms=min(10_000, int(timeout_s * 800)),
            bootstrap_timeout_ms=int(timeout_s * 1000),
            allow_auto_create_topics=False,
        )

    def send_all(self, messages: Sequence[tuple[str, str, bytes]]) -> None:
        """Send (topic without namespace, key, bytes) in this order per key and wait for every acknowledgement.

        Raises BusyError when the broker did not take one of them in time; some may have been taken, so the
        caller sends all of them again. Receivers recognise a repeat by its id.
        """
        try:
            futures = [
                self._producer.send(self._names.topic(topic), key=key.encode(), value=data)
                for topic, key, data in messages
            ]
            for future in futures:
                future.get(timeout=self._timeout_s)
        except KafkaError as error:
            raise BusyError(f"the broker did not take a message: {error}") from error

    def send_record(self, topic: str, key: bytes | None, value: bytes | None, headers: Mapping[str, bytes]) -> None:
        """Send bytes with headers to a topic given without namespace and wait for it. Raises BusyError."""
        try:
            self._producer.send(self._names.topic(topic), key=key, value=value, headers=list(headers.items())).get(
                timeout=self._timeout_s
            )
        except KafkaError as error:
            raise BusyError(f"the broker did not take a message: {error}") from error

    def close(self) -> None:
        self._producer.close(timeout=self._timeout_s)


def consumer(
    settings: ServiceSettings,
    topics: Sequence[str],
    *,
    group: str,
    max_records: int = 500,
    assignors: Sequence[type] = (),
) -> KafkaConsumer:
    """Return a consumer that commits only when it is told to, subscribed to topics given without namespace.

    `assignors` say how the group shares its partitions, where the library's own way will not do.
    """
    strategy: dict[str, Any] = {"partition_assignment_strategy": tuple(assignors)} if assignors else {}
    made = KafkaConsumer(
        **connection(settings, client_id=group),
        **strategy,
        group_id=settings.names.group(group),
        enable_auto_commit=False,
        # A consumer that was killed gives its partitions free after this; the library's own 45 s are a long silence.
        session_timeout_ms=int(settings.kafka_session_timeout_s * 1000),
        heartbeat_interval_ms=int(settings.kafka_session_timeout_s * 1000 / 4),
        auto_offset_reset="earliest",
        max_poll_records=max_records,
        fetch_max_bytes=16 * 1024 * 1024,
        allow_auto_create_topics=False,
    )
    made.subscribe([settings.names.topic(topic) for topic in topics])
    return made


def topic_settings(card: TopicCard, *, replication: int) -> dict[str, Any]:
    """Return what the broker is asked for when it creates the topic of a card."""
    return {
        "num_partitions": card.partitions,
        "replication_factor": replication,
        "configs": {
            "cleanup.policy": card.cleanup_policy,
            "retention.ms": str(card.retention_ms),
            "max.message.bytes": str(card.max_message_bytes),
            "compression.type": "producer",
        },
    }


def create_topics(settings: ServiceSettings, *, replication: int = 1) -> list[str]:
    """Create the topics of all cards that do not exist yet and return their names, namespace included.

    Raises BusyError when no broker answers.
    """
    names = settings.names
    try:
        admin = KafkaAdminClient(**connection(settings, client_id="topics"), bootstrap_timeout_ms=5_000)
    except KafkaError as error:
        raise BusyError(f"no broker at {settings.kafka_bootstrap_servers}: {error}") from error
    try:
        existing = set(admin.list_topics())
        missing = {names.topic(c.topic): topic_settings(c, replication=replication) for c in all_cards()}
        missing = {topic: wanted for topic, wanted in missing.items() if topic not in existing}
        if missing:
            _create(admin, missing)
        return sorted(missing)
    except KafkaError as error:
        raise BusyError(f"the broker did not create the topics: {error}") from error
    finally:
        admin.close()


def wait_for_topics(settings: ServiceSettings, shutdown: Shutdown, *, wait_s: float = 2.0) -> bool:
    """Wait until a broker answers and create what is missing; return False when the end was asked for meanwhile.

    Services and broker may so start in any order.
    """
    while not shutdown.requested:
        try:
            create_topics(settings, replication=settings.kafka_replication)
        except BusyError as error:
            logger.warning("waiting for the broker: %s", error)
            shutdown.wait(wait_s)
        else:
            return True
    return False


def _create(admin: KafkaAdminClient, wanted: dict[str, dict[str, Any]]) -> None:
    try:
        admin.create_topics(wanted, wait_for_metadata=True)
    except TopicAlreadyExistsError:
        # Two services start at once and both see the topic missing; whoever comes second has what it wants.
        for topic, one in wanted.items():
            if topic not in set(admin.list_topics()):
                _create(admin, {topic: one})
    logger.info("created %d topics", len(wanted), extra={"kafka.topics": sorted(wanted)})


def kafka_problem(settings: ServiceSettings) -> str | None:
    """Ask a broker for its cluster; return None, or what is wrong. A health check."""
    try:
        admin = KafkaAdminClient(**connection(settings, client_id="health"), bootstrap_timeout_ms=4_000)
    except KafkaError as error:
        return f"no broker at {settings.kafka_bootstrap_servers}: {type(error).__name__}"
    admin.close()
    return None
