"""What the grouper needs of the place where signatures, stories and decisions lie: a port."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from search.stories.domain.decisions import Decision
from search.stories.domain.member import Member
from search.stories.domain.story import Story

Fence = tuple[int, int]
"""Sequence number and primary term of a document as it was read; a later write by another process breaks it."""


class FencedError(RuntimeError):
    """Another process wrote what this one read: nothing may be concluded from it, the batch is to be done again."""


@dataclass(frozen=True)
class Kept:
    """A member as it lies on the shelf."""

    member: Member
    fence: Fence


class Shelf(Protocol):
    """Signatures, stories, decisions. Every method raises BusyError while the store is away."""

    def read(self, article_ids: Collection[str]) -> dict[str, Kept]:
        """Return those that there are, in real time."""
        ...

    def write(self, members: Sequence[Member], fences: Mapping[str, Fence]) -> dict[str, Fence]:
        """Write members over what was read (`fences`), or anew, and return their new fences. Raises FencedError."""
        ...

    def candidates(self, members: Sequence[Member]) -> dict[str, list[str]]:
        """Return for each member the ids of those that may be its copies or tell its story. Sees all writes."""
        ...

    def tell(self, stories: Sequence[Story], gone: Collection[str], now: datetime) -> None:
        """Write the stories' documents, and take away those of stories that have no member any more."""
        ...

    def forget(self, before: datetime) -> int:
        """Take away the signatures of stories all of whose articles were published, and first seen, before then.

        Return how many articles that were. Stories, decisions, and what articles were told stay.
        """
        ...

    def decisions(self) -> list[Decision]:
        """Return all decisions."""
        ...

    def waiting(self) -> list[Decision]:
        """Return the decisions that were not applied yet, the oldest first."""
        ...

    def applied(self, decisions: Sequence[Decision], now: datetime) -> None:
        """Mark decisions as applied."""
        ...
