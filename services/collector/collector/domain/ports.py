"""What the collector needs from outside, as protocols; each has one real adapter and one fake, under one suite."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any, Protocol, TypeVar

from collector.domain.fetching import Fetched, Page, Validators
from collector.domain.fingerprint import Claim, Fingerprint, Outgoing
from collector.domain.polling import FetchState

T = TypeVar("T")

VANISHED = "vanished"
"""Outcome of an archived page that stood at an article's address when the article was gone; it is no revision."""


@dataclass(frozen=True)
class Version:
    """The store's mark of one state of a document; a write that names it fails when the document moved on."""

    seq_no: int
    primary_term: int


class ConflictError(RuntimeError):
    """The document was changed, or created, by someone else in the meantime: read it again and decide again."""


class Urgency(IntEnum):
    """The order in which a host's requests get their turn."""

    ROBOTS = 0
    POLL = 1
    NEW = 2
    AGAIN = 3


class FingerprintStore(Protocol):
    """Remembers articles, links and claims. Every method raises runtime's BusyError when the store is away."""

    async def get(self, article_id: str) -> tuple[Fingerprint, Version] | None: ...

    async def get_many(self, article_ids: Sequence[str]) -> dict[str, Fingerprint]:
        """Return the known ones, each without its outbox."""
        ...

    async def create_many(self, fingerprints: Sequence[Fingerprint]) -> set[str]:
        """Create those that do not exist yet; return the ids that were created by this call."""
        ...

    async def put(self, fingerprint: Fingerprint, version: Version | None) -> Version:
        """Write over exactly the given version, or create when it is None. Raises ConflictError."""
        ...

    async def due(self, now: datetime, *, limit: int, without: Collection[str]) -> list[str]:
        """Return ids whose visit is due, longest due first, leaving out the given ones. May lag by a second."""
        ...

    async def pending(self, *, limit: int) -> list[str]:
        """Return ids of what was decided but perhaps not published, as of now without lag."""
        ...

    async def claim(self, wanted: Claim) -> tuple[Claim, Version]:
        """Create the claim, or return the one that stands."""
        ...

    async def take_over(self, wanted: Claim, version: Version) -> None:
        """Replace exactly the given version of a claim. Raises ConflictError."""
        ...


class FetchStateStore(Protocol):
    """Remembers the sources' states. Raises BusyError when the store is away."""

    async def all(self) -> dict[str, FetchState]: ...

    async def get(self, source_id: str) -> tuple[FetchState, Version] | None: ...

    async def put(self, state: FetchState, version: Version | None) -> Version:
        """Write over exactly the given version, or create when it is None. Raises ConflictError."""
        ...


class Outbox(Protocol):
    """Takes messages to the broker."""

    async def send(self, messages: Sequence[Outgoing]) -> None:
        """Return when the broker has them all. Raises BusyError when it may have taken only some."""
        ...


class Archive(Protocol):
    """Keeps raw pages."""

    async def store(self, pages: Sequence[Page], about: dict[str, Any]) -> str:
        """Write the pages and what is known about them, durably; return the reference of the first."""
        ...


class WorkTooLongError(TimeoutError):
    """The work was not done within its limit."""


class Workers(Protocol):
    """Does work that needs the processor beside the event loop, under a time limit."""

    async def run(self, work: Callable[[], T]) -> T:
        """Return what the work returns, raise what it raises, or WorkTooLongError."""
        ...


class Fetcher(Protocol):
    """Fetches politely and safely: robots.txt, spacing, limits, redirects, addresses."""

    async def fetch(
        self, url: str, *, max_bytes: int, urgency: Urgency, validators: Validators | None = None, accept: str = "*/*"
    ) -> Fetched: ...
