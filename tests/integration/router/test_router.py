"""The router as a process of its own on a real broker: what it writes for what it reads."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from contract.codec import decode, encode
from contract.messages import AlertRaised, ArticleDisposed, ArticleRouted, EntityKind, LetterDied, Sentiment
from contract.outcomes import Outcome, Service
from contract.topics import ALERTS_RAISED, ARTICLES_CLASSIFIED, ARTICLES_DISPOSED, ARTICLES_ROUTED
from embedded.ports import free_tcp_ports
from pydantic import BaseModel
from runtime.kafka import Publisher, create_topics
from runtime.settings import ServiceSettings

from tests.builders.articles import a_mention, classified
from tests.topics import reading
from tests.waiting import until

pytestmark = pytest.mark.stack
M = TypeVar("M", bound=BaseModel)
DEAD = "articles.classified.dead.router"
COMPLAINT = a_mention("rsud-soetomo", EntityKind.UNIT, Sentiment.NEGATIVE)


@pytest.fixture
def settings(kafka_bootstrap: str, namespace: str) -> ServiceSettings:
    return ServiceSettings(kafka_bootstrap_servers=kafka_bootstrap, namespace=namespace)


@pytest.fixture
def router(settings: ServiceSettings, root: Path) -> Iterator["subprocess.Popen[bytes]"]:
    create_topics(settings)
    environment = os.environ | {
        "PANTAU_KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
        "PANTAU_NAMESPACE": settings.namespace,
        "PANTAU_ROUTER_HEALTH_PORT": str(free_tcp_ports(1)[0]),
        "PANTAU_LOG_FORMAT": "console",
    }
    process = subprocess.Popen([sys.executable, "-m", "router", "run"], env=environment, cwd=root)
    yield process
    if process.poll() is None:
        process.kill()
        process.wait(10)


def publish(settings: ServiceSettings, *values: tuple[str, bytes]) -> None:
    publisher = Publisher(settings, client_id="test")
    publisher.send_all([(ARTICLES_CLASSIFIED.topic, key, value) for key, value in values])
    publisher.close()


def read(settings: ServiceSettings, topic: str, kind: type[M], count: int) -> list[M]:
    """Return all messages of a topic, waiting until there are so many."""
    with reading(settings, topic) as reader:
        until(lambda: len(reader.read()) >= count, what=f"{count} messages in {topic}", within_s=40, state=reader.read)
        found = [decode(one.value, kind) for one in reader.read()]
    assert len(found) == count, f"{topic} has {len(found)} messages instead of {count}"
    return found


def test_a_complaint_is_assigned_alerted_and_counted(settings, router):
    complaint, calm = classified(1, [COMPLAINT]), classified(2)
    publish(settings, *((one.article.article_id, encode(one)) for one in (complaint, calm)))
    routed = {one.article.article_id: one for one in read(settings, ARTICLES_ROUTED.topic, ArticleRouted, 2)}
    (alert,) = read(settings, ALERTS_RAISED.topic, AlertRaised, 1)
    assert alert.article_id == complaint.article.article_id
    assert routed[alert.article_id].alert_ids == (alert.alert_id,)
    assert [one.entity_id for one in routed[alert.article_id].assignments] == [
        "dinkes",
        "rsud-soetomo",
        "kota-surabaya",
        "bakorwil-malang",
    ]
    assert routed[calm.article.article_id].assignments == ()
    disposed = read(settings, ARTICLES_DISPOSED.topic, ArticleDisposed, 2)
    assert {(one.service, one.outcome) for one in disposed} == {(Service.ROUTER, Outcome.PASSED)}
    router.send_signal(signal.SIGTERM)
    assert router.wait(20) == 0


def test_a_message_of_another_contract_is_buried_and_its_article_counted_as_dead(settings, router):
    broken = encode(classified(1)).replace(b'"language":"id"', b'"language":7')
    publish(settings, ("k", broken), ("k", b"[]"))
    letters = read(settings, DEAD, LetterDied, 2)
    assert {letter.stage for letter in letters} == {"decode"}
    (dead,) = read(settings, ARTICLES_DISPOSED.topic, ArticleDisposed, 1)
    assert (dead.outcome, dead.article_id) == (Outcome.DEAD, classified(1).article.article_id)
