"""The stories on real engines: from the topic to the story's page, people's decisions, sudden death, a rebuild."""

import signal
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from contract.codec import decode, encode
from contract.ids import article_id
from contract.learnt import ArticleGrouped
from contract.messages import ArticleRouted
from elasticsearch import Elasticsearch
from embedded.ports import free_tcp_ports
from runtime.elastic import client
from runtime.kafka import Publisher
from search.adapters.elastic_library import ElasticLibrary
from search.adapters.elastic_writer import ElasticStore
from search.domain.document import article_write
from search.domain.filters import Filters
from search.settings import SearchSettings
from search.stories.app import build_shelf, run_rebuild
from search.stories.domain.incoming import piece_of
from search.stories.domain.member import member_of
from search.stories.domain.signature import signature_of
from search.stories.grouper import Grouper
from search.stories.shelf import FencedError

from tests.builders.overlaid import learnt_document
from tests.builders.routed import NOON, routed
from tests.fakes.memory_shelf import MemoryShelf
from tests.fakes.scan_library import ScanLibrary
from tests.fakes.story_bench import CLINIC, FLOOD, WEIGHTS, Post, piece
from tests.integration.search.processes import Processes
from tests.topics import everything
from tests.waiting import until, until_equal

pytestmark = pytest.mark.stack

SHORTENED = "\n\n".join(FLOOD.split("\n\n")[:2])


@pytest.fixture
def start(processes: Processes) -> Callable[[], subprocess.Popen[bytes]]:
    def begin() -> subprocess.Popen[bytes]:
        (port,) = free_tcp_ports(1)
        return processes.start(
            "stories", PANTAU_SEARCH_STORIES_HEALTH_PORT=str(port), PANTAU_SEARCH_STORIES_BATCH_SIZE="5"
        )

    return begin


