"""The composition root: the only place that knows both the domain and what stands around it."""

import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from contract.gazetteer import load_gazetteer
from contract.ids import month_of
from contract.outcomes import Service
from elasticsearch import Elasticsearch
from fastapi import FastAPI
from runtime.clock import Clock, SystemClock
from runtime.elastic import client
from runtime.health import Health, HealthServer
from runtime.kafka import SEND_TIMEOUT_S, create_topics, kafka_problem
from runtime.progress import Progress
from runtime.retry import BusyError, FailureStreak
from runtime.shutdown import Shutdown

from search.adapters.elastic_annotations import ElasticAnnotations
from search.adapters.elastic_cursor_key import ElasticCursorKey
from search.adapters.elastic_export import corrected_articles
from search.adapters.elastic_library import ElasticLibrary
from search.adapters.elastic_notes import ElasticNotes
from search.adapters.elastic_reindex import Reindexer, ReindexError
from search.adapters.elastic_writer import ElasticStore
from search.adapters.kafka_events import PERSON_WAITS_S, KafkaEvents
from search.adapters.kafka_reader import KafkaReader
from search.api.app import create_app
from search.api.gateway import Gateway
from search.batch_loop import BatchLoop, policy_of
from search.correcting import CorrectionDesk
from search.domain.desk import Desk
from search.domain.template import templates
from search.domain.training import training_rows
from search.domain.vocabulary import vocabulary_of
from search.indexer import Indexer
from search.overlaying import Overlaying
from search.settings import SearchSettings
from search.stories.adapters.elastic_archive import ElasticArchive
from search.stories.desk import StoryDesk

logger = logging.getLogger(__name__)

START_WAIT_S = 2.0


def index_templates(settings: SearchSettings) -> dict[str, dict[str, Any]]:
    """Return the index templates by name, as the indexer puts them."""
    return templates(
        load_gazetteer(), settings.names, replicas=settings.search_replicas, refresh_s=settings.search_refresh_s
    )


def build_store(settings: SearchSettings) -> ElasticStore:
    return ElasticStore(
        client(settings), settings.names, index_templates(settings), max_bytes=settings.search_bulk_max_bytes
    )


def build_health(settings: SearchSettings, store: ElasticStore, progress: Progress, clock: Clock) -> Health:
    return Health(
        Service.SEARCH,
        live={"progress": lambda: progress.problem(clock.monotonic_s())},
        ready={"elasticsearch": store.problem, "kafka": lambda: kafka_problem(settings)},
    )


def run_indexer(settings: SearchSettings, shutdown: Shutdown, clock: Clock | None = None) -> None:
    """Run the indexer until the end is asked for. It waits for Kafka and Elasticsearch, in whatever order they come.

    Raises TooManyDeadLettersError when one message after another fails.
    """
    clock = clock or SystemClock()
    store = build_store(settings)
    progress = Progress(settings.stuck_after_s)
    server = HealthServer(
        build_health(settings, store, progress, clock),
        host=settings.health_host,
        port=settings.search_index_health_port,
    ).start()
    try:
        if not wait_for("Elasticsearch", lambda: store.prepare(month_of(clock.now())), shutdown):
            return
        if not wait_for("Kafka", lambda: create_topics(settings), shutdown):
            return
        _consume(settings, shutdown, clock, store, progress)
    finally:
        server.stop()


def _consume(
    settings: SearchSettings, shutdown: Shutdown, clock: Clock, store: ElasticStore, progress: Progress
) -> None:
    reader = KafkaReader(settings, batch_size=settings.search_batch_size)
    letters = KafkaEvents(settings, client_id="search", timeout_s=SEND_TIMEOUT_S)
    try:
        logger.info("the indexer reads %s", settings.kafka_bootstrap_servers)
        loop = BatchLoop(
            service=Service.SEARCH,
            reader=reader,
            letters=letters,
            clock=clock,
            shutdown=shutdown,
            progress=progress,
            policy=policy_of(settings),
            streak=FailureStreak(settings.dead_letters_in_a_row),
        )
        annotations = ElasticAnnotations(client(settings), settings.names)
        Indexer(loop, store, Overlaying(annotations, load_gazetteer(), letters)).run()
        logger.info("the indexer ends as asked")
    finally:
        reader.close()
        letters.close()


