"""What is remembered of one article or link: the unit of exactly-once.

Stages: `queued`, a link that waits for its first visit; `pending`, decided, with its messages not yet known to be at
the broker; `settled`, they are; `alias`, a link whose page declares another canonical URL.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from contract.outcomes import Outcome
from contract.values import Vanishing

MAX_HASHES = 20
"""Content hashes remembered of one article; older ones are forgotten."""


class Stage(StrEnum):
    """How far a link or article has come."""

    QUEUED = "queued"
    PENDING = "pending"
    SETTLED = "settled"
    ALIAS = "alias"


@dataclass(frozen=True)
class Outgoing:
    """A message of the outbox: topic without namespace, key, and the encoded message."""

    topic: str
    key: str
    payload: str


@dataclass(frozen=True)
class Hints:
    """What the source said about the page, kept so that a visit needs no second look at the source."""

    title: str | None = None
    published: datetime | None = None
    modified: datetime | None = None
    authors: tuple[str, ...] = ()
    summary: str | None = None


@dataclass(frozen=True)
class Absence:
    """Signs in a row that an article's page is gone: how, where its address led, what stood there, and when.

    `told_at` is set once it is certain and told; `page` is the archive's reference of what stood there then.
    """

    how: Vanishing
    url: str
    evidence: str
    seen_at: tuple[datetime, ...] = ()
    told_at: datetime | None = None
    page: str | None = None


@dataclass(frozen=True)
class Fingerprint:
    """The document `_id` = article id in the index of fingerprints.

    `revision` is 0 until the article was passed on once. A settled document has an outcome.
    `visit_at` None means: never again by itself. While a document is pending, `visit_at` is when its delivery is tried
    again, and `then_visit_at` becomes `visit_at` once it is delivered. `archive` is the last page that was told of,
    `sketch` a mark of its words. `gone_at` is the first sign that the page is gone, `absence` what was seen since.
    """

    article_id: str
    stage: Stage
    url: str
    canonical_url: str
    source_id: str
    outlet: str
    first_seen_at: datetime
    revision: int = 0
    outcome: Outcome | None = None
    reason: str = ""
    detail: str = ""
    content_hash: str | None = None
    previous_hash: str | None = None
    hashes: tuple[str, ...] = ()
    alias_of: str | None = None
    hints: Hints = field(default_factory=Hints)
    told: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    visited_at: datetime | None = None
    visit_at: datetime | None = None
    then_visit_at: datetime | None = None
    failures: int = 0
    gone_at: datetime | None = None
    absence: Absence | None = None
    sketch: tuple[str, ...] = ()
    archive: str | None = None
    outbox: tuple[Outgoing, ...] = ()

    @property
    def published(self) -> bool:
        """Whether the article was passed on at least once."""
        return self.revision > 0


@dataclass(frozen=True)
class Claim:
    """The document that says which article of an outlet had a content first; `_id` = `claim_id`."""

    claim_id: str
    article_id: str
    outlet: str
    content_hash: str
    claimed_at: datetime


def remember_hash(hashes: tuple[str, ...], new: str) -> tuple[str, ...]:
    """Return the hashes with the new one last, without repeats, cut to the limit."""
    return (*(h for h in hashes if h != new), new)[-MAX_HASHES:]
