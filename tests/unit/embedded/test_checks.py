"""Ports, memory, disk and logs: what is measured and what is said about it."""

import socket
from pathlib import Path

import pytest
from embedded import checks
from embedded.children import bound_log, why_not_ready
from embedded.errors import EmbeddedError, PortBusyError, ResourcesError
from embedded.locked import exclusive
from embedded.logtail import last_lines
from embedded.ports import free_ports, free_tcp_ports, is_free, require_free


def test_a_busy_port_is_named_with_its_holder_and_the_setting_that_moves_it():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert not is_free(port)
        with pytest.raises(PortBusyError, match=f"port {port}, wanted by Kafka, is held by process") as problem:
            require_free([("Kafka", port, "PANTAU_KAFKA_PORT")])
    assert "PANTAU_KAFKA_PORT" in problem.value.remedy
    assert is_free(port)


def test_free_ports_are_all_different():
    assert len(set(free_tcp_ports(20))) == 20
    ports = free_ports()
    assert len({ports.kafka, ports.kafka_controller, ports.elastic, ports.elastic_transport}) == 4


def test_too_little_memory_names_both_numbers_and_the_settings():
    with pytest.raises(ResourcesError, match="need about 1272 MB of memory, 900 MB are free") as problem:
        checks.require_memory([320, 512], available_mb=900)
    assert "PANTAU_ELASTIC_HEAP_MB" in problem.value.remedy


def test_enough_memory_passes():
    checks.require_memory([320, 512], available_mb=1272)


def test_too_little_disk_names_the_folder_and_the_way_out(tmp_path: Path):
    with pytest.raises(ResourcesError, match=f"needs 500 MB on the disk of {tmp_path}, 3 MB are free") as problem:
        checks.require_disk(tmp_path, 500, "running the engines", free_mb=3)
    assert "PANTAU_HOME" in problem.value.remedy


def test_the_disk_of_a_folder_that_does_not_exist_yet_is_measured(tmp_path: Path):
    assert checks.free_disk_mb(tmp_path / "a" / "b") > 0


def test_the_last_lines_of_a_log_are_found_also_when_it_is_missing(tmp_path: Path):
    log = tmp_path / "x.log"
    assert last_lines(log, 3) == []
    log.write_text("".join(f"{number}\n" for number in range(100_000)))
    assert last_lines(log, 2) == ["99998", "99999"]


def test_a_log_that_grew_too_long_begins_anew_while_its_writer_goes_on(tmp_path: Path):
    log = tmp_path / "x.log"
    with log.open("ab", buffering=0) as writer:
        for turn in range(4):
            writer.write(f"turn {turn}\n".encode() * 10)
            assert bound_log(log, max_bytes=50)
        writer.write(b"last\n")
    assert log.read_text() == "last\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.log", "x.log.1", "x.log.2"]
    assert (tmp_path / "x.log.1").read_text().startswith("turn 3")


def test_a_short_log_stays(tmp_path: Path):
    (tmp_path / "x.log").write_text("short")
    assert not bound_log(tmp_path / "x.log", max_bytes=50)


def test_a_lock_that_is_held_is_reported_after_the_timeout(tmp_path: Path):
    with (
        exclusive(tmp_path / "lock", "first"),
        pytest.raises(EmbeddedError, match="another process has kept"),
        exclusive(tmp_path / "lock", "second", timeout_s=0.0),
    ):
        pass


def test_a_service_nobody_answers_for_is_not_ready():
    assert why_not_ready(f"http://127.0.0.1:{free_tcp_ports(1)[0]}/health/ready") == "no answer (URLError)"
