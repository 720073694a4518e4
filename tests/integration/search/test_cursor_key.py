"""The key of cursors: one per installation, whichever gateway comes first."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from elasticsearch import Elasticsearch
from pydantic import SecretStr
from runtime.retry import BusyError
from search.adapters.elastic_cursor_key import ElasticCursorKey
from search.app import build_api, build_store, cursor_key
from search.domain.document import article_write
from search.settings import SearchSettings

from tests.builders.routed import NOON, many_routed
from tests.fakes.fixed_clock import FixedClock
from tests.serving import serving

pytestmark = pytest.mark.stack


def test_gateways_that_start_together_get_the_same_random_key(settings: SearchSettings, es: Elasticsearch) -> None:
    gateways = [ElasticCursorKey(es, settings.names) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda gateway: gateway(), gateways))
    assert len(keys) == 1
    assert len(keys.pop()) == 32


def test_another_installation_has_another_key(settings: SearchSettings, es: Elasticsearch) -> None:
    other = settings.model_copy(update={"namespace": f"{settings.namespace[:-1]}x-"})
    assert ElasticCursorKey(es, settings.names)() != ElasticCursorKey(es, other.names)()
    es.indices.delete(index=other.names.index("search-settings"))


def test_the_setting_is_taken_and_nothing_is_kept(settings: SearchSettings, es: Elasticsearch) -> None:
    given = settings.model_copy(update={"search_cursor_key": SecretStr("sebuah rahasia yang panjang")})
    assert cursor_key(given, es)() == b"sebuah rahasia yang panjang"
    assert not es.indices.exists(index=settings.names.index("search-settings"))


def test_a_cursor_of_one_gateway_is_good_at_another_and_at_none_of_another_key(
    settings: SearchSettings, es: Elasticsearch
) -> None:
    store = build_store(settings)
    store.prepare("2026.11")
    store.write([article_write(message, NOON) for message in many_routed(5)])
    es.indices.refresh(index=settings.names.articles_alias())
    other_key = settings.model_copy(update={"search_cursor_key": SecretStr("sebuah rahasia yang panjang")})
    gateways = [build_api(one, FixedClock(NOON)) for one in (settings, settings, other_key)]
    with serving(gateways[0]) as first, serving(gateways[1]) as second, serving(gateways[2]) as third:
        cursor = first.get("/v1/articles", params={"size": 2}).json()["next"]
        assert second.get("/v1/articles", params={"size": 2, "cursor": cursor}).status_code == 200
        assert third.get("/v1/articles", params={"size": 2, "cursor": cursor}).status_code == 400


def test_while_elasticsearch_is_away_the_key_is_busy_and_later_it_is_there() -> None:
    away = Elasticsearch("http://127.0.0.1:9", max_retries=0, retry_on_timeout=False)
    with pytest.raises(BusyError):
        ElasticCursorKey(away, SearchSettings().names)()
    away.close()
