"""Puts the stories' process together: reader, shelf, events, and the rebuilding of all stories."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from contract.outcomes import Service
from elasticsearch import ApiError, Elasticsearch, TransportError, helpers
from runtime.clock import Clock, SystemClock
from runtime.elastic import busy_if_passing, client
from runtime.health import Health, HealthServer
from runtime.kafka import SEND_TIMEOUT_S, kafka_problem, wait_for_topics
from runtime.progress import Progress
from runtime.retry import BusyError, FailureStreak
from runtime.shutdown import Shutdown

from search.adapters.kafka_events import KafkaEvents
from search.batch_loop import BatchLoop, policy_of
from search.settings import SearchSettings
from search.stories.adapters.elastic_shelf import ElasticShelf
from search.stories.adapters.routed_reader import RoutedReader
from search.stories.adapters.word_table import word_weights
from search.stories.domain.documents import templates
from search.stories.domain.incoming import piece_from
from search.stories.domain.member import Piece
from search.stories.grouper import Grouper
from search.stories.shelf import FencedError
from search.stories.worker import PASSING, Worker

logger = logging.getLogger(__name__)

START_WAIT_S = 2.0
REBUILD_BATCH = 50
REBUILD_TRIES = 5


def build_shelf(settings: SearchSettings, es: Elasticsearch) -> ElasticShelf:
    made = templates(settings.names, replicas=settings.search_replicas, refresh_s=settings.search_refresh_s)
    return ElasticShelf(es, settings.names, made)


def build_grouper(settings: SearchSettings, shelf: ElasticShelf, events: KafkaEvents) -> Grouper:
    return Grouper(shelf, events, word_weights(), keep=timedelta(days=settings.search_stories_keep_days))


def run_stories(settings: SearchSettings, shutdown: Shutdown, clock: Clock | None = None) -> None:
    """Group articles until the end is asked for. Waits for Kafka and Elasticsearch, in whatever order they come.

    Raises TooManyDeadLettersError when one message after another fails.
    """
    clock = clock or SystemClock()
    shelf = build_shelf(settings, client(settings))
    progress = Progress(settings.stuck_after_s)
    health = Health(
        Service.STORIES,
        live={"progress": lambda: progress.problem(clock.monotonic_s())},
        ready={"elasticsearch": shelf.problem, "kafka": lambda: kafka_problem(settings)},
    )
    server = HealthServer(health, host=settings.health_host, port=settings.search_stories_health_port).start()
    try:
        if _prepared(shelf, shutdown) and wait_for_topics(settings, shutdown):
            _consume(settings, shutdown, clock, shelf, progress)
    finally:
        server.stop()


def _prepared(shelf: ElasticShelf, shutdown: Shutdown) -> bool:
    while not shutdown.requested:
        try:
            shelf.prepare()
        except BusyError as error:
            logger.warning("waiting for Elasticsearch: %s", error)
            shutdown.wait(START_WAIT_S)
        else:
            return True
    return False


def _consume(
    settings: SearchSettings, shutdown: Shutdown, clock: Clock, shelf: ElasticShelf, progress: Progress
) -> None:
    reader = RoutedReader(settings, batch_size=settings.search_stories_batch_size)
    events = KafkaEvents(settings, client_id=Service.STORIES, timeout_s=SEND_TIMEOUT_S)
    try:
        logger.info("stories are made of what %s brings", settings.kafka_bootstrap_servers)
        loop = BatchLoop(
            service=Service.STORIES,
            reader=reader,
            letters=events,
            clock=clock,
            shutdown=shutdown,
            progress=progress,
            policy=policy_of(settings),
            streak=FailureStreak(settings.dead_letters_in_a_row),
            passing=PASSING,
        )
        Worker(loop, build_grouper(settings, shelf, events)).run()
        logger.info("the stories end as asked")
    finally:
        reader.close()
        events.close()


def run_rebuild(settings: SearchSettings, clock: Clock | None = None) -> int:
    """Make the signature and the story of every indexed article anew; return the exit code.

    What people decided is kept, and so are the names of the stories. The process that groups new articles may go
    on: whoever of the two comes second notices and does its batch again.
    """
    clock = clock or SystemClock()
    es = client(settings)
    shelf = build_shelf(settings, es)
    events = KafkaEvents(settings, client_id=f"{Service.STORIES}-rebuild", timeout_s=SEND_TIMEOUT_S)
    done = sent = 0
    try:
        shelf.prepare()
        grouper = build_grouper(settings, shelf, events)
        articles = _articles(settings, es)
        while batch := list(islice(articles, REBUILD_BATCH)):
            sent += _regrouped(grouper, batch, clock)
            done += len(batch)
    except (BusyError, FencedError) as error:
        logger.error("rebuilt %d articles, then: %s", done, error)  # noqa: TRY400 - the message says it all
        return 1
    finally:
        events.close()
    print(f"{done} articles grouped anew, {sent} groupings changed")
    return 0


def _regrouped(grouper: Grouper, batch: list[Piece], clock: Clock) -> int:
    for _ in range(REBUILD_TRIES - 1):
        try:
            return grouper.handle(batch, clock.now(), again=True)
        except FencedError:
            logger.info("the other process wrote meanwhile; once more")
    return grouper.handle(batch, clock.now(), again=True)


def _articles(settings: SearchSettings, es: Elasticsearch) -> Iterator[Piece]:
    wanted = [
        *("article_id", "revision", "generation", "month", "title", "text", "canonical_url", "outlet", "outlet_name"),
        *("tier", "own_of", "published_at", "first_seen_at", "tone", "tone_uncertain", "opd", "unit"),
    ]
    query = {"query": {"match_all": {}}, "_source": wanted, "sort": ["published_at"]}
    try:
        hits = helpers.scan(
            es, index=settings.names.articles_alias(), query=query, size=REBUILD_BATCH, preserve_order=True
        )
        for hit in hits:
            yield piece_from(hit["_source"])
    except (ApiError, TransportError) as error:
        raise busy_if_passing(error) or error from error
