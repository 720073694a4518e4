"""When a source is polled next and in which state it is: old state, what the poll brought and now in, new state out."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from collector.domain.sources import Source


class SourceState(StrEnum):
    """How a source is. `moved` means that a permanent redirect was followed and is remembered."""

    OK = "ok"
    EMPTY = "empty"
    NOT_MODIFIED = "not_modified"
    MOVED = "moved"
    BLOCKED = "blocked"
    BROKEN = "broken"
    DEAD = "dead"


class Result(StrEnum):
    """What one poll brought. `refused`: an address or URL that must not be asked. `busy`: our own side was not able."""

    ITEMS = "items"
    UNCHANGED = "unchanged"
    HTTP_ERROR = "http_error"
    NO_ANSWER = "no_answer"
    UNREADABLE = "unreadable"
    ROBOTS_DISALLOW = "robots_disallow"
    ROBOTS_WAIT = "robots_wait"
    REFUSED = "refused"


@dataclass(frozen=True)
class SitemapPart:
    """A child of a sitemap index as it was when it was last read."""

    url: str
    lastmod: str | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class PollSummary:
    """One poll in short. `items` counts what the source listed, `new` what was not known. Waits are in seconds.

    `incomplete`: not everything could be taken, so the next poll must not be answered by "not modified".
    """

    result: Result
    status: int | None = None
    items: int = 0
    new: int = 0
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    moved_to: str | None = None
    retry_after_s: float | None = None
    detail: str = ""
    parts: tuple[SitemapPart, ...] = ()
    incomplete: bool = False


@dataclass(frozen=True)
class FetchState:
    """What is remembered of a source between two polls. `registered_url` tells when the registry was changed."""

    source_id: str
    registered_url: str
    url: str
    state: SourceState
    reason: str
    state_since: datetime
    interval_s: float
    next_at: datetime
    polled_at: datetime | None = None
    worked_at: datetime | None = None
    failures: int = 0
    items: int = 0
    new: int = 0
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    parts: tuple[SitemapPart, ...] = ()


@dataclass(frozen=True)
class PollTerms:
    """The numbers of polling. A source is dead after `dead_failures` failures in a row over at least `dead_after_s`."""

    backoff_factor: float = 2.0
    backoff_max_s: float = 3_600
    blocked_min_s: float = 3_600
    dead_failures: int = 20
    dead_after_s: float = 7 * 24 * 3_600
    dead_interval_s: float = 24 * 3_600
    retry_after_max_s: float = 24 * 3_600
    busy_share: float = 0.34
    faster: float = 0.6
    slower: float = 1.3
    jitter: float = 0.1


_BLOCKING = frozenset({401, 402, 403, 407, 429, 451})


def first_state(source: Source, now: datetime) -> FetchState:
    """Return the state of a source that was never polled: due at once."""
    return FetchState(
        source_id=source.id,
        registered_url=source.url,
        url=source.url,
        state=SourceState.EMPTY,
        reason="never polled",
        state_since=now,
        interval_s=source.interval_s,
        next_at=now,
    )


def resume(source: Source, known: FetchState | None, now: datetime) -> FetchState:
    """Return the state to go on from: what is known, or a first one when the registry now has another address.

    A registry that asks for other bounds moves the interval into them at once.
    """
    if known is None or known.registered_url != source.url:
        return first_state(source, now)
    interval_s = min(max(known.interval_s, source.shortest_s), source.longest_s)
    soonest = now + timedelta(seconds=interval_s)
    failing = known.failures > 0
    return replace(known, interval_s=interval_s, next_at=known.next_at if failing else min(known.next_at, soonest))


def decide_poll(
    source: Source, old: FetchState, summary: PollSummary, now: datetime, *, terms: PollTerms, luck: float
) -> FetchState:
    """Return the next state with its reason and time.

    `luck` is a random number in [0, 1) that spreads the next poll by `terms.jitter` to either side, and over the
    upper half of a backoff.
    """
    if summary.result in (Result.ITEMS, Result.UNCHANGED):
        return _worked(source, old, summary, now, terms=terms, luck=luck)
    return _failed(old, summary, now, terms=terms, luck=luck)


def _worked(
    source: Source, old: FetchState, summary: PollSummary, now: datetime, *, terms: PollTerms, luck: float
) -> FetchState:
    state, reason = _good_state(summary)
    interval_s = _adapted(source, old.interval_s, summary, terms)
    wait_s = max(interval_s * (1 + terms.jitter * (2 * luck - 1)), summary.retry_after_s or 0.0)
    wait_s = min(max(wait_s, source.shortest_s), max(source.longest_s, summary.retry_after_s or 0.0))
    return replace(
        old,
        url=summary.moved_to or old.url,
        state=state,
        reason=reason,
        state_since=old.state_since if old.state is state else now,
        interval_s=interval_s,
        next_at=now + timedelta(seconds=wait_s),
        polled_at=now,
        worked_at=now,
        failures=0,
        items=old.items if summary.result is Result.UNCHANGED else summary.items,
        new=summary.new,
        status=summary.status,
        etag=_kept(summary, summary.etag, old.etag),
        last_modified=_kept(summary, summary.last_modified, old.last_modified),
        body_hash=_kept(summary, summary.body_hash, old.body_hash),
        parts=summary.parts,
    )


def _kept(summary: PollSummary, new: str | None, old: str | None) -> str | None:
    """Return what to remember for the next conditional request; an answer "not modified" may leave it out."""
    if summary.incomplete:
        return None
    return new or (old if summary.result is Result.UNCHANGED else None)


def _good_state(summary: PollSummary) -> tuple[SourceState, str]:
    if summary.moved_to is not None:
        return SourceState.MOVED, f"moved permanently to {summary.moved_to}"
    if summary.result is Result.UNCHANGED:
        return SourceState.NOT_MODIFIED, summary.detail or "nothing changed since the last poll"
    if summary.items == 0:
        return SourceState.EMPTY, summary.detail or "readable, but without a single article"
    return SourceState.OK, f"{summary.new} of {summary.items} were new"


def _adapted(source: Source, interval_s: float, summary: PollSummary, terms: PollTerms) -> float:
    """Faster when much was new, slower when nothing was; at once the fastest when items may have been missed."""
    if summary.new > 0 and summary.new >= terms.busy_share * max(summary.items, 1):
        wanted = source.shortest_s
    elif summary.new > 0:
        wanted = interval_s * terms.faster
    else:
        wanted = interval_s * terms.slower
    return min(max(wanted, source.shortest_s), source.longest_s)


def _failed(old: FetchState, summary: PollSummary, now: datetime, *, terms: PollTerms, luck: float) -> FetchState:
    failures = old.failures + 1
    state, reason = _bad_state(summary)
    first_failed = old.state_since if old.failures else now
    long_enough = now - (old.worked_at or first_failed) >= timedelta(seconds=terms.dead_after_s)
    if summary.status == 410:
        state, reason = SourceState.DEAD, "the outlet says that it is gone for good (410)"
    elif state is SourceState.BROKEN and failures >= terms.dead_failures and long_enough:
        state, reason = SourceState.DEAD, f"{failures} failures in a row, the last: {reason}"
    return replace(
        old,
        state=state,
        reason=reason[:500],
        state_since=old.state_since if old.state is state else now,
        next_at=now + timedelta(seconds=_patience(old, state, summary, failures=failures, terms=terms, luck=luck)),
        polled_at=now,
        failures=failures,
        new=0,
        status=summary.status,
        # A remembered new address that stops working is given up for the registered one.
        url=old.registered_url if failures >= 3 and summary.result is not Result.ROBOTS_WAIT else old.url,
    )


def _bad_state(summary: PollSummary) -> tuple[SourceState, str]:
    match summary.result:
        case Result.ROBOTS_DISALLOW:
            return SourceState.BLOCKED, summary.detail or "robots.txt does not allow it"
        case Result.REFUSED:
            return SourceState.BLOCKED, summary.detail or "the address must not be asked"
        case Result.HTTP_ERROR if summary.status in _BLOCKING:
            return SourceState.BLOCKED, summary.detail or f"the outlet refuses (HTTP {summary.status})"
        case Result.HTTP_ERROR:
            return SourceState.BROKEN, summary.detail or f"HTTP {summary.status}"
        case _:
            return SourceState.BROKEN, summary.detail or summary.result.value


def _patience(
    old: FetchState, state: SourceState, summary: PollSummary, *, failures: int, terms: PollTerms, luck: float
) -> float:
    """Return seconds until the next try: doubling, the upper half at random, never before Retry-After."""
    if state is SourceState.DEAD:
        ceiling = terms.dead_interval_s
    else:
        ceiling = min(terms.backoff_max_s, old.interval_s * terms.backoff_factor ** min(failures - 1, 30))
        if state is SourceState.BLOCKED:
            ceiling = max(ceiling, terms.blocked_min_s)
    wait_s = ceiling * (0.5 + luck / 2)
    asked = min(summary.retry_after_s or 0.0, terms.retry_after_max_s)
    return max(wait_s, asked)
