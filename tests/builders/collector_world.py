"""A whole collector over fakes: one outlet's web, stores, broker and archive, and a clock that is moved by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from collector.adapters.bodies import body_reader
from collector.adapters.workers import WorkThreads
from collector.domain.compose import TextTerms
from collector.domain.fetching import Fetched
from collector.domain.items import ItemTerms
from collector.domain.polling import PollTerms
from collector.domain.ports import Urgency
from collector.domain.revisit import RevisitPolicy, RevisitTerms
from collector.domain.sources import Source
from collector.extract import extract_article
from collector.intake import Intake, IntakeTerms
from collector.poller import Poller, PollerTerms
from collector.reader import ArticleReader, ReaderTerms
from runtime.retry import BusyError

from tests.fakes.collector_stores import MemoryFetchStates, MemoryFingerprints
from tests.fakes.collector_web import MemoryArchive, MemoryOutbox, MemoryWeb
from tests.fakes.fixed_clock import FixedClock

NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
SITE = "https://kabaruji.id"
FEED = f"{SITE}/feed"

extract_once = lru_cache(maxsize=1_000)(extract_article)
"""The real extractor; tests that read the same page a hundred times need not wait for it a hundred times."""


def feed_source(**changes: Any) -> Source:
    base = {
        "id": "kabar-uji",
        "outlet": "kabar-uji",
        "outlet_name": "Kabar Uji",
        "kind": "feed",
        "url": FEED,
        "interval_s": 5,
        "min_interval_s": 5,
        "max_interval_s": 5,
        "enabled": True,
    }
    return Source.model_validate({**base, **changes})


def rss(*items: tuple[str, str]) -> bytes:
    """A feed of (URL, title) pairs."""
    body = "".join(f"<item><title>{title}</title><link>{url}</link></item>" for url, title in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{body}</channel></rss>'.encode()


class World:
    """What outlives a collector that is killed is `web`, `store`, `states`, `outbox`, `archive` and `clock`."""

    def __init__(self, *sources: Source) -> None:
        self.clock = FixedClock(NOW)
        self.sources = sources or (feed_source(),)
        self.web = MemoryWeb(self.clock.now)
        self.store: Any = MemoryFingerprints()
        self.states: Any = MemoryFetchStates()
        self.outbox: Any = MemoryOutbox()
        self.archive: Any = MemoryArchive()
        self.terms = RevisitTerms()
        self.workers = WorkThreads(1)
        self.items = ItemTerms()

    def intake(self) -> Intake:
        reader = ArticleReader(
            self.web, workers=self.workers, terms=ReaderTerms(), text_terms=TextTerms(), extract=extract_once
        )
        return Intake(
            sources={source.id: source for source in self.sources},
            store=self.store,
            outbox=self.outbox,
            archive=self.archive,
            reader=reader,
            clock=self.clock,
            luck=lambda: 0.5,
            terms=IntakeTerms(RevisitPolicy(self.terms, self.terms)),
        )

    def poller(self) -> Poller:
        terms = PollerTerms(
            poll=PollTerms(),
            items=self.items,
            revisit=RevisitPolicy(self.terms, self.terms),
            feed_bytes=1_000_000,
            sitemap_bytes=1_000_000,
            sitemap_children=3,
        )
        return Poller(
            states=self.states,
            store=self.store,
            fetcher=self.web,
            workers=self.workers,
            read_body=body_reader(sitemap_bytes=1_000_000, sitemap_entries=1_000),
            clock=self.clock,
            luck=lambda: 0.5,
            terms=terms,
        )

    async def poll(self) -> None:
        """Poll every source that is due; visit nothing."""
        for source in self.sources:
            await self.poller().poll(source)

    async def settle(self) -> None:
        """Visit whatever is due or pending, once each, as the loop would."""
        intake = self.intake()
        seen: set[str] = set()
        pending = await self.store.pending(limit=1_000)
        due = await self.store.due(self.clock.now(), limit=1_000, without=[])
        for link_id in [*pending, *due]:
            if link_id not in seen:
                seen.add(link_id)
                await intake.visit(link_id, Urgency.NEW)

    async def round(self, seconds: float = 6.0) -> None:
        """Poll and visit, then let time pass."""
        try:
            await self.poll()
            await self.settle()
        except BusyError:
            pass
        self.clock.advance(seconds)

    def serve(self, path: str, answer: bytes | Fetched) -> str:
        """Put a page at a path and return its URL."""
        url = f"{SITE}{path}"
        self.web.pages[url] = answer
        return url
