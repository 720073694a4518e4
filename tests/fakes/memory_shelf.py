"""A shelf in memory that finds candidates by looking at every signature, and can fail or interfere as told."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from runtime.retry import BusyError
from search.stories.domain.decisions import Decision
from search.stories.domain.documents import member_document, member_from, story_document
from search.stories.domain.likeness import COPY_WINDOW, STORY_WINDOW
from search.stories.domain.member import Member
from search.stories.domain.story import Story
from search.stories.shelf import Fence, FencedError, Kept


class MemoryShelf:
    """Documents go through the same JSON as in Elasticsearch. `fails` is asked before each step, by its name."""

    def __init__(self, fails: Callable[[str], bool] = lambda _step: False) -> None:
        self.fails = fails
        self.documents: dict[str, tuple[dict[str, object], int]] = {}
        self.stories: dict[str, dict[str, object]] = {}
        self.kept_decisions: dict[str, Decision] = {}
        self.done: set[str] = set()
        self.number = 0

    def _step(self, name: str) -> None:
        if self.fails(name):
            raise BusyError(name)

    def read(self, article_ids: Collection[str]) -> dict[str, Kept]:
        self._step("read")
        found = {one: self.documents[one] for one in article_ids if one in self.documents}
        return {one: Kept(member_from(source), (number, 1)) for one, (source, number) in found.items()}

    def write(self, members: Sequence[Member], fences: Mapping[str, Fence]) -> dict[str, Fence]:
        made: dict[str, Fence] = {}
        for member in members:
            self._step("write")
            there = self.documents.get(member.article_id)
            if (there is None) != (member.article_id not in fences) or (
                there is not None and there[1] != fences[member.article_id][0]
            ):
                raise FencedError(member.article_id)
            self.number += 1
            self.documents[member.article_id] = (member_document(member), self.number)
            made[member.article_id] = (self.number, 1)
        return made

    def candidates(self, members: Sequence[Member]) -> dict[str, list[str]]:
        self._step("candidates")
        every = [member_from(source) for source, _ in self.documents.values()]
        return {
            member.article_id: [
                other.article_id for other in every if other.article_id != member.article_id and _may(member, other)
            ]
            for member in members
        }

    def tell(self, stories: Sequence[Story], gone: Collection[str], now: datetime) -> None:
        self._step("tell")
        for one in gone:
            self.stories.pop(one, None)
        self.stories |= {one.story_id: story_document(one, now) for one in stories}

    def forget(self, before: datetime) -> int:
        self._step("forget")
        stories: dict[str, list[Member]] = {}
        for source, _ in self.documents.values():
            member = member_from(source)
            if member.grouping is not None:
                stories.setdefault(member.grouping.story_id, []).append(member)
        past = [each for each in stories.values() if all(_ended(one) < before for one in each)]
        gone = [one.article_id for each in past for one in each]
        for one in gone:
            del self.documents[one]
        return len(gone)

    def decisions(self) -> list[Decision]:
        return list(self.kept_decisions.values())

    def waiting(self) -> list[Decision]:
        return [one for one in self.kept_decisions.values() if one.decision_id not in self.done]

    def applied(self, decisions: Sequence[Decision], now: datetime) -> None:
        self._step("applied")
        self.done |= {one.decision_id for one in decisions}


def _may(one: Member, other: Member) -> bool:
    apart = abs(one.published_at - other.published_at)
    if apart <= COPY_WINDOW and set(one.signature.bands) & set(other.signature.bands):
        return True
    shared = set(one.signature.key_words) & set(other.signature.key_words)
    weight = sum(one.signature.vector[word] for word in shared)
    return apart <= STORY_WINDOW and len(shared) >= 3 and weight >= 0.35


def _ended(member: Member) -> datetime:
    return max(member.published_at, member.first_seen_at)