def news(stories: int) -> list[ArticleRouted]:
    """Return so many events, each told by a first article and two copies of it."""
    found = []
    for number in range(stories):
        # Each story's words are its own, so that nothing but the copies belongs together.
        own = chr(97 + number // 26) + chr(97 + number % 26)
        text = "\n\n".join(" ".join(f"{word}{own}" for word in part.split()) for part in FLOOD.split("\n\n"))
        for place, kept in enumerate((text, text.rsplit("\n\n", 1)[0], text.split("\n\n", 1)[1])):
            found.append(
                routed(
                    f"https://media{place}.contoh/{number}",
                    title=f"Banjir{own} di Tempat{own} oleh media{place}",
                    text=kept,
                    outlet=f"media{place}",
                    published_at=NOON + timedelta(minutes=10 * number + place),
                )
            )
    return found


def send(publisher: Publisher, messages: list[ArticleRouted]) -> None:
    publisher.send_all([("articles.routed", one.article.article_id, encode(one)) for one in messages])


def grouped(settings: SearchSettings) -> list[ArticleGrouped]:
    """Return all events on the topic so far."""
    return [decode(one.value, ArticleGrouped) for one in everything(settings, "articles.grouped")]


def signatures(settings: SearchSettings, es: Elasticsearch) -> dict[str, dict[str, object]]:
    index = settings.names.index("signatures")
    if not es.indices.exists(index=index):
        return {}
    es.indices.refresh(index=index)
    return {hit["_id"]: hit["_source"] for hit in es.search(index=index, size=1000)["hits"]["hits"]}


def test_deaths_in_the_middle_change_no_story_and_a_second_process_stands_by(
    settings: SearchSettings, es: Elasticsearch, publisher: Publisher, start: Callable[[], subprocess.Popen[bytes]]
) -> None:
    messages = news(30)
    send(publisher, messages)
    for seen in (10, 40):
        process = start()
        until(lambda seen=seen: len(signatures(settings, es)) > seen, what=f"more than {seen} signatures", pause_s=0.02)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    first, second = start(), start()

    def settled() -> int:
        return sum(bool(one.get("settled")) for one in signatures(settings, es).values())

    until_equal(settled, len(messages), what="articles grouped")
    latest: dict[str, ArticleGrouped] = {}
    for event in grouped(settings):
        known = latest.get(event.article_id)
        if known is None or known.sequence <= event.sequence:
            latest[event.article_id] = event
    assert len(latest) == len(messages)
    for number in range(30):
        ids = [article_id(f"https://media{place}.contoh/{number}") for place in range(3)]
        assert len({latest[one].story_id for one in ids}) == 1
        assert [latest[one].copy_of for one in ids] == [None, ids[0], ids[0]]
    assert len({event.story_id for event in latest.values()}) == 30
    for process in (first, second):
        process.send_signal(signal.SIGTERM)
    assert [process.wait(20) for process in (first, second)] == [0, 0]


def test_a_story_is_told_merged_split_and_survives_a_rebuild(
    settings: SearchSettings,
    es: Elasticsearch,
    store: ElasticStore,
    *,
    api: httpx.Client,
    publisher: Publisher,
    start: Callable[[], subprocess.Popen[bytes]],
) -> None:
    messages = [
        routed("https://kabar.contoh/a", title="Banjir Kali Lamong Rendam Benjeng", text=FLOOD, outlet="kabar"),
        routed(
            "https://warta.contoh/b",
            title="Ribuan Rumah Terendam",
            text=SHORTENED,
            outlet="warta",
            published_at=NOON + timedelta(hours=1),
        ),
        routed("https://suara.contoh/c", title="Antrean Poli Jantung Soetomo", text=CLINIC, outlet="suara"),
    ]
    a, b, c = (one.article.article_id for one in messages)
    store.write([article_write(one, NOON) for one in messages])
    es.indices.refresh(index=settings.names.articles_alias())
    send(publisher, messages)
    start()
    until_equal(lambda: len(signatures(settings, es)), 3, what="articles grouped")
    until_equal(lambda: api.get("/v1/stories?min_articles=2").json()["total"], 1, what="stories listed")
    story = api.get(f"/v1/stories/{b}").json()
    assert [one["id"] for one in story["members"]] == [a, b]
    assert story["members"][1]["changes"]["summary"] == "judul diganti, 2 paragraf dibuang"

    sent = {"other": c, "by": "Rini", "why": "uji", "version": story["version"]}
    merged = api.post(f"/v1/stories/{story['id']}/merge", json=sent)
    assert (merged.status_code, merged.json()["stories"]) == (200, [{"id": story["id"], "articles": 3}])
    late = api.post(
        f"/v1/stories/{story['id']}/split", json={"articles": [b], "by": "Budi", "version": story["version"]}
    )
    assert late.status_code == 409

    version = api.get(f"/v1/stories/{a}").json()["version"]
    sent = {"articles": [b], "by": "Budi", "why": "bukan itu", "version": version}
    assert api.post(f"/v1/stories/{a}/split", json=sent).status_code == 200
    before = {one: source["grouping"] for one, source in signatures(settings, es).items()}
    assert run_rebuild(settings) == 0
    after = {one: source["grouping"] for one, source in signatures(settings, es).items()}
    assert after == before
    story = api.get(f"/v1/stories/{a}").json()
    assert {one["id"] for one in story["members"]} == {a, c}
    assert [one["verb"] for one in story["decided"]] == ["split", "merge"]


def test_elasticsearch_gives_the_candidates_that_a_look_at_everything_gives(
    settings: SearchSettings, es: Elasticsearch
) -> None:
    shelf, memory = build_shelf(settings, es), MemoryShelf()
    shelf.prepare()
    texts = [FLOOD, SHORTENED, CLINIC, CLINIC.rsplit("\n\n", 1)[0], FLOOD.split("\n\n", 1)[1]]
    members = [
        member_of(one, signature_of(one.title, one.text, WEIGHTS), None)
        for place, text in enumerate(texts)
        for one in (piece(f"p{place}", text, hours=place * 24 * 9),)
    ]
    for each in (shelf, memory):
        each.write(members, {})
    expected = {one: sorted(found) for one, found in memory.candidates(members).items()}
    assert {one: sorted(set(found)) for one, found in shelf.candidates(members).items()} == expected
    assert {one: kept.member for one, kept in shelf.read([m.article_id for m in members]).items()} == {
        m.article_id: m for m in members
    }
    with pytest.raises(FencedError):
        shelf.write(members[:1], {})


def test_stories_are_found_and_counted_by_what_people_said(
    settings: SearchSettings, es: Elasticsearch, store: ElasticStore, api: httpx.Client
) -> None:
    shelf = build_shelf(settings, es)
    shelf.prepare()
    flood = routed("https://kabar.contoh/a", title="Banjir Kali Lamong Rendam Benjeng", text=FLOOD)
    queue = routed("https://suara.contoh/c", title="Antrean Poli Jantung Soetomo", text=CLINIC)
    Grouper(shelf, Post(), WEIGHTS).handle([piece_of(flood), piece_of(queue)], NOON)
    a, c = flood.article.article_id, queue.article.article_id
    said = {a: {"tone": "negative", "corrected": True}, c: {"tone_uncertain": True}}
    for one in (flood, queue):
        write = article_write(one, NOON)
        store.write([replace(write, source=write.source | {"story_id": write.id} | said[write.id])])
    es.indices.refresh(index=f"{settings.namespace}*")

    def found(**asked: str) -> list[str]:
        return sorted(one["id"] for one in api.get("/v1/stories", params=asked).json()["items"])

    assert (found(tone="negative"), found(tone="neutral"), found()) == ([a], [c], sorted((a, c)))
    tones = {one["id"]: one["tones"] for one in api.get("/v1/stories").json()["items"]}
    assert (tones[a]["negative"], tones[c]["needs_reading"], tones[c]["total"]) == (1, 1, 1)


def test_what_stories_say_is_what_a_scan_of_their_articles_says(
    filled_settings: SearchSettings, filled: list[ArticleRouted]
) -> None:
    library = ElasticLibrary(client(filled_settings), filled_settings.names)
    scan = ScanLibrary(learnt_document(message) for message in filled)
    cases = (Filters(), Filters(corrected=True), Filters(tone=("needs_reading",)), Filters(origin=("earned",)))
    for filters in cases:
        assert library.story_ids(filters) == scan.story_ids(filters) != ()
    ids = scan.story_ids(Filters())
    assert library.story_facts(ids) == scan.story_facts(ids) != {}
    assert library.story_facts(["cerita-lain"]) == library.story_facts([]) == {}


def test_what_ended_is_forgotten_story_by_story(settings: SearchSettings, es: Elasticsearch) -> None:
    shelf, memory = build_shelf(settings, es), MemoryShelf()
    shelf.prepare()
    pieces = [
        piece("a"),
        piece("b", outlet="warta", hours=29 * 24),
        piece("c", CLINIC, title="Antrean Poli Jantung"),
        piece("d", CLINIC, title="Antrean Poli Lagi", outlet="suara", hours=45 * 24),
        piece("e", "Pasar ikan Lekok dibuka kembali oleh bupati pada Selasa pagi.", seen=NOON + timedelta(days=20)),
    ]
    for each in (shelf, memory):
        Grouper(each, Post(), WEIGHTS).handle(pieces, NOON)
    forgotten = []
    for days in (0, 1, 25, 30, 60):
        before = NOON + timedelta(days=days)
        forgotten.append(memory.forget(before))
        assert shelf.forget(before) == forgotten[-1]
        assert set(signatures(settings, es)) == set(memory.documents)
    assert (sum(forgotten), memory.documents) == (5, {})
