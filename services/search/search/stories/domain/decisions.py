"""What people decided about stories, kept for ever: the latest word on two articles counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verb(StrEnum):
    """What a person did."""

    MERGE = "merge"
    SPLIT = "split"


class Tie(StrEnum):
    """What a decision says of two articles."""

    TOGETHER = "together"
    APART = "apart"


@dataclass(frozen=True)
class Decision:
    """A person joined two groups of articles, or set one apart from the other. The articles count, not the stories'
    names: a decision outlives every renaming and every rebuild.
    """

    decision_id: str
    verb: Verb
    at: datetime
    by: str
    why: str
    groups: tuple[frozenset[str], frozenset[str]]
    stories: tuple[str, ...] = ()

    @property
    def articles(self) -> frozenset[str]:
        return self.groups[0] | self.groups[1]


class Constraints:
    """All decisions, asked by article."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._decisions = sorted(decisions, key=lambda one: (one.at, one.decision_id))
        self._sides: dict[str, dict[int, int]] = {}
        for place, decision in enumerate(self._decisions):
            for side, articles in enumerate(decision.groups):
                for article in articles:
                    self._sides.setdefault(article, {})[place] = side

    def knows(self, article_id: str) -> bool:
        return article_id in self._sides

    def tie(self, one: str, other: str) -> Tie | None:
        """Return what the latest decision that had the two on different sides says, or None."""
        first, second = self._sides.get(one, {}), self._sides.get(other, {})
        places = [place for place, side in first.items() if second.get(place, side) != side]
        if not places:
            return None
        return Tie.TOGETHER if self._decisions[max(places)].verb is Verb.MERGE else Tie.APART

    def partners(self, article_id: str) -> frozenset[str]:
        """Return the articles that a decision names together with this one."""
        found: set[str] = set()
        for place in self._sides.get(article_id, {}):
            found |= self._decisions[place].articles
        return frozenset(found - {article_id})

    def together(self, present: Mapping[str, object]) -> list[tuple[str, str]]:
        """Return the pairs to be joined among the articles present, the latest decision first."""
        pairs: list[tuple[str, str]] = []
        for decision in reversed(self._decisions):
            if decision.verb is not Verb.MERGE:
                continue
            sides: Sequence[list[str]] = [sorted(side & present.keys()) for side in decision.groups]
            pairs += [(a, b) for a in sides[0] for b in sides[1] if self.tie(a, b) is Tie.TOGETHER]
        return pairs
