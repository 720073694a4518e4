"""The way of a correction in memory: a broker that keeps events, and the indexer's own settling behind it."""

from collections.abc import Sequence
from typing import Any

from contract.codec import decode
from contract.gazetteer import load_gazetteer
from contract.learnt import ArticleCorrected
from contract.messages import ArticleRouted
from contract.topics import ARTICLES_CORRECTED, ARTICLES_ROUTED
from runtime.retry import BusyError
from search.domain.annotation import Annotation
from search.domain.batch import Planned, Received
from search.domain.document import article_write
from search.domain.overlay import Learnt
from search.overlaying import Overlaying

from tests.builders.routed import NOON
from tests.fakes.annotation_shelf import AnnotationShelf


class CorrectionLine:
    """Takes events and settles them at once, or, while `held`, when `settle` is called."""

    def __init__(self) -> None:
        self.shelf = AnnotationShelf()
        self.overlaying = Overlaying(self.shelf, load_gazetteer(), self)
        self.waiting: list[Learnt] = []
        self.sent: list[ArticleCorrected] = []
        self.held = False
        self.away = False

    def send_all(self, messages: Sequence[tuple[str, str, bytes]]) -> None:
        if self.away:
            raise BusyError("no broker")
        for topic, key, data in messages:
            event = decode(data, ArticleCorrected)
            assert (topic, key) == (ARTICLES_CORRECTED.topic, event.article_id)
            self.sent.append(event)
            self.waiting.append(event)
        if not self.held:
            self.settle()

    def settle(self) -> None:
        """Settle what waits, and what follows from it."""
        while self.waiting:
            self.learn(self.waiting.pop(0))

    def learn(self, *events: Learnt) -> None:
        received = Received(ARTICLES_CORRECTED, "t", 0, 0, b"k", b"")
        self.overlaying.settle([Planned(received, event=event) for event in events], self.shelf.take)

    def route(self, *messages: ArticleRouted) -> None:
        received = Received(ARTICLES_ROUTED, "t", 0, 0, b"k", b"")
        planned = [Planned(received, article_write(one, NOON), one.article) for one in messages]
        self.overlaying.settle(planned, self.shelf.take)

    def annotation(self, article_id: str) -> Annotation | None:
        kept = self.shelf.read([article_id]).get(article_id)
        return kept.annotation if kept else None

    def document(self, article_id: str, month: str) -> dict[str, Any] | None:
        return self.shelf.documents({article_id: month}).get(article_id)

    def is_settled(self, article_id: str, correction_id: str) -> bool:
        return f"{article_id}.{correction_id}" in self.shelf.corrections
