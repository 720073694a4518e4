"""The archive of stories over a shelf in memory; `then` is called when somebody decided, as the other process would."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from search.stories.archive import CORRECTABLE, Record, StoryChangedError, StoryQuery
from search.stories.domain.decisions import Decision
from search.stories.domain.documents import member_from
from search.stories.domain.member import Member

from tests.fakes.memory_shelf import MemoryShelf

Json = dict[str, Any]


class MemoryArchive:
    """Versions count the changes of a story's document."""

    def __init__(
        self, shelf: MemoryShelf, texts: Mapping[str, Json], then: Callable[[], object] = lambda: None
    ) -> None:
        self.shelf = shelf
        self.articles = texts
        self.then = then
        self.touched: dict[str, int] = {}

    def find(self, query: StoryQuery) -> tuple[int, list[Json]]:
        found = [one for one in self.shelf.stories.values() if _fits(one, query)]
        found.sort(key=lambda one: (one["last_at"], one["story_id"]), reverse=True)
        return len(found), found[: query.size]

    def story(self, story_id: str) -> Record | None:
        source = self.shelf.stories.get(story_id)
        return None if source is None else Record(source, self._version(story_id))

    def _version(self, story_id: str) -> str:
        articles: Any = self.shelf.stories[story_id]["articles"]
        return f"{1000 * articles + self.touched.get(story_id, 0)}-1"

    def members(self, article_ids: Collection[str]) -> dict[str, Member]:
        documents = self.shelf.documents
        return {one: member_from(documents[one][0]) for one in article_ids if one in documents}

    def texts(self, article_ids: Collection[str]) -> dict[str, Json]:
        return {one: self.articles[one] for one in article_ids if one in self.articles}

    def decisions_about(self, article_ids: Collection[str]) -> list[Decision]:
        wanted = set(article_ids)
        return [one for one in self.shelf.kept_decisions.values() if one.articles & wanted]

    def decide(self, decision: Decision, seen: Mapping[str, str]) -> None:
        for story_id, version in seen.items():
            if version != self._version(story_id):
                raise StoryChangedError(story_id)
        for story_id in seen:
            self.touched[story_id] = self.touched.get(story_id, 0) + 1
        self.shelf.kept_decisions[decision.decision_id] = decision
        self.then()

    def was_applied(self, decision_id: str) -> bool:
        return decision_id in self.shelf.done


def _fits(source: Json, query: StoryQuery) -> bool:
    corrected = source["story_id"] in query.corrected
    chosen = all(
        source["story_id"] in query.now.get(field, ()) if corrected else set(wanted) & set(source[field])
        for field in CORRECTABLE
        if (wanted := getattr(query, field))
    )
    return chosen and source["articles"] >= query.articles_at_least
