"""robots.txt per host: fetched once, believed for a day, followed to the letter (RFC 9309, crawl-delay included)."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from protego import Protego
from runtime.clock import Clock

from collector.domain.fetching import Failure, Page, Problem
from collector.domain.robots_rules import (
    USER_AGENT_TOKEN,
    Access,
    Answer,
    RobotsTerms,
    believed_until,
    read_status,
)

MAX_ROBOTS_BYTES = 512 * 1024
"""RFC 9309 asks to read at least 500 KiB; what follows is ignored by rule, here it means a broken file."""

_NO_RULES = frozenset({Problem.ADDRESS_REFUSED, Problem.BAD_URL, Problem.TOO_MANY_REDIRECTS})
"""Failures that do not say "wait": the page itself will meet the same refusal, and says so more clearly."""

GetRobots = Callable[[str], Awaitable[Page | Failure]]


@dataclass(frozen=True)
class _Known:
    answer: Answer
    rules: Protego | None
    until: datetime
    failures: int = 0
    trouble: str = ""


class Robots:
    """Answers for URLs. `get` fetches a robots.txt within its size limit, redirects followed."""

    def __init__(self, get: GetRobots, *, clock: Clock, terms: RobotsTerms, max_hosts: int = 5_000) -> None:
        self._get = get
        self._clock = clock
        self._terms = terms
        self._max_hosts = max_hosts
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._locks: dict[str, asyncio.Lock] = {}

    async def access(self, url: str) -> Access:
        """Decide whether a URL may be fetched now; asks the host for its rules when they are not known."""
        known = await self._for(url)
        if known.answer is Answer.WAIT:
            return Access.WAIT
        if known.rules is None or known.rules.can_fetch(url, USER_AGENT_TOKEN):
            return Access.ALLOWED
        return Access.DISALLOWED

    def trouble(self, url: str) -> str:
        """Return why the rules of a URL's host could not be read when last asked for; empty when they were."""
        known = self._known.get(_origin(url))
        return known.trouble if known is not None else ""

    def crawl_delay_s(self, host: str) -> float | None:
        """Return the pause in seconds that a known host asks for, as crawl-delay or request-rate."""
        delays = [
            delay
            for scheme in ("https", "http")
            if (known := self._known.get(f"{scheme}://{host}")) is not None and known.rules is not None
            for delay in (known.rules.crawl_delay(USER_AGENT_TOKEN), _per_request(known.rules))
            if delay is not None
        ]
        return max(delays, default=None)

    async def sitemaps(self, url: str) -> list[str]:
        """Return the sitemaps that the host's robots.txt lists."""
        known = await self._for(url)
        return list(known.rules.sitemaps) if known.rules is not None else []

    async def _for(self, url: str) -> _Known:
        origin = _origin(url)
        lock = self._locks.setdefault(origin, asyncio.Lock())
        async with lock:
            known = self._known.get(origin)
            if known is None or known.until <= self._clock.now():
                known = await self._ask(origin, failures=known.failures if known is not None else 0)
                self._known[origin] = known
            self._known.move_to_end(origin)
        while len(self._known) > self._max_hosts:
            oldest, _ = self._known.popitem(last=False)
            self._locks.pop(oldest, None)
        return known

    async def _ask(self, origin: str, *, failures: int) -> _Known:
        got = await self._get(f"{origin}/robots.txt")
        answer = read_status(got.status)
        rules = None
        if isinstance(got, Failure) and got.problem in _NO_RULES:
            answer = Answer.ALLOW_ALL
        if answer is Answer.RULES and isinstance(got, Page):
            rules = Protego.parse(got.body.decode("utf-8-sig", "replace").replace("\x00", ""))
        elif answer is Answer.RULES:
            answer = Answer.WAIT
        failures = failures + 1 if answer is Answer.WAIT else 0
        until = believed_until(answer, self._clock.now(), self._terms, failures=failures)
        trouble = got.detail if answer is Answer.WAIT and isinstance(got, Failure) else ""
        return _Known(answer, rules, until, failures, trouble)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"


def _per_request(rules: Protego) -> float | None:
    rate = rules.request_rate(USER_AGENT_TOKEN)
    return rate.seconds / rate.requests if rate is not None and rate.requests else None
