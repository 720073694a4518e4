"""The gateway with people at it: articles in memory, corrections settled as the indexer settles them, stories."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from contract.gazetteer import load_gazetteer
from contract.messages import ArticleRouted
from fastapi import FastAPI
from runtime.health import Health
from search.api.app import create_app
from search.api.gateway import Gateway
from search.correcting import CorrectionDesk
from search.domain.desk import Desk, Json, Seen
from search.domain.overlay import Learnt
from search.domain.problems import Flaw, InvalidRequestError
from search.domain.vocabulary import vocabulary_of

from tests.builders.routed import NOON
from tests.fakes.correction_line import CorrectionLine
from tests.fakes.fixed_clock import FixedClock
from tests.fakes.scan_library import ScanLibrary


class LineLibrary(ScanLibrary):
    """Scans the articles of a line as they are now."""

    def __init__(self, line: CorrectionLine) -> None:
        self.line = line
        super().__init__()

    @property
    def sources(self) -> list[Json]:
        return [source for source, _ in self.line.shelf.articles.values()]

    @sources.setter
    def sources(self, value: list[Json]) -> None:
        """Nothing is kept here."""

    @property
    def entries(self) -> list[Json]:
        return [source for source, _ in self.line.shelf.revised.values()]

    @entries.setter
    def entries(self, value: list[Json]) -> None:
        """Nor here."""


@dataclass
class MemoryStories:
    """Stories as told, and what people asked of them."""

    told: dict[str, Json] = field(default_factory=dict)
    merged: list[tuple[str, str, str, str]] = field(default_factory=list)
    split_off: list[tuple[str, tuple[str, ...], str, str]] = field(default_factory=list)

    def story(self, story_id: str) -> Json | None:
        return self.told.get(story_id)

    def merge(self, one: str, other: str, by: str, why: str, *, seen: Seen) -> None:
        if one == other:
            raise InvalidRequestError(Flaw("lain", "Ini cerita yang sama."))
        self.merged.append((one, other, by, why))

    def split(self, story_id: str, article_ids: Sequence[str], by: str, why: str, *, seen: Seen) -> None:
        self.split_off.append((story_id, tuple(article_ids), by, why))


class DeskWorld:
    """A line of articles and events, and the application on it."""

    def __init__(self, messages: Iterable[ArticleRouted], events: Iterable[Learnt] = ()) -> None:
        gazetteer = load_gazetteer()
        self.line = CorrectionLine()
        self.line.route(*messages)
        self.line.learn(*events)
        self.library = LineLibrary(self.line)
        self.stories = MemoryStories()
        self.clock = clock = FixedClock(NOON)
        self.corrections = CorrectionDesk(self.library, self.line, self.line, gazetteer, clock, pause=clock.advance)
        desk = Desk(self.corrections, self.stories)
        self.gateway = Gateway(self.library, gazetteer, vocabulary_of(gazetteer), clock, lambda: b"key", desk)
        self.app: FastAPI = create_app(self.gateway, Health("search-api", ready={}))
        self.app.state.corrections = self.corrections
