"""Which articles form a story: a function of articles, bonds and decisions, whatever the order they came in.

The strongest bonds join first. What people put together is together before any bond counts, what they set apart
no bond brings together again. A single bond of mere story joins an article or a few to a story, but not two
large stories: a chain of half-related articles would swallow a week's news.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from search.stories.domain.decisions import Constraints, Tie
from search.stories.domain.likeness import Kind
from search.stories.domain.member import Bond, Member

MAX_STORY_ARTICLES = 400
MAX_STORY_SPAN = timedelta(days=14)
"""From first to last article; beyond, what goes on is a new story on the same matter."""
BONDS_NEEDED = ((4, 1), (15, 2))
"""Up to so many articles in the smaller of two groups, so many bonds of story join them; above, the last one."""
MOST_BONDS_NEEDED = 3


class _Groups:
    """Disjoint groups of articles."""

    def __init__(self, members: Mapping[str, Member], constraints: Constraints, full_at: int) -> None:
        self._full_at = full_at
        self._members = members
        self._constraints = constraints
        self.of = {one: frozenset((one,)) for one in members}

    def join(self, one: str, other: str) -> None:
        joined = self.of[one] | self.of[other]
        for each in joined:
            self.of[each] = joined

    def may_join(self, one: str, other: str) -> bool:
        """Return whether size and decisions allow it."""
        first, second = self.of[one], self.of[other]
        if first is second or len(first) + len(second) > self._full_at:
            return False
        decided = [each for each in first if self._constraints.knows(each)]
        others = [each for each in second if self._constraints.knows(each)] if decided else []
        return not any(self._constraints.tie(a, b) is Tie.APART for a in decided for b in others)

    def are_close(self, one: str, other: str) -> bool:
        """Return whether enough articles of the two groups are bound, within the longest life of a story."""
        smaller, larger = sorted((self.of[one], self.of[other]), key=len)
        times = [self._members[each].published_at for each in smaller | larger]
        if max(times) - min(times) > MAX_STORY_SPAN:
            return False
        bound = sum(len(larger & self._members[each].bonds.keys()) for each in smaller)
        return bound >= next((needed for size, needed in BONDS_NEEDED if len(smaller) <= size), MOST_BONDS_NEEDED)


def assemble(
    members: Mapping[str, Member], constraints: Constraints, full_at: int = MAX_STORY_ARTICLES
) -> list[frozenset[str]]:
    """Return the groups, each article in one, in the order of their smallest ids."""
    groups = _Groups(members, constraints, full_at)
    for one, other in constraints.together(members):
        if groups.may_join(one, other):
            groups.join(one, other)
    for one, other, bond in bonds_among(members):
        if groups.may_join(one, other) and (bond.kind is Kind.COPY or groups.are_close(one, other)):
            groups.join(one, other)
    return sorted(set(groups.of.values()), key=min)


def bonds_among(members: Mapping[str, Member]) -> list[tuple[str, str, Bond]]:
    """Return each bond once, copies first, then the more alike."""
    found = [
        (one, other, bond)
        for one, member in members.items()
        for other, bond in member.bonds.items()
        if one < other and other in members
    ]
    return sorted(found, key=lambda each: (each[2].kind is not Kind.COPY, -each[2].similarity, each[0], each[1]))


def components(members: Mapping[str, Member], constraints: Constraints) -> list[dict[str, Member]]:
    """Return the members that hang together by bonds or decisions, each set to be assembled for itself."""
    left = set(members)
    found: list[dict[str, Member]] = []
    while left:
        start = min(left)
        seen: set[str] = {start}
        queue = [start]
        while queue:
            one = queue.pop()
            for other in _neighbours(members[one], constraints):
                if other in left and other not in seen:
                    seen.add(other)
                    queue.append(other)
        found.append({one: members[one] for one in sorted(seen)})
        left -= seen
    return found


def _neighbours(member: Member, constraints: Constraints) -> Iterable[str]:
    yield from member.bonds
    if constraints.knows(member.article_id):
        yield from constraints.partners(member.article_id)
