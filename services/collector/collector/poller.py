"""Polls one source: fetches, reads, takes up new links durably, and only then remembers that it was polled.

The order matters: were the validators of a feed saved first, a kill in between would lose every new item of that poll,
since the next answer would be "not modified".
"""

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from prometheus_client import Counter
from runtime.clock import Clock

from collector.domain.fetching import Failure, Fetched, NotModified, Page, Problem, Validators
from collector.domain.fingerprint import Fingerprint
from collector.domain.following import Follow, follow, oldest_first, remind, taken_up
from collector.domain.items import Entry, ItemTerms, Link, take
from collector.domain.polling import FetchState, PollSummary, PollTerms, Result, SitemapPart, decide_poll, resume
from collector.domain.ports import (
    ConflictError,
    Fetcher,
    FetchStateStore,
    FingerprintStore,
    Urgency,
    Version,
    Workers,
    WorkTooLongError,
)
from collector.domain.reading import Child, Reading, UnreadableError
from collector.domain.revisit import RevisitPolicy
from collector.domain.sources import Source, SourceKind

logger = logging.getLogger(__name__)

POLLS = Counter("pantau_collector_polls_total", "Polls by the state they led to", ["state"])
ITEMS = Counter("pantau_collector_items_total", "Items of polls by what became of them", ["result"])

ACCEPT_FEED = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
ACCEPT_LISTING = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"
ReadBody = Callable[[Source, Page], Reading]
"""Reads a source's body by its kind; raises UnreadableError."""

MAX_SITEMAP_DEPTH = 3
MAX_PARTS = 100
CHUNK = 500
"""Links that are asked after in the store at a time."""


@dataclass(frozen=True)
class PollerTerms:
    """Numbers of polling; sizes in bytes."""

    poll: PollTerms
    items: ItemTerms
    revisit: RevisitPolicy
    feed_bytes: int
    sitemap_bytes: int
    sitemap_children: int


@dataclass(frozen=True)
class Polled:
    """The source's state after a poll, and the links that are to be visited now."""

    state: FetchState
    links: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Took:
    """What a poll's entries led to. `incomplete`: more were new than are taken up at a time."""

    items: int = 0
    new: int = 0
    visits: tuple[str, ...] = ()
    incomplete: bool = False


