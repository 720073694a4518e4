"""One HTTP request, no redirect followed: size, time and address limits, no cookies, an honest User-Agent."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx
from runtime.clock import Clock

from collector.adapters.connect import AddressRefusedError, GuardedBackend, GuardedTransport, Resolver, system_resolver
from collector.adapters.decompress import ACCEPTED, BadEncodingError, BodyTooLargeError, decoded
from collector.domain.addresses import Allowed, problem_with_url
from collector.domain.fetching import Failure, Page, Problem

_KEPT_HEADERS = frozenset({"content-type", "etag", "last-modified", "date", "cache-control", "expires", "x-robots-tag"})
_MAX_HEADER_CHARS = 500
_PROBLEMS: tuple[tuple[type[Exception], Problem], ...] = (
    (AddressRefusedError, Problem.ADDRESS_REFUSED),
    (BodyTooLargeError, Problem.TOO_LARGE),
    (BadEncodingError, Problem.BAD_ENCODING),
    (httpx.InvalidURL, Problem.BAD_URL),
    (httpx.UnsupportedProtocol, Problem.BAD_URL),
    (httpx.TimeoutException, Problem.TIMEOUT),
    (httpx.HTTPError, Problem.NETWORK),
    (ValueError, Problem.BAD_URL),
)
"""What each error of a request means, the particular ones first."""


@dataclass(frozen=True)
class HttpTerms:
    """Limits of one request. `total_s` covers everything from resolving the name to the last byte."""

    user_agent: str
    total_s: float = 30.0
    connect_s: float = 10.0
    read_s: float = 15.0
    max_connections: int = 64
    keepalive_s: float = 15.0


@dataclass(frozen=True)
class Redirect:
    """An answer that sends elsewhere."""

    location: str
    permanent: bool
    status: int


class HttpClient:
    """Sends single GET requests. Close it at the end."""

    def __init__(
        self, terms: HttpTerms, allowed: Allowed, *, clock: Clock, resolver: Resolver = system_resolver
    ) -> None:
        self._terms = terms
        self._clock = clock
        self._client = httpx.AsyncClient(
            transport=GuardedTransport(
                GuardedBackend(allowed, resolver=resolver),
                max_connections=terms.max_connections,
                keepalive_s=terms.keepalive_s,
            ),
            # A jar that takes no cookie from anyone: the collector is a new visitor each time.
            cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=())),
            follow_redirects=False,
            trust_env=False,
            timeout=httpx.Timeout(terms.read_s, connect=terms.connect_s),
            headers={"User-Agent": terms.user_agent, "Accept-Encoding": ACCEPTED, "Accept-Language": "id, en;q=0.5"},
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def get(self, url: str, *, max_bytes: int, headers: Mapping[str, str]) -> Page | Redirect | Failure:
        """Return what came. Never raises for what the other side does; status 304 comes as a page without body."""
        problem = problem_with_url(url)
        if problem is not None:
            return Failure(Problem.BAD_URL, url, problem)
        try:
            async with asyncio.timeout(self._terms.total_s):
                return await self._get(url, max_bytes, headers)
        except TimeoutError:
            return Failure(Problem.TIMEOUT, url, f"not finished within {self._terms.total_s:g} s")
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            problem_kind = next(kind for cls, kind in _PROBLEMS if isinstance(error, cls))
            own = isinstance(error, AddressRefusedError | BodyTooLargeError | BadEncodingError)
            detail = str(error) if own else f"{type(error).__name__}: {error}".rstrip(": ")
            return Failure(problem_kind, url, detail[:500])

    async def _get(self, url: str, max_bytes: int, headers: Mapping[str, str]) -> Page | Redirect | Failure:
        async with self._client.stream("GET", url, headers=dict(headers)) as response:
            status = response.status_code
            if status in (301, 302, 303, 307, 308) and response.headers.get("location"):
                return Redirect(response.headers["location"], status in (301, 308), status)
            retry_after_s = read_retry_after(response.headers.get("retry-after"), self._clock.now())
            if not (200 <= status < 300 or status == 304):
                return Failure(
                    Problem.HTTP, url, f"HTTP {status} {response.reason_phrase}".strip(), status, retry_after_s
                )
            body = b"" if status == 304 else await _read(response, max_bytes)
            return Page(
                asked_url=url,
                url=url,
                status=status,
                reason=response.reason_phrase,
                headers=_kept_headers(response),
                body=decoded(body, response.headers.get("content-encoding"), max_bytes=max_bytes) if body else b"",
                fetched_at=self._clock.now(),
                retry_after_s=retry_after_s,
            )


def _kept_headers(response: httpx.Response) -> tuple[tuple[str, str], ...]:
    """Return the headers worth keeping. Only ASCII: validators are sent back, and nothing else may be sent."""
    return tuple(
        (name, value)
        for name, value in response.headers.items()
        if name in _KEPT_HEADERS and value.isascii() and len(value) <= _MAX_HEADER_CHARS
    )


async def _read(response: httpx.Response, max_bytes: int) -> bytes:
    """Read the body as it comes over the wire. Raises BodyTooLargeError."""
    announced = response.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced[:20]) > max_bytes:
        raise BodyTooLargeError(f"announces {announced[:20]} bytes, more than {max_bytes}")
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > max_bytes:
            raise BodyTooLargeError(f"larger than {max_bytes} bytes")
    return bytes(body)


def read_retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for, given as a number or a date; None for nonsense."""
    if not value:
        return None
    if value.isascii() and value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
