"""The polite fetcher: asks robots.txt, waits for the host's turn, follows a few redirects, keeps validators."""

import logging
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from prometheus_client import Counter, Histogram
from runtime.clock import Clock

from collector.adapters.http import HttpClient, Redirect
from collector.adapters.politeness import Turns
from collector.adapters.robots import MAX_ROBOTS_BYTES, Robots
from collector.domain.addresses import problem_with_url, tidied
from collector.domain.fetching import Failure, Fetched, NotModified, Page, Problem, Validators
from collector.domain.ports import Urgency
from collector.domain.robots_rules import Access, RobotsTerms

logger = logging.getLogger(__name__)

DEFAULT_HOLD_S = 60.0
"""How long a host that answers 429 without saying for how long is left alone."""
MAX_HOLD_S = 24 * 3_600.0

FETCHES = Counter("pantau_collector_fetches_total", "Requests by what came of them", ["purpose", "result"])
FETCH_SECONDS = Histogram(
    "pantau_collector_fetch_seconds", "Time of one request, waiting for the turn left out", ["purpose"]
)


class PoliteFetcher:
    """Everything that the collector reads from the web comes through here."""

    def __init__(
        self,
        client: HttpClient,
        *,
        clock: Clock,
        spacing_s: float,
        quick_hosts: frozenset[str] = frozenset(),
        quick_spacing_s: float = 0.0,
        max_open: int = 32,
        max_redirects: int = 5,
        max_crawl_delay_s: float = 3_600,
        robots_terms: RobotsTerms | None = None,
    ) -> None:
        """`quick_hosts` are hosts of our own, such as the sample newsroom, with a shorter spacing."""
        self._client = client
        self._clock = clock
        self._spacing_s = spacing_s
        self._quick_hosts = quick_hosts
        self._quick_spacing_s = quick_spacing_s
        self._max_redirects = max_redirects
        self._max_crawl_delay_s = max_crawl_delay_s
        self._holds: dict[str, float] = {}
        self.turns = Turns(clock=clock, spacing_s=self._spacing_of, max_open=max_open)
        self.robots = Robots(self._get_robots, clock=clock, terms=robots_terms or RobotsTerms())

    async def fetch(
        self, url: str, *, max_bytes: int, urgency: Urgency, validators: Validators | None = None, accept: str = "*/*"
    ) -> Fetched:
        """Return the page, "not modified", or a failure; raises nothing for what the other side does."""
        headers = {"Accept": accept}
        if validators is not None and validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators is not None and validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        fetched = await self._follow(url, max_bytes=max_bytes, urgency=urgency, headers=headers, obey_robots=True)
        result = fetched.code if isinstance(fetched, Failure) else type(fetched).__name__.lower()
        FETCHES.labels(urgency.name.lower(), result).inc()
        return fetched

    async def _get_robots(self, url: str) -> Page | Failure:
        got = await self._follow(
            url, max_bytes=MAX_ROBOTS_BYTES, urgency=Urgency.ROBOTS, headers={"Accept": "text/plain"}, obey_robots=False
        )
        return Failure(Problem.HTTP, url, "304 without being asked", 304) if isinstance(got, NotModified) else got

    async def _follow(
        self, asked: str, *, max_bytes: int, urgency: Urgency, headers: dict[str, str], obey_robots: bool
    ) -> Fetched:
        url = asked
        permanent = True
        for _ in range(self._max_redirects + 1):
            got = await self._one(url, max_bytes=max_bytes, urgency=urgency, headers=headers, obey_robots=obey_robots)
            if not isinstance(got, Redirect):
                return self._arrived(asked, url, got, moved=permanent and url != asked)
            permanent = permanent and got.permanent
            try:
                url = tidied(urljoin(url, got.location)).split("#", 1)[0]
            except ValueError:
                return Failure(Problem.BAD_URL, url, f"a redirect to a malformed URL: {got.location[:200]!r}")
        return Failure(
            Problem.TOO_MANY_REDIRECTS, asked, f"more than {self._max_redirects} redirects, the last to {url[:300]}"
        )

    async def _one(
        self, url: str, *, max_bytes: int, urgency: Urgency, headers: dict[str, str], obey_robots: bool
    ) -> Page | Redirect | Failure:
        problem = problem_with_url(url)
        if problem is not None:
            return Failure(Problem.BAD_URL, url, problem)
        if obey_robots:
            access = await self.robots.access(url)
            if access is Access.DISALLOWED:
                return Failure(Problem.ROBOTS_DISALLOW, url, f"robots.txt of {urlsplit(url).netloc} does not allow it")
            if access is Access.WAIT:
                why = self.robots.trouble(url) or "it gave no answer"
                return Failure(Problem.ROBOTS_WAIT, url, f"robots.txt of {urlsplit(url).netloc} cannot be read: {why}")
        host = urlsplit(url).netloc.lower()
        async with self.turns.turn(host, urgency):
            held = self._held(host, url)
            if held is not None:
                return held
            started_s = self._clock.monotonic_s()
            got = await self._client.get(url, max_bytes=max_bytes, headers=headers)
            FETCH_SECONDS.labels(urgency.name.lower()).observe(self._clock.monotonic_s() - started_s)
            if isinstance(got, Failure):
                self._hold(host, got)
            return got

    def _hold(self, host: str, failure: Failure) -> None:
        """Leave a host alone for as long as it asks, for every page and feed of it."""
        if failure.status not in (429, 503) or (failure.status == 503 and failure.retry_after_s is None):
            return
        wait_s = min(failure.retry_after_s or DEFAULT_HOLD_S, MAX_HOLD_S)
        self._holds[host] = self._clock.monotonic_s() + wait_s

    def _held(self, host: str, url: str) -> Failure | None:
        left_s = self._holds.get(host, 0.0) - self._clock.monotonic_s()
        if left_s <= 0:
            self._holds.pop(host, None)
            return None
        detail = f"{host} asked to be left alone for {left_s:.0f} s more"
        return Failure(Problem.HTTP, url, detail, 429, left_s)

    @staticmethod
    def _arrived(asked: str, url: str, got: Page | Failure, *, moved: bool) -> Fetched:
        moved_to = url if moved else None
        if isinstance(got, Failure):
            return got
        if got.status == 304:
            return NotModified(url, got.fetched_at, got.validators, moved_to)
        return replace(got, asked_url=asked, url=url, moved_to=moved_to)

    def _spacing_of(self, host: str) -> float:
        base = self._quick_spacing_s if host in self._quick_hosts else self._spacing_s
        asked = self.robots.crawl_delay_s(host)
        return base if asked is None else min(max(base, asked), self._max_crawl_delay_s)
