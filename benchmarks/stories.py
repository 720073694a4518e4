"""Does a full index slow the stories? Groups articles against an empty shelf, then against a large one.

    python benchmarks/stories.py --stored 200000 --articles 400

Starts a node of its own (or uses PANTAU_TEST_STACK_PORTS), fills the signatures with invented articles of the last
thirty days, and prints articles per second and milliseconds per batch for both. Kafka takes no part.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from contract.ids import article_id
from elasticsearch import Elasticsearch, helpers
from embedded.testing import outside_or_temporary_stack
from runtime.elastic import client
from search.settings import SearchSettings
from search.stories.adapters.word_table import word_weights
from search.stories.app import build_shelf
from search.stories.domain.documents import SIGNATURES, member_document
from search.stories.domain.member import Piece, member_of
from search.stories.domain.signature import signature_of
from search.stories.grouper import Grouper

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
BATCH = 50
WORDS = 240
SIGNED = 3_000
COPIES = 0.3
"""Of the timed articles, those that copy one of the others."""


class Nowhere:
    """Takes events and forgets them."""

    def send_all(self, messages: Sequence[tuple[str, str, bytes]]) -> None: ...


def invented(number: int, rng: random.Random, vocabulary: list[str], at: datetime) -> Piece:
    """Return an article of words drawn by their frequency, with some names."""
    words = rng.choices(vocabulary, k=WORDS)
    names = [rng.choice(vocabulary).title() for _ in range(12)]
    for name in names:
        words[rng.randrange(1, WORDS)] = name
    text = "\n\n".join(f"{' '.join(words[start : start + 40])}." for start in range(0, WORDS, 40))
    return piece(f"n{number}", " ".join([*names[:3], *words[:6]]), text, f"media{number % 60}", at)


def piece(slug: str, title: str, text: str, outlet: str, at: datetime) -> Piece:
    return Piece(
        article_id=article_id(slug),
        version=1_000_000,
        month="2026.11",
        title=title,
        text=text,
        url=f"https://{outlet}.contoh/{slug}",
        outlet=outlet,
        outlet_name=outlet,
        tier=3,
        own_of=None,
        published_at=at,
        first_seen_at=at,
        tone="neutral",
    )


def timed_articles(count: int, vocabulary: list[str], seed: int) -> list[Piece]:
    rng = random.Random(seed)
    found: list[Piece] = []
    for number in range(count):
        at = NOW + timedelta(seconds=number)
        made = invented(seed * 10_000_000 + number, rng, vocabulary, at)
        if found and rng.random() < COPIES:
            source = rng.choice(found[-40:])
            text = source.text.split("\n\n", 1)[1]
            made = piece(f"c{seed}-{number}", source.title, text, f"media{number % 60}", at)
        found.append(made)
    return found


def stored(count: int, vocabulary: list[str], index: str) -> Iterator[dict[str, Any]]:
    """Yield documents of the shelf. A few are signed, the others mix their bands and words.

    So strangers share a band about ten times as often as real ones do, which is the harder case.
    """
    rng = random.Random(1)
    weights = word_weights()
    signed = []
    for number in range(min(count, SIGNED)):
        one = invented(number, rng, vocabulary, NOW)
        signed.append(member_document(member_of(one, signature_of(one.title, one.text, weights), None)))
    for number in range(count):
        name, source = article_id(f"stored{number}"), signed[number % len(signed)]
        at = (NOW - timedelta(seconds=30 * 86_400 * rng.random())).isoformat()
        mixed = {
            field: [rng.choice(signed)[field][place] for place in range(len(source[field]))]
            for field in ("bands", "key_words")
        }
        facts = {"article_id": name, "published_at": at, "first_seen_at": at, "settled": True}
        yield {"_index": index, "_id": name, "_source": {**source, **facts, **mixed}}


def run(grouper: Grouper, pieces: list[Piece]) -> tuple[float, list[float], float]:
    """Return articles per second, the seconds of each batch, and this process's own CPU seconds per article."""
    batches_s: list[float] = []
    began_cpu_s = time.process_time()
    for start in range(0, len(pieces), BATCH):
        began_s = time.perf_counter()
        grouper.handle(pieces[start : start + BATCH], NOW)
        batches_s.append(time.perf_counter() - began_s)
    return len(pieces) / sum(batches_s), batches_s, (time.process_time() - began_cpu_s) / len(pieces)


def show(name: str, rate: float, batches_s: list[float], cpu_s: float) -> None:
    ms = [f"{how(batches_s) * 1e3:.0f} ms" for how in (statistics.median, max)]
    own = f"own CPU {cpu_s * 1e3:.1f} ms each"
    print(f"{name:>24}: {rate:6.0f} articles/s, batch of {BATCH}: median {ms[0]}, longest {ms[1]}; {own}")


def measure(es: Elasticsearch, settings: SearchSettings, count: int, articles: int) -> None:
    shelf = build_shelf(settings, es)
    shelf.prepare()
    grouper = Grouper(shelf, Nowhere(), word_weights())
    table = word_weights().frequency
    vocabulary = [word for word, documents in table.items() for _ in range(max(1, documents // 40))]
    run(grouper, timed_articles(BATCH * 2, vocabulary, 2))
    show("empty", *run(grouper, timed_articles(articles, vocabulary, 3)))
    began_s = time.perf_counter()
    index = settings.names.index(SIGNATURES)
    for _ in helpers.streaming_bulk(es, stored(count, vocabulary, index), chunk_size=500):
        pass
    es.indices.refresh(index=index)
    print(f"{count} signatures written in {time.perf_counter() - began_s:.0f} s")
    run(grouper, timed_articles(BATCH * 2, vocabulary, 4))
    show(f"with {count}", *run(grouper, timed_articles(articles, vocabulary, 5)))
    size = es.indices.stats(index=index)["_all"]["primaries"]["store"]["size_in_bytes"]
    print(f"size of the signatures: {size / 1e6:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stored", type=int, default=200_000)
    parser.add_argument("--articles", type=int, default=400)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, outside_or_temporary_stack(Path(folder)) as stack:
        settings = SearchSettings(namespace="storiesbench-", elastic_urls=stack.elastic_url, elastic_timeout_s=60)
        es = client(settings)
        try:
            measure(es, settings, chosen.stored, chosen.articles)
        finally:
            for index in es.indices.get(index=f"{settings.namespace}*"):
                es.indices.delete(index=index)


if __name__ == "__main__":
    main()
