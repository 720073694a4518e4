"""What a fetch may bring: a page, "not modified", or a failure of a closed set of kinds."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Problem(StrEnum):
    """Why nothing usable came. The kinds from `TOO_LARGE` on are the page's or our own final word."""

    TIMEOUT = "timeout"
    NETWORK = "network"
    HTTP = "http"
    ROBOTS_WAIT = "robots_wait"
    TOO_LARGE = "page_too_large"
    BAD_ENCODING = "bad_encoding"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BAD_URL = "bad_url"
    ADDRESS_REFUSED = "address_refused"
    ROBOTS_DISALLOW = "robots"


TEMPORARY = frozenset({Problem.TIMEOUT, Problem.NETWORK, Problem.ROBOTS_WAIT})
TEMPORARY_STATUS = frozenset({404, 408, 409, 423, 425, 429, 500, 502, 503, 504, 507, 509, 520, 521, 522, 523, 524, 530})
"""404 is among them because feeds list pages a moment before they are up."""


@dataclass(frozen=True)
class Validators:
    """What a conditional request sends back to the server that gave it."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Page:
    """A body as it came, with the content encoding taken off. `url` is the one after redirects.

    `moved_to` is set when every redirect from the first URL on was permanent: where to go from now on.
    """

    asked_url: str
    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    moved_to: str | None = None
    retry_after_s: float | None = None

    def header(self, name: str) -> str | None:
        """Return the first value of a header, its name in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def content_type(self) -> str | None:
        return self.header("content-type")

    @property
    def validators(self) -> Validators:
        return Validators(self.header("etag"), self.header("last-modified"))


@dataclass(frozen=True)
class NotModified:
    """The server says that nothing changed since the validators were given."""

    url: str
    fetched_at: datetime
    validators: Validators = Validators()
    moved_to: str | None = None


@dataclass(frozen=True)
class Failure:
    """Nothing usable came. `further`: of a further page of an article, which says nothing of the article's address."""

    problem: Problem
    url: str
    detail: str
    status: int | None = None
    retry_after_s: float | None = None
    further: bool = False

    @property
    def temporary(self) -> bool:
        """Whether it may be better later."""
        if self.problem is Problem.HTTP:
            return self.status in TEMPORARY_STATUS
        return self.problem in TEMPORARY

    @property
    def code(self) -> str:
        """A short code for dispositions and metrics."""
        return f"http_{self.status}" if self.problem is Problem.HTTP else self.problem.value


Fetched = Page | NotModified | Failure
