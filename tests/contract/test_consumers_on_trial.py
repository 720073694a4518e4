"""Every example of each topic, and odd messages besides, go through the real handler of each of its readers.

A reader may refuse a message; it may not fall over one. A reader that has no trial here fails the last test.
"""

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest
from classifier.adapters.packaged import build_reader
from classifier.agents import make_handler
from contract.codec import InvalidMessageError, decode, encode
from contract.gazetteer import load_gazetteer
from contract.messages import Message
from contract.outcomes import Service
from contract.topics import (
    ARTICLES_CLASSIFIED,
    ARTICLES_COLLECTED,
    ARTICLES_ROUTED,
    CARDS,
    TopicCard,
)
from router.agents import RouteHandler
from router.domain.rules import RoutingRules
from runtime.clock import SystemClock
from runtime.handling import Handled, Handler
from runtime.progress import Progress
from runtime.retry import FailureStreak, InvalidError, RetryPolicy
from runtime.shutdown import Shutdown
from search.batch_loop import BatchLoop
from search.domain.batch import Received
from search.domain.document import Write
from search.domain.verdicts import Answer
from search.indexer import Indexer
from search.overlaying import Overlaying
from search.stories.worker import Worker

from tests.contract.hostile import examples, odd
from tests.fakes.annotation_shelf import AnnotationShelf
from tests.fakes.story_bench import Bench

NOW = datetime(2026, 3, 6, tzinfo=UTC)
Trial = Callable[[TopicCard, bytes], None]


def on_trial(handler: Handler) -> Trial:
    """Return the trial of a stream worker's handler: what it emits must be sendable, to topics that are its own."""

    def trial(card: TopicCard, data: bytes) -> None:
        (result,) = handler([decode(data, card.message)], NOW)
        if isinstance(result, InvalidError):
            return
        assert isinstance(result, Handled), result
        for emit in result.emits:
            target = {card.topic: card for card in CARDS}[emit.topic]
            assert isinstance(emit.message, target.message)
            try:
                sent = encode(emit.message)
            except InvalidMessageError:
                continue  # Larger than a message may be: the worker buries what it read. A refusal, not a fall.
            assert decode(sent, target.message) == emit.message
            assert emit.key == result.article.article_id

    return trial


class NoReader:
    """The indexer's reader, which is not asked: the trial hands it the batch."""

    def poll(self, timeout_s: float) -> list[Received]:
        raise AssertionError

    def stay(self, timeout_s: float) -> None:
        raise AssertionError

    def commit(self, batch: Sequence[Received]) -> None: ...

    def lags(self) -> dict[tuple[str, int], tuple[int, int]]:
        return {}

    def close(self) -> None: ...


class TakesAll:
    """A store and a broker that take everything and count it."""

    def __init__(self) -> None:
        self.writes = 0
        self.letters: list[bytes] = []

    def prepare(self, month: str) -> None: ...

    def problem(self) -> str | None:
        return None

    def write(self, writes: Sequence[Write]) -> list[Answer]:
        self.writes += len(writes)
        return [Answer(200) for _ in writes]

    def send_all(self, messages: Sequence[tuple[str, str, bytes]]) -> None:
        self.letters += [data for _, _, data in messages]


def loop_of(service: Service, letters: TakesAll) -> BatchLoop:
    """Return a loop that is handed its batch, and waits for nothing."""
    return BatchLoop(
        service=service,
        reader=NoReader(),
        letters=letters,
        clock=SystemClock(),
        shutdown=Shutdown(),
        progress=Progress(60),
        policy=RetryPolicy(),
        streak=FailureStreak(10),
        rng=random.Random(1),
    )


def index(card: TopicCard, data: bytes) -> None:
    """The trial of the indexer: each message is written or kept, or buried."""
    taken, annotations = TakesAll(), AnnotationShelf()
    loop = loop_of(Service.SEARCH, taken)
    indexer = Indexer(loop, taken, Overlaying(annotations, load_gazetteer(), taken))
    indexer.handle([Received(card, card.topic, 0, 1, b"k", data)])
    assert taken.writes >= 1 or annotations.kept or taken.letters


def group(card: TopicCard, data: bytes) -> None:
    """The trial of the stories: each message is grouped, or buried."""
    bench, taken = Bench(), TakesAll()
    worker = Worker(loop_of(Service.STORIES, taken), bench.grouper)
    worker.handle([Received(card, card.topic, 0, 1, b"k", data)])
    assert bench.post.sent or taken.letters


@pytest.fixture(scope="session")
def trials() -> dict[tuple[str, Service], Trial]:
    search = {(card.topic, Service.SEARCH): index for card in CARDS if Service.SEARCH in card.readers}
    return {
        (ARTICLES_COLLECTED.topic, Service.CLASSIFIER): on_trial(make_handler(build_reader()[0])),
        (ARTICLES_CLASSIFIED.topic, Service.ROUTER): on_trial(RouteHandler(load_gazetteer(), RoutingRules())),
        **search,
        (ARTICLES_ROUTED.topic, Service.STORIES): group,
    }


READERS = [(card, reader) for card in CARDS for reader in card.readers]
EXAMPLES = [(card, reader, name, data) for card, reader in READERS for name, data in examples(card)]
ODD = [(card, reader, name, message) for card, reader in READERS for name, message in odd(card)]


def named(value: object) -> str:
    return value.topic if isinstance(value, TopicCard) else value if isinstance(value, str) else ""


@pytest.mark.parametrize(("card", "reader", "name", "data"), EXAMPLES, ids=named)
def test_a_reader_handles_every_example_of_its_topics(trials, card, reader, name, data):
    trials[card.topic, reader](card, data)


@pytest.mark.parametrize(("card", "reader", "name", "message"), ODD, ids=named)
def test_a_reader_falls_over_nothing_that_the_contract_allows(trials, card, reader, name, message: Message):
    trials[card.topic, reader](card, encode(message))


def test_every_reader_of_every_topic_is_on_trial(trials):
    assert set(trials) == {(card.topic, reader) for card, reader in READERS}
