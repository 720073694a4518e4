"""Which answers of Elasticsearch mean later, and which mean never."""

import pytest
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig
from elasticsearch import ApiError, ConnectionTimeout
from elasticsearch import ConnectionError as LostConnectionError
from runtime.elastic import busy_if_passing, client, elastic_problem
from runtime.settings import ServiceSettings


def api_error(status: int) -> ApiError:
    meta = ApiResponseMeta(status, "1.1", HttpHeaders(), 0.1, NodeConfig("http", "contoh", 9200))
    return ApiError("uji", meta, {})


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_overload_and_absence_pass_by_themselves(status):
    assert busy_if_passing(api_error(status)) is not None


@pytest.mark.parametrize("status", [400, 401, 404, 409, 413])
def test_our_own_fault_does_not_pass(status):
    assert busy_if_passing(api_error(status)) is None


@pytest.mark.parametrize("error", [LostConnectionError("gone"), ConnectionTimeout("late")])
def test_a_lost_connection_passes(error):
    assert busy_if_passing(error) is not None


def test_a_cluster_that_is_not_there_is_the_problem():
    es = client(ServiceSettings(elastic_urls="http://127.0.0.1:1", elastic_timeout_s=1))
    problem = elastic_problem(es)
    es.close()
    assert problem is not None
    assert "ConnectionError" in problem
