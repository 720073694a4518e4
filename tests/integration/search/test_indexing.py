"""The indexer's whole process on a real broker and a real node."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from contract.codec import decode, encode
from contract.ids import alert_id
from contract.messages import AlertRaised, ArticleDisposed, ArticleRouted, EntityKind, LetterDied
from contract.names import Names
from contract.outcomes import Outcome, Service
from elasticsearch import ApiError, Elasticsearch
from runtime.kafka import Publisher
from search.settings import SearchSettings

from tests.builders.routed import NOON, assignment, many_routed, routed
from tests.integration.search.processes import running
from tests.topics import everything
from tests.waiting import until, until_equal

pytestmark = pytest.mark.stack


def send(publisher: Publisher, topic: str, *messages: ArticleRouted | AlertRaised | ArticleDisposed) -> None:
    def key(message: ArticleRouted | AlertRaised | ArticleDisposed) -> str:
        return message.article.article_id if isinstance(message, ArticleRouted) else message.article_id

    publisher.send_all([(topic, key(message), encode(message)) for message in messages])


def counted(es: Elasticsearch, settings: SearchSettings, what: str, **term: object) -> Callable[[], int]:
    query = {"bool": {"filter": [{"term": {field: value}} for field, value in term.items()]}}
    index = settings.names.articles_alias() if what == "articles" else settings.names.index(what)

    def count() -> int:
        try:
            return int(es.count(index=index, query=query, ignore_unavailable=True)["count"])
        except ApiError as error:
            if error.status_code != 503:
                raise
            return -1  # The index is being made at this moment.

    return count


def letters(settings: SearchSettings, topic: str) -> list[LetterDied]:
    return [decode(one.value, LetterDied) for one in everything(settings, Names().dead_letter(topic, "search"))]


def test_every_routed_article_is_indexed_once_with_its_disposition(
    settings: SearchSettings, publisher: Publisher, indexer: None, es: Elasticsearch
) -> None:
    messages = many_routed(60)
    send(publisher, "articles.routed", *messages)
    send(publisher, "articles.routed", *messages[:20])
    until_equal(counted(es, settings, "dispositions", service="search", outcome="indexed"), 60)
    until_equal(counted(es, settings, "articles"), 60)


def test_an_older_revision_that_comes_late_changes_nothing_and_counts_as_indexed(
    settings: SearchSettings, publisher: Publisher, indexer: None, es: Elasticsearch
) -> None:
    send(publisher, "articles.routed", routed(title="Judul baru", revision=2), routed(title="Judul lama", revision=1))
    until_equal(counted(es, settings, "dispositions", reason="superseded", outcome="indexed", revision=1), 1)
    until_equal(counted(es, settings, "articles"), 1)
    (hit,) = es.search(index=settings.names.articles_alias())["hits"]["hits"]
    assert hit["_source"]["title"] == "Judul baru"


def test_one_article_stays_one_document_when_its_outlet_changes_the_date(
    settings: SearchSettings, publisher: Publisher, indexer: None, es: Elasticsearch
) -> None:
    later = routed(revision=2, published_at=NOON + timedelta(days=20), first_seen_at=NOON)
    send(publisher, "articles.routed", routed(), later)
    until_equal(counted(es, settings, "articles", revision=2), 1)
    assert counted(es, settings, "articles")() == 1


def test_what_cannot_be_read_or_is_refused_goes_to_the_dead_letter_and_the_rest_is_kept(
    settings: SearchSettings, publisher: Publisher, indexer: None, es: Elasticsearch
) -> None:
    good = many_routed(5)
    # A year that Elasticsearch's date format refuses, though the contract allows it.
    refused = routed("https://kabar.contoh/ditolak", outlet="x", title="Ditolak")
    broken = encode(refused).replace(b'"month":"2026.11"', b'"month":"2026-11"')
    publisher.send_all([("articles.routed", refused.article.article_id, broken), ("articles.routed", "x", b"{]")])
    send(publisher, "articles.routed", *good)
    until_equal(counted(es, settings, "articles"), 5)
    until_equal(counted(es, settings, "dispositions", outcome="dead", reason="undecodable"), 1)
    found = until(lambda: letters(settings, "articles.routed"), what="the dead letters")
    assert {letter.stage for letter in found} == {"decode"}
    assert all(letter.topic == settings.names.topic("articles.routed") for letter in found)


def test_alerts_and_the_dispositions_of_other_services_are_stored_once(
    settings: SearchSettings, publisher: Publisher, indexer: None, es: Elasticsearch
) -> None:
    article = routed(assignments=[assignment("dinkes", "opd", "negative")]).article
    alert = AlertRaised(
        alert_id=alert_id(article.article_id, "dinkes"),
        article_id=article.article_id,
        revision=1,
        entity_id="dinkes",
        kind=EntityKind.OPD,
        severity=4,
        score=0.9,
        reason="Sentimen negatif",
        title=article.title,
        url=article.url,
        outlet=article.outlet,
        published_at=NOON,
        raised_at=NOON,
    )
    disposed = ArticleDisposed(
        article_id=article.article_id,
        revision=1,
        service=Service.COLLECTOR,
        outcome=Outcome.PASSED,
        at=NOON,
        url=article.url,
        canonical_url=article.canonical_url,
    )
    send(publisher, "alerts.raised", alert, alert.model_copy(update={"severity": 5, "revision": 2}))
    send(publisher, "articles.disposed", disposed, disposed)
    until_equal(counted(es, settings, "alerts"), 1)
    until_equal(counted(es, settings, "dispositions", service="collector"), 1)
    assert counted(es, settings, "alerts", severity=4)() == 1


def test_a_restart_goes_on_where_it_was_committed(
    settings: SearchSettings, publisher: Publisher, es: Elasticsearch
) -> None:
    messages = many_routed(30)
    with running(settings):
        send(publisher, "articles.routed", *messages[:15])
        until_equal(counted(es, settings, "articles"), 15)
    send(publisher, "articles.routed", *messages[15:])
    with running(settings):
        until_equal(counted(es, settings, "articles"), 30)
        until_equal(counted(es, settings, "dispositions"), 30)


def test_a_deleted_index_comes_back_with_its_aliases(
    settings: SearchSettings, publisher: Publisher, indexer: None, es: Elasticsearch
) -> None:
    send(publisher, "articles.routed", *many_routed(3))
    until_equal(counted(es, settings, "articles"), 3)
    for index in es.indices.get(index=settings.names.articles_pattern()):
        es.indices.delete(index=index)
    send(publisher, "articles.routed", routed("https://kabar.contoh/sesudah"))
    until_equal(counted(es, settings, "articles"), 1)


def test_an_indexed_article_is_found_and_traced_through_the_api(
    settings: SearchSettings, publisher: Publisher, indexer: None, es: Elasticsearch, api: httpx.Client
) -> None:
    send(publisher, "articles.routed", routed(assignments=[assignment("dinkes", "opd", "negative")]))
    until_equal(lambda: api.get("/v1/articles", params={"opd": "dinkes"}).json().get("total"), 1)
    url = "https://kabar.contoh/berita/1/?utm_source=x#atas"
    until_equal(lambda: api.get("/v1/trace", params={"url": url}).status_code, 200)
    answer = api.get("/v1/trace", params={"url": url}).json()
    assert answer["stages"][0]["service"] == "search"
    assert answer["stages"][0]["outcome"] == "indexed"
    assert answer["status"] == "Sudah dapat dicari."
