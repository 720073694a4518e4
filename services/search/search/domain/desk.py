"""What the pages ask beside the library: corrections and their history, and stories. Ports."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Json = dict[str, Any]
Value = str | int | list[str]
"""A label, a severity, or the categories."""


@dataclass(frozen=True)
class Answer:
    """What a person says of an article, against what the page showed.

    `what` is tone, sentiment, mention, assignment, category, severity or origin; values are as JSON has them.
    `kind` and `entity_id` name the body where it is about one. `sentiment` goes with a body that is added. `revision`
    and `content_hash` are those of the text on the page.
    """

    correction_id: str
    article_id: str
    what: str
    expected: Value
    after: Value
    by: str
    revision: int
    content_hash: str
    kind: str = ""
    entity_id: str = ""
    sentiment: str = ""
    note: str = ""


class Corrections(Protocol):
    """People's corrections. All raise BusyError while they cannot be taken or read."""

    def correct(self, answer: Answer) -> None:
        """Take a correction; the same `correction_id` again changes nothing. Raises InvalidRequestError."""
        ...

    def withdraw(self, article_id: str, correction_id: str, by: str) -> None:
        """Take a correction back. Raises InvalidRequestError for one that there is not."""
        ...

    def history(self, article_id: str) -> Sequence[Json]:
        """Return the corrections of an article that are known, the newest first.

        Each has correction_id, at, by, note, what, kind, entity_id, expected, before, after, outcome (applied,
        conflict, unknown_article), set_by, origin (person, copy), copied_from, withdraws, withdrawn and in_force.
        """
        ...


@dataclass(frozen=True)
class Seen:
    """What the page of a story showed when a person decided: its version, and the last decision of people by then."""

    version: str = ""
    decision: str = ""


class StoryMovedError(RuntimeError):
    """The story is not any more what the person saw; nothing was decided. The message tells them what happened."""


class Stories(Protocol):
    """Stories. All raise BusyError while they cannot be read or changed."""

    def story(self, story_id: str) -> Json | None:
        """Return a story by its id or that of an article in it, or None.

        It has story_id, version, title, first, representative, reason and decided: what people joined or set apart,
        the latest first.
        """
        ...

    def merge(self, one: str, other: str, by: str, why: str, *, seen: Seen) -> None:
        """Join two stories, for good; once, when the same person sends it twice.

        Raises StoryMovedError, and InvalidRequestError where there is no such story.
        """
        ...

    def split(self, story_id: str, article_ids: Sequence[str], by: str, why: str, *, seen: Seen) -> None:
        """Set articles apart from a story, for good; once, when the same person sends it twice.

        Raises StoryMovedError and InvalidRequestError.
        """
        ...


@dataclass(frozen=True)
class Desk:
    """Both; None where an installation has none."""

    corrections: Corrections | None = None
    stories: Stories | None = None


NO_DESK = Desk()
