"""The engines through a life: start, stop, crash, start again. Each test has engines of its own."""

import os
import signal
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch
from embedded import process
from embedded.errors import EngineError, PortBusyError
from embedded.ports import free_ports
from embedded.process import RunRecord
from embedded.stack import Stack
from embedded.testing import new_stack
from kafka import KafkaConsumer, KafkaProducer
from kafka.admin import KafkaAdminClient

pytestmark = pytest.mark.stack
TOPIC = "kept"


@pytest.fixture
def said() -> list[str]:
    """What the stack told the operator."""
    return []


@pytest.fixture
def own_stack(tmp_path: Path, said: list[str]) -> Iterator[Stack]:
    stack = new_stack(tmp_path, progress=said.append)
    yield stack
    stack.stop()


def put(stack: Stack) -> None:
    """Store one message and one document; both are acknowledged when this returns."""
    admin = KafkaAdminClient(bootstrap_servers=stack.kafka_bootstrap)
    admin.create_topics({TOPIC: {"num_partitions": 1, "replication_factor": 1}}, wait_for_metadata=True)
    admin.close()
    producer = KafkaProducer(bootstrap_servers=stack.kafka_bootstrap, acks="all")
    producer.send(TOPIC, b"a message").get(timeout=20)
    producer.close()
    with Elasticsearch(stack.elastic_url) as client:
        client.indices.create(index="kept", settings={"number_of_replicas": 0})
        client.index(index="kept", id="1", document={"text": "a document"})


def get(stack: Stack) -> tuple[list[bytes], str]:
    consumer = KafkaConsumer(
        TOPIC, bootstrap_servers=stack.kafka_bootstrap, auto_offset_reset="earliest", consumer_timeout_ms=10_000
    )
    messages = [next(iter(consumer)).value]
    consumer.close()
    with Elasticsearch(stack.elastic_url) as client:
        return messages, client.get(index="kept", id="1")["_source"]["text"]


def pid_of(stack: Stack, engine: str) -> int:
    record = RunRecord.load(stack.run.record(engine))
    assert record is not None
    return record.pid


def test_data_survives_a_stop_and_a_second_start_is_quick(own_stack: Stack, said: list[str]):
    assert own_stack.start() is True
    put(own_stack)
    assert own_stack.start() is False, "a second start finds both engines running"
    assert own_stack.stop() is True
    assert own_stack.stop() is False, "a second stop finds nothing to stop"
    assert [row.problem for row in own_stack.status()] == ["not running"] * 2
    said.clear()
    own_stack.start()
    print("second start:", [line for line in said if "ready" in line])
    assert get(own_stack) == ([b"a message"], "a document")
    assert [row.problem for row in own_stack.status()] == [None, None]
    assert all(row.rss_mb < 700 for row in own_stack.status())


def test_killed_engines_come_back_with_their_data(own_stack: Stack, said: list[str]):
    own_stack.start()
    put(own_stack)
    for engine in ("kafka", "elasticsearch"):
        os.kill(pid_of(own_stack, engine), signal.SIGKILL)
    own_stack.start()
    assert get(own_stack) == ([b"a message"], "a document")
    assert "kafka: was not shut down cleanly last time, recovering" in said
    assert "elasticsearch: was not shut down cleanly last time, recovering" in said


def test_engines_whose_record_was_lost_are_found_and_replaced(own_stack: Stack, said: list[str]):
    own_stack.start()
    lost = pid_of(own_stack, "kafka")
    own_stack.run.record("kafka").unlink()
    own_stack.start()
    assert f"kafka: ending process {lost}, left over from an earlier run" in said
    assert pid_of(own_stack, "kafka") != lost


def test_other_ports_for_running_engines_are_refused(own_stack: Stack):
    own_stack.start()
    with pytest.raises(EngineError, match="already runs over this data"):
        replace(own_stack, ports=free_ports()).start()
    assert own_stack.runs()


def test_a_busy_port_is_named_with_its_holder(own_stack: Stack):
    port = own_stack.ports.elastic
    with (
        socket.create_server(("127.0.0.1", port)),
        pytest.raises(PortBusyError, match=f"port {port}, wanted by Elasticsearch") as problem,
    ):
        own_stack.start()
    assert f"process {os.getpid()}" in problem.value.problem
    assert "PANTAU_ELASTIC_PORT" in problem.value.remedy
    assert not own_stack.run.record("kafka").exists(), "nothing was started beside the busy port"


def test_an_engine_that_dies_at_its_start_shows_its_last_words(own_stack: Stack):
    broken = own_stack.run.engine_data("kafka")
    broken.mkdir(parents=True)
    (broken / "meta.properties").write_text("version=1\ncluster.id=somewhere-else\nnode.id=7\n")
    with pytest.raises(EngineError, match="kafka ended at its start with exit code 1") as problem:
        own_stack.start()
    assert "Stored node id 7 doesn't match" in problem.value.problem
    assert "wipe" in problem.value.remedy
    assert not process.find_by_marker(own_stack.engines()[1].marker), "the other engine was ended again"


def test_wipe_removes_data_and_leaves_the_engines_installed(own_stack: Stack):
    own_stack.start()
    own_stack.wipe()
    assert not own_stack.run.data.exists()
    assert not own_stack.runs()
    assert own_stack.installed.stamp.is_file()
