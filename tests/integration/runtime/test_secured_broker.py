"""Against a broker with TLS and passwords, as outside: every client that a worker uses gets in, or says why not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from contract.codec import decode
from contract.messages import ArticleClassified

from tests.integration.runtime.secured_broker import PASSWORD, USER, SecuredBroker, secured_broker
from tests.integration.runtime.trial import CLASSIFIED, Trial
from tests.waiting import until, until_equal

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredBroker]:
    with secured_broker(tmp_path_factory.mktemp("secured")) as running:
        yield running


def ways_in(broker: SecuredBroker) -> dict[str, dict[str, str]]:
    """Return the environment of each way in."""
    user = {"PANTAU_KAFKA_SASL_USERNAME": USER, "PANTAU_KAFKA_SASL_PASSWORD": PASSWORD}
    trust = {"PANTAU_KAFKA_SSL_CA_FILE": str(broker.ca_file)}
    return {
        "plain-over-tls": {
            "PANTAU_KAFKA_BOOTSTRAP_SERVERS": broker.sasl_tls,
            "PANTAU_KAFKA_SECURITY_PROTOCOL": "SASL_SSL",
            "PANTAU_KAFKA_SASL_MECHANISM": "PLAIN",
            **user,
            **trust,
        },
        "scram-in-clear": {
            "PANTAU_KAFKA_BOOTSTRAP_SERVERS": broker.sasl,
            "PANTAU_KAFKA_SECURITY_PROTOCOL": "SASL_PLAINTEXT",
            "PANTAU_KAFKA_SASL_MECHANISM": "SCRAM-SHA-512",
            **user,
        },
        "tls-alone": {
            "PANTAU_KAFKA_BOOTSTRAP_SERVERS": broker.tls,
            "PANTAU_KAFKA_SECURITY_PROTOCOL": "SSL",
            **trust,
        },
    }


@pytest.mark.parametrize("way", ["plain-over-tls", "scram-in-clear", "tls-alone"])
def test_a_worker_gets_in_and_does_its_work(broker: SecuredBroker, namespace: str, tmp_path: Path, way: str):
    environment = ways_in(broker)[way]
    trial = Trial(broker.clear, namespace, tmp_path)
    worker = trial.worker(**environment)  # which creates the topics, sends, reads and watches over the secured way
    until_equal(lambda: worker.health("ready")[0], 200, within_s=40, what="ready")
    trial.publish("a", "busy 4", "invalid")
    until_equal(lambda: len(trial.read(CLASSIFIED)), 2, within_s=40, what="two passed")
    titles = {decode(value, ArticleClassified).article.title for _, value, _ in trial.read(CLASSIFIED)}
    assert titles == {"a", "busy 4"}
    until_equal(trial.lag, 0, within_s=10, what="committed")
    worker.terminate()
    assert worker.exit_code(30) == 0
    trial.close()


@pytest.mark.parametrize(
    ("way", "changed"),
    [
        ("plain-over-tls", {"PANTAU_KAFKA_SASL_PASSWORD": "salah"}),
        ("tls-alone", {"PANTAU_KAFKA_SSL_CA_FILE": ""}),
    ],
    ids=["wrong-password", "unknown-authority"],
)
def test_who_does_not_get_in_waits_says_so_and_is_not_ready(
    broker: SecuredBroker, namespace: str, tmp_path: Path, way: str, changed: dict[str, str]
):
    trial = Trial(broker.clear, namespace, tmp_path)
    environment = {name: value for name, value in (ways_in(broker)[way] | changed).items() if value}
    worker = trial.worker(**environment)
    until_equal(lambda: worker.health("ready")[0], 503, within_s=30, what="not ready")
    until(lambda: "waiting for the broker" in worker.log(), within_s=30, what="its log says so", state=worker.log)
    worker.terminate()
    assert worker.exit_code(30) == 0
    trial.close()