class Poller:
    """Polls sources, each by one call at a time."""

    def __init__(
        self,
        *,
        states: FetchStateStore,
        store: FingerprintStore,
        fetcher: Fetcher,
        workers: Workers,
        read_body: ReadBody,
        clock: Clock,
        luck: Callable[[], float],
        terms: PollerTerms,
    ) -> None:
        self._states = states
        self._store = store
        self._fetcher = fetcher
        self._workers = workers
        self._read_body = read_body
        self._clock = clock
        self._luck = luck
        self._terms = terms

    async def poll(self, source: Source) -> Polled:
        """Poll a source if it is due; another collector may have done it already.

        Raises BusyError when the store is away; the source is then as due as before.
        """
        found = await self._states.get(source.id)
        version: Version | None = None
        known: FetchState | None = None
        if found is not None:
            known, version = found
        old = resume(source, known, self._clock.now())
        if old.next_at > self._clock.now():
            return Polled(old)
        summary, reading = await self._look(source, old)
        links: tuple[str, ...] = ()
        if reading is not None:
            took = await self._take_up(source, reading.entries)
            links = took.visits
            summary = replace(summary, items=took.items, new=took.new, incomplete=summary.incomplete or took.incomplete)
        state = decide_poll(source, old, summary, self._clock.now(), terms=self._terms.poll, luck=self._luck())
        self._say(old, state)
        try:
            await self._states.put(state, version)
        except ConflictError:
            logger.info("source %s was polled by someone else at the same time", source.id)
        return Polled(state, links)

    def _say(self, old: FetchState, state: FetchState) -> None:
        POLLS.labels(state.state.value).inc()
        level = logging.DEBUG if old.state is state.state else logging.INFO
        logger.log(
            level, "source %s is %s: %s", state.source_id, state.state.value, state.reason,
            extra={"pantau.source": state.source_id, "pantau.state": state.state.value},
        )  # fmt: skip

    async def _take_up(self, source: Source, entries: Sequence[Entry]) -> _Took:
        """Remember new links, at most so many at a time, and follow known ones whose source says that they changed."""
        now = self._clock.now()
        taken = take(entries, now=now, terms=self._terms.items, dated_only=source.kind is SourceKind.SITEMAP)
        for reason, count in taken.skipped.items():
            ITEMS.labels(reason).inc(count)
        took = _Took(items=len(taken.links))
        for start in range(0, len(taken.links), CHUNK):
            took = await self._take_chunk(source, taken.links[start : start + CHUNK], took, now)
            if took.incomplete:
                break
        return took

    async def _take_chunk(self, source: Source, links: Sequence[Link], took: _Took, now: datetime) -> _Took:
        known = await self._store.get_many([link.link_id for link in links])
        fresh = [taken_up(link, source, now) for link in links if link.link_id not in known]
        room = self._terms.items.max_new - took.new
        chosen = oldest_first(fresh[:room])
        created = await self._store.create_many(chosen)
        visits = [fingerprint.article_id for fingerprint in chosen if fingerprint.article_id in created]
        for link in links:
            old = known.get(link.link_id)
            what = Follow.NOTHING if old is None else self._follow(old, link, source, now)
            if what is Follow.REMIND:
                await self._remind(link)
            if what is not Follow.NOTHING:
                visits.append(link.link_id)
        ITEMS.labels("new").inc(len(created))
        ITEMS.labels("known").inc(len(known))
        return _Took(took.items, took.new + len(created), (*took.visits, *visits), incomplete=len(fresh) > room)

    def _follow(self, known: Fingerprint, link: Link, source: Source, now: datetime) -> Follow:
        return follow(known, link, source, now, self._terms.revisit.for_url(known.url))

    async def _remind(self, link: Link) -> None:
        found = await self._store.get(link.link_id)
        if found is None:
            return
        try:
            await self._store.put(remind(found[0], link, self._clock.now()), found[1])
        except ConflictError:
            logger.debug("%s is being handled; the source's word is heard at the next poll", link.canonical_url)

    async def _look(self, source: Source, state: FetchState) -> tuple[PollSummary, Reading | None]:
        """Fetch and read; the reading is None when there is nothing to take up."""
        is_sitemap = source.kind is SourceKind.SITEMAP
        fetched = await self._fetcher.fetch(
            state.url,
            max_bytes=self._terms.sitemap_bytes if is_sitemap else self._terms.feed_bytes,
            urgency=Urgency.POLL,
            validators=Validators(state.etag, state.last_modified),
            accept=ACCEPT_LISTING if source.kind is SourceKind.LISTING else ACCEPT_FEED,
        )
        if isinstance(fetched, Failure):
            return summary_of_failure(fetched), None
        summary = _summary_of(fetched, state)
        if summary.result is Result.UNCHANGED:
            return await self._unchanged(source, state, summary)
        assert isinstance(fetched, Page)
        try:
            reading = await self._read(source, fetched)
        except UnreadableError as error:
            return replace(summary, result=Result.UNREADABLE, detail=str(error)[:300]), None
        if reading.children:
            return await self._index(source, state, summary, reading.children)
        return summary, reading

    async def _unchanged(
        self, source: Source, state: FetchState, summary: PollSummary
    ) -> tuple[PollSummary, Reading | None]:
        """Of an unchanged sitemap index, those parts whose change the index does not tell are asked all the same."""
        silent = tuple(Child(part.url) for part in state.parts if part.lastmod is None)
        if not silent:
            return replace(summary, parts=state.parts), None
        return await self._index(source, state, summary, silent)

    async def _index(
        self, source: Source, state: FetchState, summary: PollSummary, children: Sequence[Child]
    ) -> tuple[PollSummary, Reading | None]:
        """Read the parts of a sitemap index that may have changed, at most so many per poll."""
        remembered = {part.url: part for part in state.parts}
        parts = dict(remembered) if summary.result is Result.UNCHANGED else {}
        entries: list[Entry] = []
        failure: PollSummary | None = None
        left_out = False
        budget = self._terms.sitemap_children
        queue = [(child, 1) for child in children]
        while queue:
            child, depth = queue.pop(0)
            part = remembered.get(child.url)
            if not self._worth(child):
                continue
            if part is not None and part.lastmod is not None and part.lastmod == child.lastmod:
                parts[child.url] = part
                continue
            if budget == 0:
                left_out = True
                continue
            budget -= 1
            got = await self._part(source, child, part)
            if isinstance(got, PollSummary):
                failure = got
                continue
            reading, parts[child.url] = got
            entries.extend(reading.entries)
            if depth < MAX_SITEMAP_DEPTH:
                queue = [(inner, depth + 1) for inner in reading.children] + queue
        if failure is not None and not entries and not parts:
            return failure, None
        kept = tuple(parts.values())[:MAX_PARTS]
        result = Result.ITEMS if entries else Result.UNCHANGED
        detail = f"a part could not be read: {failure.detail}" if failure is not None else summary.detail
        return replace(
            summary, result=result, parts=kept, detail=detail[:300], incomplete=left_out or failure is not None
        ), Reading(tuple(entries)) if entries else None

    def _worth(self, child: Child) -> bool:
        if child.changed is None:
            return True
        return (self._clock.now() - child.changed).total_seconds() <= self._terms.items.max_age_s

    async def _part(
        self, source: Source, child: Child, part: SitemapPart | None
    ) -> tuple[Reading, SitemapPart] | PollSummary:
        validators = Validators(part.etag, part.last_modified) if part is not None else None
        fetched = await self._fetcher.fetch(
            child.url,
            max_bytes=self._terms.sitemap_bytes,
            urgency=Urgency.POLL,
            validators=validators,
            accept=ACCEPT_FEED,
        )
        if isinstance(fetched, Failure):
            return summary_of_failure(fetched)
        if isinstance(fetched, NotModified):
            return Reading(), replace(part or SitemapPart(child.url), lastmod=child.lastmod)
        try:
            reading = await self._read(source, fetched)
        except UnreadableError as error:
            return PollSummary(Result.UNREADABLE, status=fetched.status, detail=str(error)[:300])
        seen = fetched.validators
        return reading, SitemapPart(child.url, child.lastmod, seen.etag, seen.last_modified)

    async def _read(self, source: Source, page: Page) -> Reading:
        try:
            return await self._workers.run(lambda: self._read_body(source, page))
        except WorkTooLongError as error:
            raise UnreadableError(f"reading it was {error}") from error


