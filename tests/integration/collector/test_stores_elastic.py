"""The stores on a real node pass the same suites as the fakes, and their indices refuse what is not planned."""

import pytest
from collector.adapters.indices import ensure_indices
from collector.adapters.state import ElasticFetchStates, ElasticFingerprints, Threads
from contract.names import Names
from elasticsearch import BadRequestError, Elasticsearch
from runtime.retry import BusyError

from tests.builders.collector_suites import FetchStateSuite, FingerprintSuite, fetch_state, fingerprint

pytestmark = pytest.mark.stack


@pytest.fixture
def es(elastic_url):
    with Elasticsearch(elastic_url) as client:
        yield client


@pytest.fixture
def names(es, namespace):
    names = Names(namespace)
    ensure_indices(es, names)
    yield names
    es.indices.delete(index=f"{names.index('fetch-state')},{names.index('fingerprints')}")


@pytest.fixture
def threads():
    threads = Threads(2)
    yield threads
    threads.close()


class TestFingerprintsOnElasticsearch(FingerprintSuite):
    @pytest.fixture
    def store(self, es, names, threads):
        return ElasticFingerprints(es, names, threads)


class TestFetchStatesOnElasticsearch(FetchStateSuite):
    @pytest.fixture
    def states(self, es, names, threads):
        return ElasticFetchStates(es, names, threads)


def test_indices_are_created_once_and_learn_new_fields(es, names):
    assert ensure_indices(es, names) == []


def test_a_field_that_is_not_planned_is_refused(es, names):
    with pytest.raises(BadRequestError, match="strict_dynamic_mapping"):
        es.index(index=names.index("fingerprints"), document={"kind": "article", "tidak_dikenal": 1})


@pytest.mark.asyncio
async def test_a_store_that_is_away_is_busy_not_broken(threads):
    with Elasticsearch("http://127.0.0.1:9", max_retries=0) as nowhere:
        store = ElasticFingerprints(nowhere, Names(), threads)
        with pytest.raises(BusyError):
            await store.get("0" * 32)
        with pytest.raises(BusyError):
            await store.put(fingerprint(), None)
        with pytest.raises(BusyError):
            await ElasticFetchStates(nowhere, Names(), threads).put(fetch_state(), None)
