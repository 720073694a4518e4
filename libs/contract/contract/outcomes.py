"""The closed set of what can become of an article at a service."""

from enum import StrEnum


class Service(StrEnum):
    """Who gives an outcome."""

    COLLECTOR = "collector"
    CLASSIFIER = "classifier"
    ROUTER = "router"
    SEARCH = "search"
    STORIES = "stories"


class Outcome(StrEnum):
    """What became of one revision of an article at one service.

    `passed` goes on to the next service. The others are final: `indexed` can be found, `duplicate` is the same
    content at another address of the outlet, `rejected` is not an article that can be read, `dead` waits in a
    dead letter for a person. Over all: collected = indexed + duplicate + rejected + dead.
    """

    PASSED = "passed"
    INDEXED = "indexed"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    DEAD = "dead"


FINAL = frozenset({Outcome.INDEXED, Outcome.DUPLICATE, Outcome.REJECTED, Outcome.DEAD})

ALLOWED: dict[Service, frozenset[Outcome]] = {
    Service.COLLECTOR: frozenset({Outcome.PASSED, Outcome.DUPLICATE, Outcome.REJECTED, Outcome.DEAD}),
    Service.CLASSIFIER: frozenset({Outcome.PASSED, Outcome.REJECTED, Outcome.DEAD}),
    Service.ROUTER: frozenset({Outcome.PASSED, Outcome.REJECTED, Outcome.DEAD}),
    Service.SEARCH: frozenset({Outcome.INDEXED, Outcome.DEAD}),
    Service.STORIES: frozenset(),
}
"""Stories groups what others pass on: it is a reader with dead letters of its own, and decides no article's end."""


class CorrectionOutcome(StrEnum):
    """What the only writer of articles decided about one correction.

    `applied` is in force. `conflict`: another value had been set meanwhile; the correction is kept, not applied.
    `unknown_article`: no such article is known yet; the correction is kept, and holds once the article comes.
    """

    APPLIED = "applied"
    CONFLICT = "conflict"
    UNKNOWN_ARTICLE = "unknown_article"
