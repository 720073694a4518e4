"""The search service on real engines: settings of a namespace of its own, a filled index, a client of the API."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import httpx
import pytest
from contract.messages import ArticleRouted
from elasticsearch import Elasticsearch
from runtime.elastic import client
from runtime.kafka import Publisher, create_topics
from search.adapters.elastic_writer import ElasticStore
from search.app import build_api, build_store
from search.settings import SearchSettings

from tests.builders.overlaid import learnt_write
from tests.builders.routed import many_routed
from tests.fakes.fixed_clock import FixedClock
from tests.integration.search.processes import Processes, running
from tests.serving import serving

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def settings_of(elastic_url: str, kafka_bootstrap: str, namespace: str) -> SearchSettings:
    return SearchSettings(
        namespace=namespace,
        elastic_urls=elastic_url,
        kafka_bootstrap_servers=kafka_bootstrap,
        search_refresh_s=0.2,
        retry_wait_s=0.1,
    )


@contextmanager
def cleaned_client(settings: SearchSettings) -> Iterator[Elasticsearch]:
    """Yield a client, and take the namespace's indices away afterwards."""
    made = client(settings)
    yield made
    # The full distribution refuses to delete by wildcard.
    for index in made.indices.get(index=f"{settings.namespace}*"):
        made.indices.delete(index=index)
    made.close()


@pytest.fixture
def settings(elastic_url: str, kafka_bootstrap: str, namespace: str) -> SearchSettings:
    return settings_of(elastic_url, kafka_bootstrap, namespace)


@pytest.fixture
def es(settings: SearchSettings) -> Iterator[Elasticsearch]:
    with cleaned_client(settings) as made:
        yield made


@pytest.fixture
def store(settings: SearchSettings, es: Elasticsearch) -> ElasticStore:
    made = build_store(settings)
    made.prepare("2026.11")
    return made


@pytest.fixture
def api(settings: SearchSettings, es: Elasticsearch) -> Iterator[httpx.Client]:
    with serving(build_api(settings, FixedClock(NOW))) as made:
        yield made


@pytest.fixture
def publisher(settings: SearchSettings) -> Iterator[Publisher]:
    """Sends to topics that were created for it."""
    create_topics(settings)
    made = Publisher(settings, client_id="test")
    yield made
    made.close()


@pytest.fixture
def indexer(settings: SearchSettings, publisher: Publisher, es: Elasticsearch) -> Iterator[None]:
    with running(settings):
        yield


@pytest.fixture
def processes(settings: SearchSettings) -> Iterator[Processes]:
    made = Processes(settings)
    yield made
    made.end()


@pytest.fixture(scope="session")
def filled_settings(elastic_url: str, kafka_bootstrap: str) -> SearchSettings:
    return settings_of(elastic_url, kafka_bootstrap, f"t{uuid.uuid4().hex[:12]}-")


@pytest.fixture(scope="session")
def filled(filled_settings: SearchSettings) -> Iterator[list[ArticleRouted]]:
    """A hundred and fifty articles of two months, searchable; nobody may write to them."""
    messages = many_routed(150)
    with cleaned_client(filled_settings) as es:
        store = build_store(filled_settings)
        store.prepare("2026.11")
        answers = store.write([learnt_write(message) for message in messages])
        assert {answer.status for answer in answers} == {201}
        es.indices.refresh(index=filled_settings.names.articles_alias())
        yield messages


@pytest.fixture(scope="session")
def filled_api(filled_settings: SearchSettings, filled: list[ArticleRouted]) -> Iterator[httpx.Client]:
    with serving(build_api(filled_settings, FixedClock(NOW))) as made:
        yield made
