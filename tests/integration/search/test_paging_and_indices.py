"""Cursors while news arrives, relevance with its frozen view, analysis, reindexing, and a node that is away."""

import threading
import time
from datetime import timedelta

import httpx
import pytest
from contract.gazetteer import load_gazetteer
from contract.names import Names
from elasticsearch import Elasticsearch
from runtime.retry import BusyError
from search.adapters.elastic_reindex import Reindexer
from search.adapters.elastic_writer import ElasticStore
from search.app import build_api, build_store, run_reindex
from search.domain.document import article_write
from search.domain.template import protected_words
from search.domain.verdicts import Answer
from search.settings import SearchSettings

from tests.builders.routed import NOON, many_routed, routed
from tests.fakes.fixed_clock import FixedClock
from tests.serving import serving

pytestmark = pytest.mark.stack


def put(store: ElasticStore, es: Elasticsearch, names: Names, *messages: object) -> list[Answer]:
    answers = store.write([article_write(message, NOON) for message in messages])  # type: ignore[arg-type]
    es.indices.refresh(index=names.articles_alias())
    return answers


@pytest.mark.parametrize("sort", ["-published_at", "published_at", "severity"])
def test_paging_gives_each_article_once_while_others_arrive(
    api: httpx.Client, store: ElasticStore, es: Elasticsearch, settings: SearchSettings, sort: str
) -> None:
    first = many_routed(60)
    put(store, es, settings.names, *first)
    wanted = {message.article.article_id for message in first}
    seen: list[str] = []
    cursor, arrived = None, 0
    while True:
        asked = {"sort": sort, "size": 7} | ({"cursor": cursor} if cursor else {})
        answer = api.get("/v1/articles", params=asked).json()
        seen += [item["id"] for item in answer["items"]]
        cursor = answer["next"]
        if cursor is None:
            break
        arrived += 1
        late = routed(
            f"https://baru.contoh/{arrived}", severity=arrived % 5 + 1, published_at=NOON + timedelta(minutes=arrived)
        )
        put(store, es, settings.names, late)
    assert len(seen) == len(set(seen))
    assert wanted <= set(seen)


def test_relevance_pages_look_at_one_moment(
    api: httpx.Client, store: ElasticStore, es: Elasticsearch, settings: SearchSettings
) -> None:
    put(store, es, settings.names, *many_routed(60))
    asked = {"q": "pasien OR banjir OR jalan", "sort": "relevance", "size": 9}
    answer = api.get("/v1/articles", params=asked).json()
    total, seen = answer["total"], [item["id"] for item in answer["items"]]
    while answer["next"]:
        put(store, es, settings.names, routed(f"https://baru.contoh/{len(seen)}", title="Pasien banjir jalan"))
        answer = api.get("/v1/articles", params={**asked, "cursor": answer["next"]}).json()
        seen += [item["id"] for item in answer["items"]]
    assert len(seen) == len(set(seen)) == total


def test_a_relevance_cursor_whose_moment_is_gone_says_so(
    api: httpx.Client, store: ElasticStore, es: Elasticsearch, settings: SearchSettings
) -> None:
    put(store, es, settings.names, *many_routed(20))
    asked = {"q": "nomor", "sort": "relevance", "size": 5}
    cursor = api.get("/v1/articles", params=asked).json()["next"]
    es.close_point_in_time(id=_pit(cursor))
    answer = api.get("/v1/articles", params={**asked, "cursor": cursor})
    assert answer.status_code == 410
    assert "kedaluwarsa" in answer.json()["title"]


def _pit(cursor: str) -> str:
    import base64
    import json

    raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    return str(json.loads(raw[12:])["p"])


def test_an_acronym_finds_the_full_name_and_the_other_way_round(
    api: httpx.Client, store: ElasticStore, es: Elasticsearch, settings: SearchSettings
) -> None:
    put(
        store,
        es,
        settings.names,
        routed("https://a.contoh/1", title="Dinkes Jatim buka posko", text="Posko."),
        routed("https://a.contoh/2", title="Dinas Kesehatan Jawa Timur tambah loket", text="Loket."),
        routed("https://a.contoh/3", title="Dinas Sosial bantu warga", text="Urusan kesehatan menyusul."),
        routed("https://a.contoh/4", title="Badan Pengelola Keuangan dan Aset Daerah rapat", text="Rapat."),
    )

    def found(query: str) -> set[str]:
        items = api.get("/v1/articles", params={"q": query}).json()["items"]
        return {item["url"].rsplit("/", 1)[1] for item in items}

    assert found("dinkes") == {"1", "2"}
    assert found("dinas kesehatan") == {"1", "2", "3"}
    assert found("dinkes jatim") == {"1", "2"}
    assert found('"dinas kesehatan"') == {"2"}
    assert found("BPKAD") == {"4"}
    assert found("sehat") == {"2", "3"}


def test_place_names_survive_the_stemmer(store: ElasticStore, es: Elasticsearch, settings: SearchSettings) -> None:
    gazetteer = load_gazetteer()
    names = [row.name for row in gazetteer.regions] + [row.name for row in gazetteer.kecamatan]
    index = settings.names.articles_index("2026.11")
    protected = set(protected_words(gazetteer))
    for start in range(0, len(names), 100):
        answer = es.indices.analyze(index=index, analyzer="pantau_text", text=" ".join(names[start : start + 100]))
        exact = es.indices.analyze(index=index, analyzer="pantau_exact", text=" ".join(names[start : start + 100]))
        for stemmed, plain in zip(answer["tokens"], exact["tokens"], strict=True):
            assert stemmed["token"] == plain["token"] or plain["token"] not in protected
            assert stemmed["token"] == plain["token"], plain["token"]


