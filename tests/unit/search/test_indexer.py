"""The indexer's loop with a store, a reader and a clock that do what the test says."""

from collections.abc import Callable, Sequence

import pytest
from contract.codec import decode, encode
from contract.messages import ArticleRouted, LetterDied
from contract.topics import ARTICLES_ROUTED
from runtime.progress import Progress
from runtime.retry import BusyError, FailureStreak, RetryPolicy, TooManyDeadLettersError
from runtime.shutdown import Shutdown
from search.domain.batch import Received
from search.domain.document import Target, Write
from search.domain.verdicts import Answer
from search.indexer import EndRequestedError, Indexer

from tests.builders.routed import NOON, many_routed
from tests.fakes.fixed_clock import FixedClock


class Shelf:
    """A store in memory that answers as told."""

    def __init__(self, answer: Callable[[Write, int], Answer | None] = lambda _write, _call: Answer(201)) -> None:
        self.answer = answer
        self.calls: list[list[Write]] = []

    def prepare(self, month: str) -> None: ...

    def problem(self) -> str | None:
        return None

    def write(self, writes: Sequence[Write]) -> list[Answer]:
        self.calls.append(list(writes))
        answers = [self.answer(write, len(self.calls)) for write in writes]
        if None in answers:
            raise BusyError("connection refused")
        return [answer for answer in answers if answer is not None]

    def written(self, target: Target) -> list[Write]:
        return [write for call in self.calls for write in call if write.target is target]


class Line:
    """A reader that gives batches and remembers what was committed and how long it stayed."""

    def __init__(self, clock: FixedClock, batches: Sequence[Sequence[Received]] = ()) -> None:
        self.clock = clock
        self.batches = list(batches)
        self.committed: list[int] = []
        self.stays: list[float] = []
        self.at_end: Callable[[], None] = lambda: None

    def poll(self, timeout_s: float) -> list[Received]:
        if not self.batches:
            self.at_end()
            return []
        return list(self.batches.pop(0))

    def stay(self, timeout_s: float) -> None:
        self.stays.append(timeout_s)
        self.clock.advance(timeout_s)

    def commit(self, batch: Sequence[Received]) -> None:
        self.committed += [one.offset for one in batch]

    def lags(self) -> dict[tuple[str, int], tuple[int, int]]:
        return {("articles.routed", 0): (len(self.committed), 0)}

    def close(self) -> None: ...


class Post:
    """Keeps the letters."""

    def __init__(self, fails: int = 0) -> None:
        self.fails = fails
        self.sent: list[tuple[str, str, bytes]] = []

    def send_all(self, messages: Sequence[tuple[str, str, bytes]]) -> None:
        if self.fails:
            self.fails -= 1
            raise BusyError("no broker")
        self.sent += messages


class Bench:
    """An indexer with its surroundings."""

    def __init__(self, shelf: Shelf, post: Post | None = None, limit: int = 3) -> None:
        self.clock = FixedClock(NOON)
        self.shelf = shelf
        self.post = post or Post()
        self.line = Line(self.clock)
        self.shutdown = Shutdown()
        self.indexer = Indexer(
            reader=self.line,
            store=shelf,
            letters=self.post,
            clock=self.clock,
            shutdown=self.shutdown,
            progress=Progress(60),
            policy=RetryPolicy(wait_s=0.5, max_wait_s=30),
            streak=FailureStreak(limit),
        )

    def outcomes(self) -> list[tuple[str, str]]:
        return [(one.source["outcome"], one.source["reason"]) for one in self.shelf.written(Target.DISPOSITIONS)]


def batch_of(messages: Sequence[ArticleRouted | bytes]) -> list[Received]:
    values = [one if isinstance(one, bytes) else encode(one) for one in messages]
    return [Received(ARTICLES_ROUTED, "articles.routed", 0, place, b"k", value) for place, value in enumerate(values)]


def test_a_batch_is_committed_after_articles_and_dispositions_are_acknowledged() -> None:
    bench = Bench(Shelf())
    bench.indexer.handle(batch_of(many_routed(3)))
    assert [{write.target for write in call} for call in bench.shelf.calls] == [
        {Target.ARTICLES},
        {Target.DISPOSITIONS},
    ]
    assert bench.line.committed == [0, 1, 2]
    assert bench.outcomes() == [("indexed", "")] * 3


