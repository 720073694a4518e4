"""The `replay` command: archived pages in, articles out, as lines or to the broker."""

import asyncio
import sys
from pathlib import Path
from typing import TextIO

from contract.codec import encode
from contract.topics import ARTICLES_COLLECTED
from runtime.elastic import client
from runtime.kafka import Publisher

from collector.adapters.state import ElasticFingerprints, Threads
from collector.replay import Replayed, replay
from collector.settings import CollectorSettings

BATCH = 100


class NoArchiveError(ValueError):
    """A file that is to be replayed is not there."""


def archive_files(settings: CollectorSettings, given: list[str]) -> list[Path]:
    """Return the WARC files in order of time: those given, or all of the archive's folder. Raises NoArchiveError."""
    missing = [name for name in given if not Path(name).is_file()]
    if missing:
        raise NoArchiveError(f"there is no archive file {missing[0]}")
    if given:
        return [Path(name) for name in given]
    return sorted(settings.collector_archive_dir.glob("*.warc.gz"))


def replay_to_lines(settings: CollectorSettings, paths: list[Path], out: TextIO) -> int:
    """Print one ArticleCollected per line, and what gave none to standard error; return 0."""
    made = failed = 0
    for one in replay(paths, generation=settings.collector_generation, terms=settings.text_terms):
        if one.message is None:
            failed += 1
            _complain(one)
            continue
        made += 1
        out.write(encode(one.message).decode() + "\n")
    print(f"{made} articles from {len(paths)} files, {failed} pages gave none", file=sys.stderr)
    return 0


def _complain(one: Replayed) -> None:
    print(f"{one.article_id} revision {one.revision} ({one.outcome_then} then): {one.detail[:300]}", file=sys.stderr)


def replay_to_kafka(settings: CollectorSettings, paths: list[Path]) -> int:
    """Publish again what was once published, in its newest extraction.

    The generation must be above the one of before, or the index keeps what it has; return 2 when it is 0. Only
    revisions that the fingerprints know are published, so that no test or abandoned try of the past comes to life.
    """
    if settings.collector_generation == 0:
        print("set PANTAU_COLLECTOR_GENERATION above the generation that is indexed, for example 1", file=sys.stderr)
        return 2
    publisher = Publisher(settings, client_id="replay")
    es = client(settings)
    threads = Threads()
    store = ElasticFingerprints(es, settings.names, threads)
    sent = left_out = 0
    try:
        batch: list[Replayed] = []
        for one in replay(paths, generation=settings.collector_generation, terms=settings.text_terms):
            batch.append(one)
            if len(batch) == BATCH:
                sent, left_out = _add((sent, left_out), _send(publisher, store, batch))
                batch = []
        sent, left_out = _add((sent, left_out), _send(publisher, store, batch))
    finally:
        publisher.close()
        threads.close()
        es.close()
    print(
        f"{sent} articles published again as generation {settings.collector_generation}, {left_out} left out",
        file=sys.stderr,
    )
    return 0


def _add(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]


def _send(publisher: Publisher, store: ElasticFingerprints, batch: list[Replayed]) -> tuple[int, int]:
    known = asyncio.run(store.get_many(sorted({one.article_id for one in batch})))
    messages = [
        (ARTICLES_COLLECTED.topic, one.article_id, encode(one.message))
        for one in batch
        if one.message is not None and one.article_id in known and 1 <= one.revision <= known[one.article_id].revision
    ]
    publisher.send_all(messages)
    return len(messages), len(batch) - len(messages)
