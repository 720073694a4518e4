"""How the engines are configured: pure text and command lines."""

import json
from pathlib import Path

import pytest
from embedded.elastic_engine import elastic_engine, node_settings
from embedded.engine import JavaTuning
from embedded.kafka_engine import kafka_engine, server_properties
from embedded.layout import Home
from embedded.ports import Ports
from embedded.settings import EmbeddedSettings

PORTS = Ports(1, 2, 3, 4)


def test_the_broker_listens_on_loopback_alone():
    lines = dict(line.split("=", 1) for line in server_properties(Path("/d"), PORTS).splitlines())
    assert lines["listeners"] == "PLAINTEXT://127.0.0.1:1,CONTROLLER://127.0.0.1:2"
    assert lines["advertised.listeners"] == "PLAINTEXT://127.0.0.1:1"
    assert lines["auto.create.topics.enable"] == "false"


def test_the_node_listens_on_loopback_alone():
    values = json.loads(node_settings(Path("/h"), Path("/d/elasticsearch"), Path("/l"), PORTS))
    assert (values["network.host"], values["http.port"], values["transport.port"]) == ("127.0.0.1", 3, 4)


@pytest.mark.parametrize("describe", [kafka_engine, elastic_engine])
def test_an_engine_is_recognisable_by_its_data_folder(describe, tmp_path: Path):
    home = Home(tmp_path)
    one = describe(home.engines("v"), home.default_run(), PORTS, JavaTuning(300))
    other = describe(home.engines("v"), home.run_under(tmp_path / "x"), PORTS, JavaTuning(300))
    assert one.marker in one.command
    assert one.marker not in other.command
    assert "-Xmx300m" in one.command


@pytest.mark.parametrize("describe", [kafka_engine, elastic_engine])
def test_a_start_without_archive_writes_a_draft_and_a_later_one_uses_the_archive(describe, tmp_path: Path):
    home = Home(tmp_path)
    engine = describe(home.engines("v"), home.default_run(), PORTS, JavaTuning(300))
    assert f"-XX:ArchiveClassesAtExit={engine.archive_draft}" in engine.command
    engine.archive.parent.mkdir(parents=True)
    engine.archive.touch()
    engine = describe(home.engines("v"), home.default_run(), PORTS, JavaTuning(300))
    assert f"-XX:SharedArchiveFile={engine.archive}" in engine.command


def test_only_a_quick_start_gives_up_the_optimising_compiler():
    assert "-XX:TieredStopAtLevel=1" in JavaTuning(300, quick_start=True).flags()
    assert "-XX:TieredStopAtLevel=1" not in JavaTuning(300).flags()


def test_every_port_follows_its_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    for number, name in enumerate(["KAFKA", "KAFKA_CONTROLLER", "ELASTIC", "ELASTIC_TRANSPORT"], start=5001):
        monkeypatch.setenv(f"PANTAU_{name}_PORT", str(number))
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path))
    settings = EmbeddedSettings()
    assert settings.ports() == Ports(5001, 5002, 5003, 5004)
    assert settings.home == tmp_path