def wait_for(what: str, do: Callable[[], object], shutdown: Shutdown) -> bool:
    """Try until it works; False when the end is asked for first."""
    while not shutdown.requested:
        try:
            do()
        except BusyError as error:
            logger.warning("waiting for %s: %s", what, error)
            shutdown.wait(START_WAIT_S)
        else:
            return True
    return False


def cursor_key(settings: SearchSettings, es: Elasticsearch) -> Callable[[], bytes]:
    """Return where the key of cursors comes from: the setting, or the installation's own in Elasticsearch."""
    if settings.search_cursor_key is not None:
        given = settings.search_cursor_key.get_secret_value().encode()
        return lambda: given
    return ElasticCursorKey(es, settings.names, replicas=settings.search_replicas)


def build_api(settings: SearchSettings, clock: Clock | None = None) -> FastAPI:
    """Return the gateway on the cluster that the settings name."""
    clock = clock or SystemClock()
    gazetteer = load_gazetteer()
    es = client(settings)
    library = ElasticLibrary(es, settings.names, pit_keep_alive_s=settings.search_pit_keep_alive_s)
    events = KafkaEvents(settings, client_id="search-api", timeout_s=PERSON_WAITS_S)
    corrections = CorrectionDesk(library, ElasticNotes(es, settings.names), events, gazetteer, clock)
    stories = StoryDesk(ElasticArchive(es, settings.names), clock)
    gateway = Gateway(
        library,
        gazetteer,
        vocabulary_of(gazetteer),
        clock,
        cursor_key(settings, es),
        Desk(corrections=corrections, stories=stories),
    )
    app = create_app(gateway, Health("search-api", ready={"elasticsearch": library.problem}))
    app.state.corrections = corrections
    app.router.lifespan_context = closing_at_the_end(events)
    app.state.stories = stories
    return app


def closing_at_the_end(events: KafkaEvents) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Return the application's life, at whose end the producer is closed."""

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        yield
        events.close()

    return life


def run_api(settings: SearchSettings) -> None:
    """Serve the gateway until SIGTERM or SIGINT, then finish the requests under way."""
    # uvicorn raises the signal again once it has ended; caught here, the process ends with 0 instead of by the signal.
    Shutdown().install()
    uvicorn.run(
        build_api(settings),
        host=settings.search_api_host,
        port=settings.search_api_port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )


def run_reindex(settings: SearchSettings, *, months: list[str] | None, keep_old: bool) -> int:
    """Rebuild the months given, or all; return the exit code. What failed still serves from its old index."""
    store = build_store(settings)
    reindexer = Reindexer(client(settings), settings.names)
    failed = 0
    try:
        store.prepare(month_of(SystemClock().now()))
        for month in months or reindexer.months():
            try:
                swap = reindexer.rebuild(month, keep_old=keep_old)
            except ReindexError as error:
                failed += 1
                logger.error("%s was not rebuilt: %s", month, error)  # noqa: TRY400 - the message says it all
            else:
                print(f"{month}: {swap.old} -> {swap.new}")
    except BusyError as error:
        logger.error("%s", error)  # noqa: TRY400 - the message says it all
        return 1
    return 1 if failed else 0


def run_export(settings: SearchSettings, out: Path) -> int:
    """Write what people's corrections teach as JSON lines, whole or not at all; return the exit code."""
    partial = out.with_name(f".{out.name}.partial")
    written = 0
    try:
        with partial.open("w", encoding="utf-8") as file:
            for annotation, document in corrected_articles(client(settings), settings.names):
                for row in training_rows(annotation, document):
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
                    written += 1
        partial.replace(out)
    except (BusyError, OSError) as error:
        partial.unlink(missing_ok=True)
        logger.error("the corrections were not written: %s", error)  # noqa: TRY400 - the message says it all
        return 1
    print(f"{out}: {written} corrections")
    return 0