def summary_of_failure(failure: Failure) -> PollSummary:
    """Return a failed fetch as a poll's summary."""
    match failure.problem:
        case Problem.HTTP:
            result = Result.HTTP_ERROR
        case Problem.ROBOTS_DISALLOW:
            result = Result.ROBOTS_DISALLOW
        case Problem.ROBOTS_WAIT:
            result = Result.ROBOTS_WAIT
        case Problem.ADDRESS_REFUSED | Problem.BAD_URL:
            result = Result.REFUSED
        case Problem.TIMEOUT | Problem.NETWORK:
            result = Result.NO_ANSWER
        case _:
            result = Result.UNREADABLE
    return PollSummary(
        result,
        status=failure.status,
        retry_after_s=failure.retry_after_s,
        detail=f"{failure.code}: {failure.detail}"[:300],
    )


def _summary_of(fetched: Fetched, state: FetchState) -> PollSummary:
    if isinstance(fetched, NotModified):
        seen = fetched.validators
        return PollSummary(
            Result.UNCHANGED, status=304, etag=seen.etag, last_modified=seen.last_modified, moved_to=fetched.moved_to
        )
    assert isinstance(fetched, Page)
    body_hash = hashlib.sha256(fetched.body).hexdigest()
    same = body_hash == state.body_hash
    return PollSummary(
        Result.UNCHANGED if same else Result.ITEMS,
        status=fetched.status,
        etag=fetched.validators.etag,
        last_modified=fetched.validators.last_modified,
        body_hash=body_hash,
        moved_to=fetched.moved_to,
        retry_after_s=fetched.retry_after_s,
        detail="the same bytes as at the last poll" if same else "",
    )