def test_highlights_are_marked_and_escaped(
    api: httpx.Client, store: ElasticStore, es: Elasticsearch, settings: SearchSettings
) -> None:
    put(store, es, settings.names, routed(title="Banjir <b>besar</b>", text="<script>banjir</script> & lain-lain"))
    (item,) = api.get("/v1/articles", params={"q": "banjir"}).json()["items"]
    assert item["highlights"]["title"] == ["<mark>Banjir</mark> &lt;b&gt;besar&lt;&#x2F;b&gt;"]
    assert "<script>" not in item["highlights"]["text"][0]
    (item,) = api.get("/v1/articles", params={"q": "ban*"}).json()["items"]
    assert "<mark>Banjir</mark>" in item["highlights"]["title"][0]


def test_a_document_that_is_refused_does_not_take_others_with_it(
    store: ElasticStore, es: Elasticsearch, settings: SearchSettings
) -> None:
    good = [article_write(message, NOON) for message in many_routed(3)]
    bad = article_write(routed(), NOON)
    bad.source["tidak_dikenal"] = 1
    answers = store.write([good[0], bad, *good[1:]])
    assert [answer.status for answer in answers] == [201, 400, 201, 201]
    assert "tidak_dikenal" in answers[1].error


def test_a_bulk_larger_than_a_request_may_be_is_sent_in_parts(es: Elasticsearch, settings: SearchSettings) -> None:
    small = build_store(settings.model_copy(update={"search_bulk_max_bytes": 20_000}))
    small.prepare("2026.11")
    assert {answer.status for answer in small.write([article_write(one, NOON) for one in many_routed(40)])} == {201}


def test_preparing_twice_changes_nothing(store: ElasticStore, es: Elasticsearch, settings: SearchSettings) -> None:
    before = es.indices.get_alias(index=f"{settings.namespace}*").body
    store.prepare("2026.11")
    assert es.indices.get_alias(index=f"{settings.namespace}*").body == before


def test_a_rebuilt_index_serves_the_same_articles_and_versions(
    api: httpx.Client, store: ElasticStore, es: Elasticsearch, settings: SearchSettings
) -> None:
    put(store, es, settings.names, *many_routed(40), routed(revision=3))
    before = api.get("/v1/articles", params={"size": 200}).json()
    reindexer = Reindexer(es, settings.names)
    for month in reindexer.months():
        swap = reindexer.rebuild(month, keep_old=False)
        assert not es.indices.exists(index=swap.old)
    assert api.get("/v1/articles", params={"size": 200}).json() == before
    (late,) = put(store, es, settings.names, routed(revision=2))
    assert late.status == 409
    assert len(es.indices.get(index=settings.names.articles_pattern())) == 2


def test_the_command_rebuilds_all_months_and_says_what_it_could_not(
    store: ElasticStore, es: Elasticsearch, settings: SearchSettings, capsys: pytest.CaptureFixture[str]
) -> None:
    put(store, es, settings.names, *many_routed(20))
    assert run_reindex(settings, months=None, keep_old=True) == 0
    assert capsys.readouterr().out.count("->") == 2
    assert es.count(index=settings.names.articles_alias())["count"] == 20
    assert run_reindex(settings, months=["1999.01"], keep_old=True) == 1


def test_what_is_written_while_an_index_is_rebuilt_is_kept(
    store: ElasticStore, es: Elasticsearch, settings: SearchSettings
) -> None:
    put(store, es, settings.names, *many_routed(60))
    rebuilt = threading.Event()
    written = [0]

    def write_on() -> None:
        while not rebuilt.is_set():
            fresh = routed(f"https://baru.contoh/{written[0]}")
            while store.write([article_write(fresh, NOON)])[0].status not in (200, 201):
                # While the alias is swapped a write is refused; the writer tries again, as the indexer does.
                time.sleep(0.01)
            written[0] += 1

    writer = threading.Thread(target=write_on)
    writer.start()
    for _ in range(3):
        Reindexer(es, settings.names).rebuild("2026.11", keep_old=False)
    rebuilt.set()
    writer.join(30)
    es.indices.refresh(index=settings.names.articles_alias())
    assert es.count(index=settings.names.articles_alias())["count"] == 60 + written[0]
    assert written[0] > 5


def test_searching_before_anything_was_indexed_finds_nothing(settings: SearchSettings) -> None:
    with serving(build_api(settings, FixedClock(NOON))) as client:
        assert (
            client.get("/v1/articles", params={"facets": "opd,sentiment", "q": "x", "sort": "relevance"}).json()[
                "total"
            ]
            == 0
        )
        assert client.get("/v1/stats", params={"group_by": "opd"}).json()["buckets"] == []
        assert client.get("/v1/trace", params={"url": "https://x.id/a"}).status_code == 404
        assert client.get("/v1/opd").status_code == 200
        assert "Belum ada berita" in client.get("/").text


def test_a_node_that_is_away_is_busy_not_broken(settings: SearchSettings, store: ElasticStore) -> None:
    nowhere = settings.model_copy(update={"elastic_urls": "http://127.0.0.1:9", "elastic_timeout_s": 1.0})
    with serving(build_api(nowhere, FixedClock(NOON))) as client:
        assert client.get("/v1/articles").status_code == 503
        assert client.get("/health/ready").status_code == 503
        assert client.get("/").status_code == 503
    with pytest.raises(BusyError):
        build_store(nowhere).prepare("2026.11")
