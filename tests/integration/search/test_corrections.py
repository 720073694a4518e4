"""Corrections on a real broker and a real node: from the request to the statistics, through replays and death."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from contract.codec import encode
from contract.gazetteer import load_gazetteer
from contract.learnt import ArticleCorrected, ArticleGrouped, ArticleVanished
from contract.messages import ArticleRouted
from contract.topics import ARTICLES_CORRECTED
from elasticsearch import Elasticsearch
from embedded.ports import free_tcp_ports
from runtime.kafka import Publisher
from runtime.retry import BusyError
from search.adapters.elastic_annotations import ElasticAnnotations
from search.adapters.elastic_writer import ElasticStore
from search.app import build_api, run_export
from search.domain.annotation import Annotation
from search.domain.batch import Planned, Received
from search.domain.document import article_write
from search.domain.learning import Guard, Kept
from search.domain.overlay import apply
from search.overlaying import Overlaying
from search.settings import SearchSettings

from tests.builders.learnt import corrected, grouped, vanished, withdrawal
from tests.builders.routed import NOON, assignment, routed
from tests.integration.search.processes import Processes, running
from tests.serving import serving
from tests.waiting import until_equal

pytestmark = pytest.mark.stack

HOSPITAL = ("rsud-soetomo", "unit")
FIRST = routed("https://satu.contoh/berita", assignments=[assignment(*HOSPITAL, "negative")])
SECOND = routed("https://dua.contoh/berita", assignments=[assignment(*HOSPITAL, "negative")])
MONTH = FIRST.article.month
TONE = {"what": "tone", "expected": "neutral", "after": "negative", "by": "Siti Rahmawati"}
Message = ArticleRouted | ArticleCorrected | ArticleGrouped | ArticleVanished
TOPICS = {
    ArticleRouted: "articles.routed",
    ArticleCorrected: "articles.corrected",
    ArticleGrouped: "articles.grouped",
    ArticleVanished: "articles.vanished",
}


@pytest.fixture
def live(settings: SearchSettings, es: Elasticsearch) -> Iterator[httpx.Client]:
    """The gateway with the real clock: it waits for the indexer."""
    with serving(build_api(settings)) as made:
        yield made


def send(publisher: Publisher, *messages: Message) -> None:
    def key(one: Message) -> str:
        return one.article.article_id if isinstance(one, ArticleRouted) else one.article_id

    publisher.send_all([(TOPICS[type(one)], key(one), encode(one)) for one in messages])


def field(es: Elasticsearch, settings: SearchSettings, message: ArticleRouted, name: str) -> Callable[[], Any]:
    index = settings.names.articles_index(MONTH)

    def now() -> Any:
        found = es.options(ignore_status=404).get(index=index, id=message.article.article_id)
        return found.get("_source", {}).get(name)

    return now


def path(message: ArticleRouted) -> str:
    return f"/v1/articles/{message.article.article_id}/corrections"


def searchable(api: httpx.Client, *messages: ArticleRouted) -> None:
    for one in messages:
        until_equal(lambda one=one: api.get(f"/v1/articles/{one.article.article_id}").status_code, 200)


def test_a_correction_holds_through_a_replay_by_a_newer_model_and_is_what_statistics_count(
    settings: SearchSettings, publisher: Publisher, indexer: None, es: Elasticsearch, live: httpx.Client
) -> None:
    send(publisher, FIRST)
    searchable(live, FIRST)
    sent = {**TONE, "what": "sentiment", "entity": "rsud-soetomo", "expected": "negative", "after": "positive"}
    answer = live.post(path(FIRST), json=sent)
    assert (answer.status_code, answer.json()["current"]) == (200, "positive"), answer.text

    def counts() -> list[tuple[str, int, int]]:
        found = live.get("/v1/stats?group_by=unit&unit=rsud-soetomo").json()["buckets"]
        return [(one["key"], one["positive"], one["negative"]) for one in found]

    assert counts() == [("rsud-soetomo", 1, 0)]
    newer = routed("https://satu.contoh/berita", generation=7, assignments=[assignment(*HOSPITAL, "negative")])
    send(publisher, newer, FIRST)
    until_equal(field(es, settings, FIRST, "generation"), 7)
    assert field(es, settings, FIRST, "corrected")() is True
    es.indices.refresh(index=settings.names.articles_alias())
    assert counts() == [("rsud-soetomo", 1, 0)]
    assert live.get("/v1/articles?unit=rsud-soetomo&sentiment=negative").json()["total"] == 0


def test_of_two_officers_at_once_one_is_told_of_the_other(
    settings: SearchSettings, publisher: Publisher, indexer: None, es: Elasticsearch, live: httpx.Client
) -> None:
    send(publisher, FIRST)
    searchable(live, FIRST)
    gate, answers = threading.Barrier(2), dict[str, httpx.Response]()

    def click(after: str) -> None:
        gate.wait()
        answers[after] = httpx.post(f"{live.base_url}{path(FIRST)}", json={**TONE, "after": after, "by": f"Si {after}"})

    threads = [threading.Thread(target=click, args=(after,)) for after in ("negative", "positive")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(one.status_code for one in answers.values()) == [200, 409]
    winner = next(after for after, answer in answers.items() if answer.status_code == 200)
    (loser,) = (answer for answer in answers.values() if answer.status_code == 409)
    assert (loser.json()["current"], loser.json()["set_by"]) == (winner, f"Si {winner}")
    assert live.get(path(FIRST)).json()["total"] == 2
    assert field(es, settings, FIRST, "tone")() == winner


def test_without_an_indexer_it_is_pending_and_applied_once_there_is_one(
    settings: SearchSettings, publisher: Publisher, store: ElasticStore, es: Elasticsearch, live: httpx.Client
) -> None:
    store.write([article_write(FIRST, NOON)])
    searchable(live, FIRST)
    answer = live.post(path(FIRST), json=TONE)
    assert answer.status_code == 202
    with running(settings):
        until_equal(lambda: live.get(answer.json()["link"]).status_code, 200)
        assert field(es, settings, FIRST, "tone")() == "negative"


def test_without_a_broker_nothing_is_half_done(store: ElasticStore, processes: Processes) -> None:
    store.write([article_write(FIRST, NOON)])
    (port,) = free_tcp_ports(1)
    # A process of its own: the library leaves the sockets of refused connections to the collector of garbage.
    processes.start("api", PANTAU_KAFKA_BOOTSTRAP_SERVERS="127.0.0.1:9", PANTAU_SEARCH_API_PORT=str(port))

    def asked(method: str, **sent: Any) -> httpx.Response | None:
        try:
            return httpx.request(method, f"http://127.0.0.1:{port}{path(FIRST)}", timeout=20, **sent)
        except httpx.TransportError:
            return None

    until_equal(lambda: (found := asked("GET")) is not None and found.status_code, 200)
    answer, history = asked("POST", json=TONE), asked("GET")
    assert answer is not None
    assert history is not None
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert history.json()["total"] == 0


def test_a_death_between_annotation_and_article_is_healed_by_the_restart(
    settings: SearchSettings, publisher: Publisher, store: ElasticStore, es: Elasticsearch
) -> None:
    event = corrected("tone", "neutral", "negative", of=FIRST)
    send(publisher, FIRST, event)
    store.write([article_write(FIRST, NOON)])

    def die(_writes: Sequence[object]) -> list[Any]:
        raise RuntimeError("killed")

    dying = Overlaying(ElasticAnnotations(es, settings.names), load_gazetteer(), publisher)
    received = Received(ARTICLES_CORRECTED, "t", 0, 0, b"k", b"")
    with pytest.raises(RuntimeError, match="killed"):
        dying.settle([Planned(received, event=event)], die)
    assert ElasticAnnotations(es, settings.names).read([FIRST.article.article_id])
    assert field(es, settings, FIRST, "tone")() == "neutral"
    with running(settings):
        until_equal(field(es, settings, FIRST, "tone"), "negative")
        until_equal(lambda: es.count(index=settings.names.index("corrections"))["count"], 1)


def test_events_that_come_before_their_article_are_laid_over_it_when_it_comes(
    settings: SearchSettings, publisher: Publisher, indexer: None, es: Elasticsearch, live: httpx.Client
) -> None:
    send(
        publisher,
        corrected("tone", "neutral", "negative", of=FIRST),
        grouped(of=FIRST, story_outlets=6),
        vanished(of=FIRST),
    )
    until_equal(
        lambda: es.options(ignore_status=[404, 503]).count(index=settings.names.index("corrections")).get("count"), 1
    )
    send(publisher, FIRST)
    until_equal(field(es, settings, FIRST, "tone"), "negative")
    until_equal(field(es, settings, FIRST, "severity"), 4)
    until_equal(field(es, settings, FIRST, "vanished_how"), "gone_410")
    searchable(live, FIRST)
    (row,) = live.get(path(FIRST)).json()["items"]
    assert (row["outcome"], row["in_force"]) == ("applied", True)


def test_copies_inherit_through_the_broker_and_lose_it_with_the_withdrawal(
    settings: SearchSettings, publisher: Publisher, indexer: None, es: Elasticsearch
) -> None:
    send(publisher, FIRST, SECOND, grouped(of=FIRST, copy_group="salinan-1"))
    until_equal(field(es, settings, FIRST, "copy_group"), "salinan-1")
    event = corrected("sentiment", "negative", "neutral", *HOSPITAL, of=FIRST)
    send(publisher, event)
    send(publisher, grouped(of=SECOND, copy_group="salinan-1", copy_of=FIRST.article.article_id, first=False))
    until_equal(field(es, settings, SECOND, "corrected"), True)
    (row,) = [one for one in field(es, settings, SECOND, "mentions")() if one["id"] == "rsud-soetomo"]
    assert row["sentiment"] == "neutral"
    send(publisher, withdrawal(event))
    until_equal(field(es, settings, SECOND, "corrected"), False)
    until_equal(field(es, settings, FIRST, "corrected"), False)


def test_what_people_corrected_is_written_for_training(
    settings: SearchSettings, publisher: Publisher, es: Elasticsearch, tmp_path: Path
) -> None:
    out = tmp_path / "corrections.jsonl"
    assert run_export(settings, out) == 0
    assert out.read_text() == ""
    undone = corrected("severity", 2, 5, of=SECOND, number=2)
    with running(settings):
        send(publisher, FIRST, SECOND)
        until_equal(field(es, settings, SECOND, "revision"), 1)
        until_equal(field(es, settings, FIRST, "revision"), 1)
        send(publisher, corrected("tone", "neutral", "negative", of=FIRST), undone, withdrawal(undone))
        until_equal(field(es, settings, FIRST, "corrected"), True)
        until_equal(lambda: es.options(ignore_status=404).count(index=settings.names.index("corrections"))["count"], 3)
    assert run_export(settings, out) == 0
    (row,) = [json.loads(line) for line in out.read_text().splitlines()]
    assert (row["article_id"], row["what"], row["before"], row["after"], row["text"]) == (
        FIRST.article.article_id,
        "tone",
        "neutral",
        "negative",
        FIRST.article.text,
    )
    nobody = settings.model_copy(update={"elastic_urls": "http://127.0.0.1:9"})
    assert run_export(nobody, out) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["corrections.jsonl"]


def test_an_annotation_is_written_only_on_top_of_the_writing_that_was_read(
    settings: SearchSettings, store: ElasticStore, es: Elasticsearch
) -> None:
    annotations = ElasticAnnotations(es, settings.names)
    empty = Annotation(FIRST.article.article_id, MONTH)
    told = apply(empty, corrected("tone", "neutral", "negative", of=FIRST), None, load_gazetteer())
    assert annotations.read([empty.article_id]) == {}
    ((answer, guard),) = annotations.write([Kept(told)])
    assert (answer.status, guard is not None) == (201, True)
    assert annotations.guards([empty.article_id]) == {empty.article_id: guard}
    assert annotations.read([empty.article_id]) == {empty.article_id: Kept(told, guard)}
    statuses = [one.status for one, _ in annotations.write([Kept(empty)])]
    statuses += [one.status for one, _ in annotations.write([Kept(empty, Guard(99, 1))])]
    statuses += [one.status for one, _ in annotations.write([Kept(told, guard)])]
    assert statuses == [409, 409, 200]


def test_what_is_not_there_is_no_fault_and_what_cannot_be_read_is_told(
    settings: SearchSettings, store: ElasticStore, es: Elasticsearch
) -> None:
    annotations = ElasticAnnotations(es, settings.names)
    assert annotations.documents({"a" * 32: "2001.01", "b" * 32: "2026.11"}) == {}
    assert annotations.members(["salinan-1"], []) == []
    with Elasticsearch("http://127.0.0.1:9", max_retries=0) as nobody, pytest.raises(BusyError):
        ElasticAnnotations(nobody, settings.names).read(["a" * 32])
