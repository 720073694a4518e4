"""Settings come from the environment; a wrong one stops the service with the variable's name."""

import pytest
from pydantic import ValidationError
from runtime.kafka import connection, topic_settings
from runtime.sending import producer_arguments, ssl_context
from runtime.settings import ServiceSettings
from runtime.worker import credentials, make_app

from contract.topics import ARTICLES_COLLECTED  # isort: skip

SASL = {
    "kafka_security_protocol": "SASL_SSL",
    "kafka_sasl_mechanism": "SCRAM-SHA-512",
    "kafka_sasl_username": "pantau",
    "kafka_sasl_password": "rahasia",
    "kafka_bootstrap_servers": "satu.contoh:9093, dua.contoh:9093",
}


def test_the_environment_is_read(monkeypatch):
    monkeypatch.setenv("PANTAU_NAMESPACE", "uji-")
    monkeypatch.setenv("PANTAU_KAFKA_BOOTSTRAP_SERVERS", "kafka.contoh:9092")
    settings = ServiceSettings()
    assert settings.names.topic("x") == "uji-x"
    assert settings.kafka_bootstrap_servers == "kafka.contoh:9092"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("namespace", "Uji"),
        ("log_level", "LOUD"),
        ("retry_attempts", "0"),
        ("stuck_after_s", "-1"),
        ("kafka_session_timeout_s", "1"),
        ("kafka_sasl_mechanism", "GSSAPI"),
    ],
)
def test_a_wrong_value_is_refused_with_its_name(monkeypatch, name, value):
    monkeypatch.setenv(f"PANTAU_{name.upper()}", value)
    with pytest.raises(ValidationError, match=name):
        ServiceSettings()


def test_a_plain_connection_has_no_secrets():
    settings = ServiceSettings()
    assert connection(settings, client_id="x")["security_protocol"] == "PLAINTEXT"
    assert "sasl_mechanism" not in connection(settings, client_id="x")
    assert credentials(settings) is None
    assert ssl_context(settings) is None


def test_a_password_never_shows():
    assert "rahasia" not in repr(ServiceSettings(**SASL))


def test_sasl_over_tls_reaches_all_three_clients():
    settings = ServiceSettings(**SASL)
    one = connection(settings, client_id="x")
    assert one["bootstrap_servers"] == ["satu.contoh:9093", "dua.contoh:9093"]
    assert (one["security_protocol"], one["sasl_mechanism"]) == ("SASL_SSL", "SCRAM-SHA-512")
    assert (one["sasl_plain_username"], one["sasl_plain_password"]) == ("pantau", "rahasia")
    two = producer_arguments(settings, client_id="x")
    assert (two["security_protocol"], two["sasl_plain_password"]) == ("SASL_SSL", "rahasia")
    assert two["ssl_context"] is not None
    three = credentials(settings)
    assert three is not None
    assert (three.protocol.value, three.mechanism.value) == ("SASL_SSL", "SCRAM-SHA-512")
    assert (three.username, three.password) == ("pantau", "rahasia")


def test_sasl_without_tls_and_tls_without_sasl():
    plain = credentials(ServiceSettings(**SASL | {"kafka_security_protocol": "SASL_PLAINTEXT"}))
    assert plain is not None
    assert plain.protocol.value == "SASL_PLAINTEXT"
    tls = credentials(ServiceSettings(kafka_security_protocol="SSL"))
    assert tls is not None
    assert tls.protocol.value == "SSL"


def test_producers_wait_for_all_replicas_and_send_nothing_twice():
    arguments = producer_arguments(ServiceSettings(), client_id="x")
    assert (arguments["acks"], arguments["enable_idempotence"]) == ("all", True)


def test_the_stream_worker_reads_little_ahead_and_makes_no_topic_of_its_own(tmp_path):
    app = make_app(ServiceSettings(**SASL), group="uji-router", data_dir=str(tmp_path))
    assert app.conf.id == "uji-router"
    assert [str(url) for url in app.conf.broker] == ["kafka://satu.contoh:9093", "kafka://dua.contoh:9093"]
    assert app.conf.stream_buffer_maxsize == 64
    assert not app.conf.topic_allow_declare
    assert app.conf.topic_disable_leader
    assert not app.conf.stream_wait_empty
    assert not app.conf.web_enabled


def test_a_topic_is_asked_for_as_its_card_says():
    wanted = topic_settings(ARTICLES_COLLECTED, replication=3)
    assert (wanted["num_partitions"], wanted["replication_factor"]) == (4, 3)
    assert wanted["configs"]["retention.ms"] == str(7 * 24 * 3600 * 1000)
    assert wanted["configs"]["cleanup.policy"] == "delete"
