"""An article as the stories know it: where and when it stood, its signature, its bonds, and how it was last grouped."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from contract.values import Origin

from search.stories.domain.likeness import Comparable, Kind, Likeness
from search.stories.domain.signature import Signature

WIB = ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True)
class Piece:
    """One revision of an article as it arrives. `version` grows with revision and generation."""

    article_id: str
    version: int
    month: str
    title: str
    text: str = field(repr=False)
    url: str
    outlet: str
    outlet_name: str
    tier: int | None
    own_of: str | None
    published_at: datetime
    first_seen_at: datetime
    tone: str
    opd: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bond:
    """What was found between this article and another one; both keep it."""

    kind: Kind
    similarity: float
    shared_share: float

    @classmethod
    def of(cls, found: Likeness) -> "Bond":
        return cls(found.kind, found.similarity, found.shared_share)


@dataclass(frozen=True)
class Grouping:
    """How an article was grouped: what `articles.grouped` tells of it."""

    story_id: str
    copy_group: str | None
    copy_of: str | None
    first: bool
    similarity: float
    origin: Origin
    release_of: str | None
    story_articles: int
    story_outlets: int


OUTLET_STEPS = (3, 6)
"""Members are told anew of their story's size when it crosses these numbers of outlets, and not in between: else a
story of n articles would cost n² messages."""


def same_news(old: Grouping | None, new: Grouping) -> bool:
    """Return whether `new` says nothing that the readers of articles must be told."""
    return old is not None and _news(old) == _news(new)


def _news(grouping: Grouping) -> tuple[object, ...]:
    one = grouping
    return (one.story_id, one.copy_group, one.copy_of, one.first, one.origin, one.release_of, step_of(one))


def step_of(grouping: Grouping) -> int:
    return sum(grouping.story_outlets >= step for step in OUTLET_STEPS)


@dataclass(frozen=True)
class Member:
    """An article in the graph. `settled` is false between its signature's writing and its grouping's."""

    article_id: str
    version: int
    month: str
    title: str
    url: str
    outlet: str
    outlet_name: str
    tier: int | None
    own_of: str | None
    published_at: datetime
    first_seen_at: datetime
    tone: str
    opd: tuple[str, ...]
    unit: tuple[str, ...]
    signature: Signature
    bonds: Mapping[str, Bond] = field(default_factory=dict)
    grouping: Grouping | None = None
    sequence: int = 0
    settled: bool = False

    @property
    def comparable(self) -> Comparable:
        return Comparable(self.signature, self.outlet, self.published_at)

    @property
    def order(self) -> tuple[datetime, datetime, str]:
        """Return the key of who was first: published, to the minute, then seen, then the id."""
        return (_minute_of(self.published_at, self.first_seen_at), self.first_seen_at, self.article_id)


def _minute_of(published_at: datetime, first_seen_at: datetime) -> datetime:
    """Return the minute of publication, since many outlets tell no seconds.

    Midnight in WIB to the second is a date without a time, so that whoever tells less is not always the first: the
    article was published at the latest when it was seen.
    """
    local = published_at.astimezone(WIB)
    if (local.hour, local.minute, local.second) == (0, 0, 0) and first_seen_at - published_at < timedelta(days=1):
        return max(published_at, first_seen_at.replace(second=0, microsecond=0))
    return published_at.replace(second=0, microsecond=0)


def member_of(piece: Piece, signature: Signature, before: Member | None) -> Member:
    """Return an article with a new signature; its bonds and its grouping stay until they are decided anew."""
    return Member(
        article_id=piece.article_id,
        version=piece.version,
        month=piece.month,
        title=piece.title,
        url=piece.url,
        outlet=piece.outlet,
        outlet_name=piece.outlet_name,
        tier=piece.tier,
        own_of=piece.own_of,
        published_at=piece.published_at,
        first_seen_at=piece.first_seen_at,
        tone=piece.tone,
        opd=piece.opd,
        unit=piece.unit,
        signature=signature,
        bonds=before.bonds if before else {},
        grouping=before.grouping if before else None,
        sequence=before.sequence if before else 0,
    )
