"""Puts the collector together: the only file that knows both what decides and what reaches outside."""

import asyncio
import logging
import random
import signal
from collections.abc import Callable
from dataclasses import dataclass

from contract.outcomes import Service
from elasticsearch import Elasticsearch
from runtime.clock import Clock, SystemClock
from runtime.elastic import client, elastic_problem
from runtime.health import Health, HealthServer
from runtime.kafka import Publisher, create_topics, kafka_problem
from runtime.retry import BusyError, RetryPolicy

from collector.adapters.archive import WarcArchive
from collector.adapters.bodies import body_reader
from collector.adapters.connect import Resolver, system_resolver
from collector.adapters.fetch import PoliteFetcher
from collector.adapters.http import HttpClient, HttpTerms
from collector.adapters.indices import ensure_indices
from collector.adapters.publish import KafkaOutbox
from collector.adapters.state import ElasticFetchStates, ElasticFingerprints, Threads
from collector.adapters.workers import WorkThreads
from collector.domain.ports import Archive, FetchStateStore, FingerprintStore, Outbox
from collector.domain.sources import Registry
from collector.intake import Intake, IntakeTerms
from collector.loop import CollectorLoop, LoopTerms
from collector.poller import Poller, PollerTerms
from collector.reader import ArticleReader, ReaderTerms
from collector.settings import CollectorSettings

logger = logging.getLogger(__name__)

EXTRACT_THREADS = 2


class PortTakenError(RuntimeError):
    """The health port cannot be listened on; most likely another collector runs."""


def build_fetcher(
    settings: CollectorSettings, *, clock: Clock, resolver: Resolver = system_resolver
) -> tuple[HttpClient, PoliteFetcher]:
    """Return the HTTP client, to be closed by the caller, and the polite fetcher over it."""
    http = HttpClient(
        HttpTerms(
            user_agent=settings.user_agent,
            total_s=settings.collector_request_total_s,
            connect_s=settings.collector_connect_s,
            read_s=settings.collector_read_s,
            max_connections=settings.collector_max_open * 2,
        ),
        settings.allowed,
        clock=clock,
        resolver=resolver,
    )
    fetcher = PoliteFetcher(
        http,
        clock=clock,
        spacing_s=settings.collector_host_spacing_s,
        quick_hosts=settings.quick_hosts,
        quick_spacing_s=settings.collector_private_spacing_s,
        max_open=settings.collector_max_open,
        max_redirects=settings.collector_max_redirects,
        robots_terms=settings.robots_terms,
    )
    return http, fetcher


@dataclass
class App:
    """A collector that is ready to run, and what must be closed after it."""

    loop: CollectorLoop
    http: HttpClient
    workers: WorkThreads

    async def run(self) -> None:
        """Run until `loop.stop()`; close the HTTP side behind it."""
        try:
            await self.loop.run()
        finally:
            await self.http.close()
            self.workers.close()


def build_app(
    settings: CollectorSettings,
    registry: Registry,
    *,
    clock: Clock,
    states: FetchStateStore,
    store: FingerprintStore,
    outbox: Outbox,
    archive: Archive,
    resolver: Resolver = system_resolver,
    luck: Callable[[], float] = random.random,
) -> App:
    """Return the collector over the given stores and outbox. Makes no connection."""
    http, fetcher = build_fetcher(settings, clock=clock, resolver=resolver)
    workers = WorkThreads(EXTRACT_THREADS, limit_s=settings.collector_extract_s)
    reader = ArticleReader(
        fetcher,
        workers=workers,
        terms=ReaderTerms(settings.collector_page_bytes, settings.collector_article_pages),
        text_terms=settings.text_terms,
    )
    intake = Intake(
        sources={source.id: source for source in registry.enabled},
        store=store,
        outbox=outbox,
        archive=archive,
        reader=reader,
        clock=clock,
        luck=luck,
        terms=IntakeTerms(settings.revisit_policy, settings.collector_generation, settings.collector_claim_grace_s),
    )
    poller = Poller(
        states=states, store=store, fetcher=fetcher, workers=workers, clock=clock, luck=luck,
        read_body=body_reader(
            sitemap_bytes=settings.collector_sitemap_bytes, sitemap_entries=settings.collector_sitemap_entries
        ),
        terms=PollerTerms(
            poll=settings.poll_terms,
            items=settings.item_terms,
            revisit=settings.revisit_policy,
            feed_bytes=settings.collector_feed_bytes,
            sitemap_bytes=settings.collector_sitemap_bytes,
            sitemap_children=settings.collector_sitemap_children,
        ),
    )  # fmt: skip
    loop = CollectorLoop(
        sources=registry.enabled, states=states, store=store, poller=poller, intake=intake, clock=clock,
        terms=LoopTerms(settings.collector_max_waiting, settings.collector_stagger_s),
    )  # fmt: skip
    return App(loop, http, workers)