def test_a_refused_document_goes_to_the_dead_letter_and_the_rest_is_kept() -> None:
    bad = many_routed(3)[1].article.article_id
    bench = Bench(Shelf(lambda write, _call: Answer(400, "strict") if write.id == bad else Answer(201)))
    bench.indexer.handle(batch_of(many_routed(3)))
    ((topic, _, data),) = bench.post.sent
    letter = decode(data, LetterDied)
    assert topic == "articles.routed.dead.search"
    assert (letter.stage, letter.offset, letter.service) == ("index", 1, "search")
    assert sorted(bench.outcomes()) == [("dead", "refused_by_elasticsearch"), ("indexed", ""), ("indexed", "")]
    assert bench.line.committed == [0, 1, 2]


def test_while_the_store_is_away_nothing_is_committed_and_the_reader_stays_in_its_group() -> None:
    bench = Bench(Shelf(lambda _write, call: None if call < 4 else Answer(201)))
    committed_while_waiting: list[int] = []
    original = bench.line.stay

    def stay(timeout_s: float) -> None:
        committed_while_waiting.extend(bench.line.committed)
        original(timeout_s)

    bench.line.stay = stay  # type: ignore[method-assign]  # the substitute looks on
    bench.indexer.handle(batch_of(many_routed(2)))
    assert committed_while_waiting == []
    assert len(bench.line.stays) >= 3
    assert bench.line.committed == [0, 1]


def test_only_what_the_store_had_no_room_for_is_written_again() -> None:
    busy = many_routed(3)[2].article.article_id
    bench = Bench(Shelf(lambda write, call: Answer(429) if write.id == busy and call < 3 else Answer(201)))
    bench.indexer.handle(batch_of(many_routed(3)))
    assert [len(call) for call in bench.shelf.calls] == [3, 1, 1, 3]
    assert bench.post.sent == []


def test_waits_grow_and_are_cut() -> None:
    bench = Bench(Shelf(lambda _write, call: None if call < 12 else Answer(201)))
    bench.indexer.handle(batch_of(many_routed(1)))
    assert sum(bench.line.stays) < 11 * 30
    assert sum(bench.line.stays) > 60


def test_when_the_end_is_asked_for_while_waiting_nothing_is_committed() -> None:
    bench = Bench(Shelf(lambda _write, _call: None))
    bench.shutdown.request()
    with pytest.raises(EndRequestedError):
        bench.indexer.handle(batch_of(many_routed(2)))
    assert bench.line.committed == []


def test_the_loop_ends_when_asked() -> None:
    bench = Bench(Shelf())
    bench.line.batches = [batch_of(many_routed(2))]
    bench.line.at_end = bench.shutdown.request
    bench.indexer.run()
    assert bench.line.committed == [0, 1]


def test_dead_letters_wait_for_the_broker_before_the_commit() -> None:
    bench = Bench(Shelf(), Post(fails=2))
    bench.indexer.handle(batch_of([b"{", *many_routed(1)]))
    assert len(bench.post.sent) == 1
    assert bench.line.committed == [0, 1]


def test_too_many_failures_in_a_row_stop_the_service_before_any_letter_is_sent() -> None:
    bench = Bench(Shelf(), limit=3)
    with pytest.raises(TooManyDeadLettersError):
        bench.indexer.handle(batch_of([b"{"] * 3))
    assert bench.post.sent == []
    assert bench.line.committed == []


def test_failures_between_successes_do_not_stop_the_service() -> None:
    bench = Bench(Shelf(), limit=3)
    good = many_routed(3)
    bench.indexer.handle(batch_of([b"{", b"{", good[0], b"{", b"{", good[1], b"{", good[2]]))
    assert len(bench.post.sent) == 5


def test_the_same_batch_twice_writes_the_same_documents() -> None:
    bench = Bench(Shelf())
    for _ in range(2):
        bench.indexer.handle(batch_of(many_routed(2)))
    first, again = bench.shelf.calls[0], bench.shelf.calls[2]
    assert [(one.id, one.version, one.source) for one in first] == [(one.id, one.version, one.source) for one in again]
    ids = [write.id for write in bench.shelf.written(Target.DISPOSITIONS)]
    assert len(ids) == 4
    assert len(set(ids)) == 2
