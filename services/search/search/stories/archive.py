"""What the desk of stories asks of the place where stories, members, texts and decisions lie: a port."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from search.stories.domain.decisions import Decision
from search.stories.domain.member import Member

Json = dict[str, Any]


CORRECTABLE = ("opd", "unit", "tone", "origin")
"""What stories are filtered by and a person may correct in their articles."""


class StoryChangedError(RuntimeError):
    """The story is not any more what the person saw; nothing was decided."""


@dataclass(frozen=True)
class Record:
    """A story's document and its version, which changes with every change of the story."""

    source: Mapping[str, Any]
    version: str


@dataclass(frozen=True)
class StoryQuery:
    """Which stories: every condition must hold, values of one are alternatives. `until` is exclusive.

    A story's document says what its articles said when they were grouped. Of the stories with an article that a person
    corrected (`corrected`) that does not count, but `now`: per field, those that have such an article today.
    """

    opd: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    tone: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    articles_at_least: int = 1
    size: int = 50
    corrected: tuple[str, ...] = ()
    now: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Archive(Protocol):
    """All methods raise BusyError while the store is away."""

    def find(self, query: StoryQuery) -> tuple[int, list[Json]]:
        """Return how many stories there are, and the newest of them: those with the latest article."""
        ...

    def story(self, story_id: str) -> Record | None:
        """Return a story in real time."""
        ...

    def members(self, article_ids: Collection[str]) -> dict[str, Member]:
        """Return the members that there are, in real time."""
        ...

    def texts(self, article_ids: Collection[str]) -> dict[str, Json]:
        """Return of the articles that can be searched what a story tells of them (`DOCUMENT_FIELDS`)."""
        ...

    def decisions_about(self, article_ids: Collection[str]) -> list[Decision]:
        """Return the decisions that name any of these articles, the oldest first."""
        ...

    def decide(self, decision: Decision, seen: Mapping[str, str]) -> None:
        """Keep a decision for ever, unless a story is no more at the version that was `seen`.

        Raises StoryChangedError, and then nothing was decided.
        """
        ...

    def was_applied(self, decision_id: str) -> bool:
        """Return whether the stories follow a decision already."""
        ...
