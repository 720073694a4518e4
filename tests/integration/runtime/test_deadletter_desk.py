"""Operators' commands against a real broker: topics, and the life of a dead letter from its death to its replay."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from contract.codec import decode
from contract.messages import ArticleClassified
from contract.topics import all_cards
from kafka import KafkaAdminClient
from runtime.kafka import connection, create_topics
from runtime.settings import ServiceSettings

from tests.integration.runtime.trial import CLASSIFIED, DEAD, Trial
from tests.waiting import until_equal

pytestmark = pytest.mark.stack


def runtime(settings: ServiceSettings, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {
        "PANTAU_KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
        "PANTAU_NAMESPACE": settings.namespace,
    }
    command = [sys.executable, "-m", "runtime", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_topics_are_created_as_their_cards_say_and_once(kafka_bootstrap: str, namespace: str):
    settings = ServiceSettings(kafka_bootstrap_servers=kafka_bootstrap, namespace=namespace)
    assert f"{len(all_cards())} topics created" in runtime(settings, "topics", "create").stdout
    assert "\n0 topics created" in "\n" + runtime(settings, "topics", "create").stdout
    assert create_topics(settings) == []
    admin = KafkaAdminClient(**connection(settings, client_id="test"))
    found = {one["name"]: len(one["partitions"]) for one in admin.describe_topics()}
    admin.close()
    for card in all_cards():
        assert found[settings.names.topic(card.topic)] == card.partitions


def test_a_letter_is_listed_shown_replayed_and_then_gone(trial: Trial, tmp_path: Path):
    trial.publish("busy 2", "a", "invalid")
    worker = trial.worker(PANTAU_RETRY_ATTEMPTS="1", PANTAU_RETRY_TOPIC_ATTEMPTS="1")
    until_equal(lambda: len(trial.read(DEAD)), 2, within_s=40, what="two letters")
    listed = runtime(trial.settings, "deadletter", "list").stdout
    assert f"{DEAD}: 2 open, 0 dealt with" in listed
    assert "1  retry: runtime.retry.BusyError: asked to be busy" in listed
    assert '"title":"busy 2"' in runtime(trial.settings, "deadletter", "show", "--topic", DEAD, "--all").stdout
    replayed = runtime(trial.settings, "deadletter", "replay", "--topic", DEAD, "--error", "BusyError")
    assert replayed.stdout == "1 letters replayed\n"
    assert "replayed letter" in replayed.stderr
    until_equal(
        lambda: {decode(v, ArticleClassified).article.title for _, v, _ in trial.read(CLASSIFIED)},
        {"busy 2", "a"},
        within_s=30,
        what="passed after its replay",
    )
    discarded = runtime(trial.settings, "deadletter", "discard", "--topic", DEAD, "--all")
    assert discarded.stdout == "1 letters discarded\n"
    assert f"{DEAD}: 0 open, 2 dealt with" in runtime(trial.settings, "deadletter", "list", "--topic", DEAD).stdout
    assert worker.is_running()


def test_a_wrong_request_says_what_is_wrong(trial: Trial):
    for arguments, told in (
        (["replay", "--topic", DEAD], "say which"),
        (["show", "--topic", DEAD, "--number", "5"], "no open letter has the number 5"),
        (["list", "--topic", "articles.routed"], "is no dead letter"),
    ):
        done = runtime(trial.settings, "deadletter", *arguments)
        assert (done.returncode, told in done.stderr) == (2, True), done


def test_without_topics_or_without_a_broker_it_says_what_to_do(kafka_bootstrap: str, namespace: str):
    settings = ServiceSettings(kafka_bootstrap_servers=kafka_bootstrap, namespace=namespace)
    done = runtime(settings, "deadletter", "list")
    assert (done.returncode, "python -m runtime topics create" in done.stderr) == (2, True)
    done = runtime(ServiceSettings(kafka_bootstrap_servers="127.0.0.1:1"), "deadletter", "list")
    assert (done.returncode, done.stderr.startswith("runtime: no broker at 127.0.0.1:1")) == (1, True)