def build_health(settings: CollectorSettings, registry: Registry, es: Elasticsearch) -> Health:
    """Return the checks that hold from the start: the registry is loaded by now, broker and store must answer."""
    health = Health(Service.COLLECTOR.value)
    health.ready["registry"] = lambda: None if registry.enabled else "no source of the registry is enabled"
    health.ready["kafka"] = lambda: kafka_problem(settings)
    health.ready["elasticsearch"] = lambda: elastic_problem(es)
    return health


def heartbeat(loop: CollectorLoop, clock: Clock, limit_s: float) -> Callable[[], str | None]:
    """Return the check that the loop goes round."""

    def check() -> str | None:
        silent_s = clock.monotonic_s() - loop.beat_at_s
        return None if silent_s < limit_s else f"the loop has been silent for {silent_s:.0f} s"

    return check


async def serve(settings: CollectorSettings, registry: Registry) -> None:
    """Run the collector on the real broker and store until SIGTERM or SIGINT; waits for both, in whatever order."""
    clock = SystemClock()
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    if not registry.enabled:
        logger.warning("no source of %s is enabled: nothing will be polled", settings.collector_registry)
    es = client(settings)
    health = build_health(settings, registry, es)
    try:
        server = HealthServer(health, host=settings.health_host, port=settings.collector_health_port).start()
    except OSError as error:
        where = f"{settings.health_host}:{settings.collector_health_port}"
        raise PortTakenError(f"cannot listen on {where}: {error}; set PANTAU_COLLECTOR_HEALTH_PORT") from error
    logger.info("health on port %d, %d sources enabled", server.port, len(registry.enabled))
    try:
        if await _when_there(lambda: _prepare(settings, es), stopping):
            await _run_until(
                settings=settings,
                registry=registry,
                es=es,
                clock=clock,
                health=health,
                stopping=stopping,
            )
    finally:
        server.stop()
        es.close()


def _prepare(settings: CollectorSettings, es: Elasticsearch) -> None:
    created = [*create_topics(settings), *ensure_indices(es, settings.names)]
    if created:
        logger.info("created %s", ", ".join(created))


async def _when_there(step: Callable[[], None], stopping: asyncio.Event) -> bool:
    """Take the step once broker and store are there; return False when the end is asked for before."""
    policy = RetryPolicy(wait_s=0.5, max_wait_s=10.0)
    attempt = 0
    while not stopping.is_set():
        attempt += 1
        try:
            await asyncio.to_thread(step)
        except BusyError as error:
            logger.warning("waiting for the broker and the store: %s", error)
            try:
                async with asyncio.timeout(policy.wait_after(min(attempt, 10))):
                    await stopping.wait()
            except TimeoutError:
                continue
        else:
            return True
    return False


async def _run_until(
    *,
    settings: CollectorSettings,
    registry: Registry,
    es: Elasticsearch,
    clock: Clock,
    health: Health,
    stopping: asyncio.Event,
) -> None:
    threads = Threads()
    outbox = KafkaOutbox(lambda: Publisher(settings, client_id="collector"))
    archive = WarcArchive(settings.collector_archive_dir, clock=clock)
    app = build_app(
        settings, registry, clock=clock, outbox=outbox, archive=archive,
        states=ElasticFetchStates(es, settings.names, threads),
        store=ElasticFingerprints(es, settings.names, threads),
    )  # fmt: skip
    health.live["loop"] = heartbeat(app.loop, clock, settings.collector_heartbeat_s)
    health.live["workers"] = app.workers.problem
    health.ready["flow"] = app.loop.problem
    running = asyncio.create_task(app.run())
    asked = asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait({running, asked}, return_when=asyncio.FIRST_COMPLETED)
        app.loop.stop()
        await running
    finally:
        asked.cancel()
        await asyncio.to_thread(outbox.close)
        archive.close()
        threads.close()
