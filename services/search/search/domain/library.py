"""What the gateway asks of the store of articles: a port, so that a plain scan can stand in for Elasticsearch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from search.domain.filters import Filters, Sort
from search.domain.stats import Cell, GroupBy, Interval
from search.domain.story_facts import StoryFacts

Json = dict[str, Any]


@dataclass(frozen=True)
class After:
    """Where a search goes on: behind these sort values, in this point in time where there is one."""

    values: tuple[Any, ...]
    pit: str | None = None


@dataclass(frozen=True)
class Hit:
    """One article found: its document without the long fields, its sort values, its highlights."""

    source: Json
    sort: tuple[Any, ...]
    highlights: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """One page. `after` is None on the last one."""

    total: int
    hits: Sequence[Hit]
    after: After | None
    facets: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Span:
    """How many articles there are, and when the first and the last were published."""

    total: int
    first: datetime | None
    last: datetime | None


class Library(Protocol):
    """The articles and what became of them, as far as they can be searched. All raise BusyError when it is away."""

    def find(self, filters: Filters, sort: Sort, size: int, facets: tuple[str, ...], after: After | None) -> Found:
        """Return a page. Raises ExpiredCursorError when `after` names a point in time that is gone."""
        ...

    def get(self, article_id: str) -> Json | None:
        """Return the whole document of an article, or None."""
        ...

    def span(self, filters: Filters) -> Span: ...

    def counts(
        self, filters: Filters, group: GroupBy, interval: Interval | None, only: tuple[str, ...] | None = None
    ) -> list[Cell]:
        """Return the counts of all groups, or of `only` these; of none when that is empty."""
        ...

    def story_ids(self, filters: Filters) -> tuple[str, ...]:
        """Return the stories of the articles asked for, the latest first, at most `MOST_STORIES`."""
        ...

    def story_facts(self, story_ids: Sequence[str]) -> dict[str, StoryFacts]:
        """Return what the articles of these stories say now; none of a story without articles."""
        ...

    def dispositions_at(self, urls: Sequence[str]) -> list[Json]:
        """Return the dispositions known by any of the addresses."""
        ...

    def dispositions_of(self, article_id: str) -> list[Json]: ...

    def page_entries(self, article_id: str) -> list[Json]:
        """Return an article's revisions, without their texts, and when its page went or came back."""
        ...

    def revision(self, article_id: str, number: int) -> Json | None:
        """Return one revision with its text, or None."""
        ...

    def problem(self) -> str | None:
        """Return what is wrong with it, or None."""
        ...
