"""The indexer is killed again and again while people correct and stories form: every article ends as it must."""

import random
import signal
import subprocess
from dataclasses import dataclass
from typing import Any

import pytest
from contract.codec import encode
from contract.learnt import ArticleCorrected, ArticleGrouped, ArticleVanished
from contract.messages import ArticleRouted
from elasticsearch import Elasticsearch
from runtime.kafka import Publisher
from search.adapters.elastic_writer import ElasticStore
from search.settings import SearchSettings

from tests.builders.learnt import corrected, grouped, vanished, withdrawal
from tests.builders.routed import many_routed
from tests.fakes.correction_line import CorrectionLine
from tests.integration.search.processes import Processes
from tests.waiting import until, until_equal

pytestmark = pytest.mark.stack

WAIT_S = 90.0
ARTICLES = 60
DEATHS = 4
# Moments of this run, which no two runs share, and what stands beside the document for the desk alone.
OF_THE_RUN = ("indexed_at",)

TOPICS = {
    ArticleCorrected: "articles.corrected",
    ArticleGrouped: "articles.grouped",
    ArticleVanished: "articles.vanished",
}

Learnt = ArticleCorrected | ArticleGrouped | ArticleVanished


def events_of(messages: list[ArticleRouted], rng: random.Random) -> list[Learnt]:
    """Return what people, stories and the collector say of the articles."""
    found: list[Learnt] = []
    for number, one in enumerate(messages):
        found.append(grouped(1, of=one, copy_group=f"salinan-{number % 12}", story_outlets=rng.choice([1, 3, 6])))
        is_corrected = rng.random() < 0.4
        if is_corrected:
            after = rng.choice(["positive", "neutral", "negative"])
            event = corrected("tone", str(one.reading.tone.label), after, number=1, of=one)
            found.append(event)
            found += [withdrawal(event)] if rng.random() < 0.3 else []
        if rng.random() < 0.3:
            found.append(corrected("severity", one.reading.severity, rng.randint(1, 5), number=2, of=one))
        if rng.random() < 0.2:
            found.append(vanished(rng.choice(["gone_410", "redirect_home"]), of=one))
        # Whether a correction is handed on as its article leaves the group is a matter of who comes first.
        if not is_corrected and rng.random() < 0.5:
            found.append(grouped(2, of=one, copy_group=f"salinan-{rng.randrange(12)}", story_outlets=2))
    return found


def expected_of(messages: list[ArticleRouted], events: list[Learnt]) -> dict[str, dict[str, Any]]:
    line = CorrectionLine()
    line.route(*messages)
    for event in events:
        line.learn(event)
        line.settle()
    return {key: without(document) for key, (document, _) in line.shelf.articles.items()}


def without(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key not in OF_THE_RUN}


@dataclass
class Bench:
    """The indexer as a process of its own, and what stands in the store."""

    processes: Processes
    settings: SearchSettings
    es: Elasticsearch
    expected: dict[str, dict[str, Any]]

    def start(self) -> "subprocess.Popen[bytes]":
        return self.processes.start("index", PANTAU_SEARCH_INDEX_HEALTH_PORT="0", PANTAU_SEARCH_BATCH_SIZE="7")

    def found(self) -> dict[str, dict[str, Any]]:
        alias = self.settings.names.articles_alias()
        self.es.indices.refresh(index=alias)
        hits = self.es.search(index=alias, size=ARTICLES)["hits"]["hits"]
        return {hit["_id"]: without(hit["_source"]) for hit in hits}

    def annotated(self) -> int:
        index = self.settings.names.index("annotations")
        self.es.indices.refresh(index=index)
        return int(self.es.count(index=index)["count"])

    def difference(self) -> str:
        now = self.found()
        fields = {
            key: {name for name in one if now.get(key, {}).get(name) != one[name]}
            for key, one in self.expected.items()
            if now.get(key) != one
        }
        return f"{len(fields)} of {ARTICLES} differ: {dict(list(fields.items())[:3])}"


def test_no_death_changes_what_an_article_says(
    settings: SearchSettings, store: ElasticStore, es: Elasticsearch, publisher: Publisher, processes: Processes
) -> None:
    messages = many_routed(ARTICLES)
    events = events_of(messages, random.Random(11))
    bench = Bench(processes, settings, es, expected_of(messages, events))
    assert any(one["corrected"] for one in bench.expected.values())
    routed = [("articles.routed", one.article.article_id, encode(one)) for one in messages]
    publisher.send_all(routed)
    process = bench.start()
    until_equal(lambda: len(bench.found()), ARTICLES, what="articles indexed", within_s=WAIT_S)
    publisher.send_all([(TOPICS[type(one)], one.article_id, encode(one)) for one in events])
    publisher.send_all(routed[: ARTICLES // 2])
    for death in range(1, DEATHS + 1):
        far = death * ARTICLES // (DEATHS + 1)
        until(lambda far=far: bench.annotated() >= far, what=f"{far} annotated", pause_s=0.02, state=bench.annotated)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        process = bench.start()
    until(
        lambda: bench.found() == bench.expected,
        what="every article says what it must",
        within_s=WAIT_S,
        state=bench.difference,
    )
