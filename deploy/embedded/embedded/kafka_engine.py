"""The Kafka broker: one node in KRaft mode, broker and controller in one process."""

from __future__ import annotations

import uuid
from base64 import urlsafe_b64encode
from pathlib import Path

from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError

from embedded import java
from embedded.engine import Engine, JavaTuning, archive_paths, log4j_config, marker_for
from embedded.layout import EnginesLayout, RunLayout
from embedded.ports import LOOPBACK, Ports, is_free

NAME = "kafka"
_ADMIN_TIMEOUT_MS = 2000
# Room for fetch and produce buffers of a single-machine installation; the default of 128 MB would fill the heap.
_CLEANER_BUFFER_BYTES = 8 * 1024 * 1024


def kafka_engine(engines: EnginesLayout, run: RunLayout, ports: Ports, tuning: JavaTuning) -> Engine:
    """Describe the broker of one run."""
    data, config = run.engine_data(NAME), run.engine_config(NAME)
    properties, logging = config / "server.properties", config / "log4j2.properties"
    marker = marker_for(NAME, data)
    archive, draft = archive_paths(engines, NAME, data)
    base = [*_java_base(engines, logging), marker]
    command = [str(java.JAVA), *tuning.flags()]
    command += java.archive_flags(archive, draft)
    command += [*base, "kafka.Kafka", str(properties)]
    return Engine(
        name=NAME,
        marker=marker,
        command=command,
        config={properties: server_properties(data, ports), logging: log4j_config(run.engine_log(NAME), _LEVELS)},
        ports=(
            ("Kafka", ports.kafka, "PANTAU_KAFKA_PORT"),
            ("Kafka's controller", ports.kafka_controller, "PANTAU_KAFKA_CONTROLLER_PORT"),
        ),
        heap_mb=tuning.heap_mb,
        stop_timeout_s=30.0,
        archive=archive,
        archive_draft=draft,
        check=lambda: _why_not_ready(ports.kafka),
        prepare=lambda: format_storage(data, base, properties),
    )


_LEVELS = {"org.apache.kafka.clients": "warn", "kafka.server.KafkaConfig": "error", "state.change.logger": "warn"}


def _java_base(engines: EnginesLayout, logging: Path) -> list[str]:
    return [f"-Dlog4j2.configurationFile={logging}", "-cp", java.classpath(engines.kafka_lib)]


def server_properties(data: Path, ports: Ports) -> str:
    """The broker's configuration for one machine: loopback only, one replica, topics never by accident."""
    values: dict[str, str | int] = {
        "process.roles": "broker,controller",
        "node.id": 1,
        "controller.quorum.voters": f"1@{LOOPBACK}:{ports.kafka_controller}",
        "controller.listener.names": "CONTROLLER",
        "listeners": f"PLAINTEXT://{LOOPBACK}:{ports.kafka},CONTROLLER://{LOOPBACK}:{ports.kafka_controller}",
        "advertised.listeners": f"PLAINTEXT://{LOOPBACK}:{ports.kafka}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs": str(data),
        "auto.create.topics.enable": "false",
        "num.partitions": 3,
        "default.replication.factor": 1,
        "offsets.topic.replication.factor": 1,
        "offsets.topic.num.partitions": 8,
        "transaction.state.log.replication.factor": 1,
        "transaction.state.log.min.isr": 1,
        "transaction.state.log.num.partitions": 4,
        "share.coordinator.state.topic.replication.factor": 1,
        "share.coordinator.state.topic.min.isr": 1,
        "group.initial.rebalance.delay.ms": 0,
        # After a crash the broker may register again only when its old session is over; the default is 9 s.
        "broker.session.timeout.ms": 4000,
        "broker.heartbeat.interval.ms": 1000,
        "num.network.threads": 2,
        "num.io.threads": 4,
        "background.threads": 2,
        "log.cleaner.dedupe.buffer.size": _CLEANER_BUFFER_BYTES,
        "log.segment.bytes": 128 * 1024 * 1024,
    }
    return "".join(f"{key}={value}\n" for key, value in values.items())


def format_storage(data: Path, java_base: list[str], properties: Path) -> None:
    """Give a new data folder its cluster id; a formatted one is left as it is."""
    if (data / "meta.properties").is_file():
        return
    # One id in sixty-four begins with a hyphen, which would be read as an option of its own without the equals sign.
    cluster_id = urlsafe_b64encode(uuid.uuid4().bytes).decode("ascii").rstrip("=")
    arguments = ["-Xmx96m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", *java_base, "kafka.tools.StorageTool"]
    arguments += ["format", f"--cluster-id={cluster_id}", "--config", str(properties), "--ignore-formatted"]
    java.run_java(arguments, f"formatting Kafka's data folder {data}")


def _why_not_ready(port: int) -> str | None:
    """Ask the broker for its cluster; a listening socket alone is not an answer.

    The client leaves sockets behind when nobody listens, so that is found out without it.
    """
    if is_free(port):
        return "it does not listen yet"
    try:
        admin = KafkaAdminClient(
            bootstrap_servers=f"{LOOPBACK}:{port}",
            client_id="pantau-embedded",
            request_timeout_ms=_ADMIN_TIMEOUT_MS,
            bootstrap_timeout_ms=_ADMIN_TIMEOUT_MS,
        )
    except KafkaError as problem:
        return f"no answer ({type(problem).__name__})"
    try:
        brokers = admin.describe_cluster()["brokers"]
    except KafkaError as problem:
        return f"no answer ({type(problem).__name__})"
    finally:
        admin.close()
    return None if brokers else "the broker has not registered yet"
