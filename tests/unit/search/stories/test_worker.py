"""The loop of the stories: what is committed when, what is buried, what is waited for. Without engines."""

import random
from datetime import timedelta
from types import SimpleNamespace

import pytest
from contract.codec import encode
from contract.outcomes import Service
from contract.topics import ARTICLES_ROUTED
from runtime.progress import Progress
from runtime.retry import FailureStreak, RetryPolicy, TooManyDeadLettersError
from runtime.shutdown import Shutdown
from search.batch_loop import BatchLoop, EndRequestedError
from search.domain.batch import Received
from search.stories.adapters.routed_reader import SoleAssignor
from search.stories.grouper import Grouper
from search.stories.shelf import FencedError
from search.stories.worker import FORGET_EVERY_S, PASSING, Worker

from tests.builders.routed import NOON, routed
from tests.fakes.fixed_clock import FixedClock
from tests.fakes.indexer_bench import Line
from tests.fakes.memory_shelf import MemoryShelf
from tests.fakes.story_bench import WEIGHTS, Post


class Letters(Post):
    """Events and letters as bytes."""

    def __init__(self) -> None:
        super().__init__()
        self.topics: list[str] = []

    def send_all(self, messages):
        if self.away:
            super().send_all(messages)
        self.topics += [topic for topic, _, _ in messages]


class Loop:
    """A worker on fakes."""

    def __init__(self, shelf: MemoryShelf | None = None, streak: int = 50) -> None:
        self.clock = FixedClock(NOON)
        self.line = Line(self.clock)
        self.post = Letters()
        self.shutdown = Shutdown()
        self.shelf = shelf or MemoryShelf()
        loop = BatchLoop(
            service=Service.STORIES,
            reader=self.line,
            letters=self.post,
            clock=self.clock,
            shutdown=self.shutdown,
            progress=Progress(60),
            policy=RetryPolicy(wait_s=0.1),
            streak=FailureStreak(streak),
            passing=PASSING,
            rng=random.Random(1),
        )
        self.worker = Worker(loop, Grouper(self.shelf, self.post, WEIGHTS, keep=timedelta(days=60)))


def received(data: bytes, offset: int = 7) -> Received:
    return Received(ARTICLES_ROUTED, "articles.routed", 0, offset, b"k", data)


def test_a_batch_is_grouped_told_and_committed() -> None:
    loop = Loop()
    loop.worker.handle([received(encode(routed()))])
    assert loop.post.topics == ["articles.grouped"]
    assert loop.line.committed == [7]


def test_what_cannot_be_decoded_is_buried_and_the_rest_is_grouped() -> None:
    loop = Loop()
    loop.worker.handle([received(b"{", 6), received(encode(routed()))])
    assert loop.post.topics == ["articles.grouped", "articles.routed.dead.stories"]
    assert loop.line.committed == [6, 7]


def test_too_many_letters_in_a_row_stop_it_before_any_is_sent() -> None:
    loop = Loop(streak=3)
    with pytest.raises(TooManyDeadLettersError):
        loop.worker.handle([received(b"{", place) for place in range(3)])
    assert (loop.post.topics, loop.line.committed) == ([], [])


def test_what_is_away_is_waited_for_inside_the_group() -> None:
    troubles = iter([True, True])
    loop = Loop(MemoryShelf(lambda step: step == "candidates" and next(troubles, False)))
    loop.worker.handle([received(encode(routed()))])
    assert loop.line.stays
    assert loop.post.topics == ["articles.grouped"]
    assert loop.line.committed == [7]


def test_the_end_while_something_is_away_commits_nothing() -> None:
    loop = Loop(MemoryShelf(lambda step: step == "write"))
    loop.shutdown.request()
    with pytest.raises(EndRequestedError):
        loop.worker.handle([received(encode(routed()))])
    assert loop.line.committed == []


def test_a_repeated_batch_sends_nothing_and_is_committed() -> None:
    loop = Loop()
    for _ in range(2):
        loop.worker.handle([received(encode(routed()))])
    assert loop.post.topics == ["articles.grouped"]
    assert loop.line.committed == [7, 7]


def test_what_ended_long_ago_is_forgotten_at_the_start_and_once_an_hour() -> None:
    asked: list[str] = []
    loop = Loop(MemoryShelf(lambda step: bool(asked.append(step))))
    for wait_s in (0.0, FORGET_EVERY_S - 1, 1.0):
        loop.clock.advance(wait_s)
        loop.worker.between()
    assert asked.count("forget") == 2


def test_whoever_stands_by_neither_decides_nor_forgets() -> None:
    asked: list[str] = []
    loop = Loop(MemoryShelf(lambda step: bool(asked.append(step))))
    loop.line.lags = dict  # type: ignore[method-assign]  # a member without partitions
    loop.worker.between()
    assert asked == []


def test_what_another_process_wrote_meanwhile_is_grouped_again() -> None:
    loop = Loop()
    fenced = iter([True])
    write = loop.shelf.write

    def late(members, fences):
        if next(fenced, False):
            raise FencedError("another process")
        return write(members, fences)

    loop.shelf.write = late  # type: ignore[method-assign]  # the substitute interferes once
    loop.worker.handle([received(encode(routed()))])
    assert (loop.post.topics, loop.line.committed) == (["articles.grouped"], [7])


def test_one_member_gets_every_partition_and_the_others_stand_by() -> None:
    cluster = SimpleNamespace(partitions_for_topic=lambda topic: {0, 1, 2, 3} if topic == "a" else {0})
    members = [
        SimpleNamespace(member_id=name, metadata=SimpleNamespace(topics=["a", "b"])) for name in ("m2", "m1", "m3")
    ]
    given = {name: dict(one.assigned_partitions) for name, one in SoleAssignor.assign(cluster, members).items()}
    assert given == {"m1": {"a": [0, 1, 2, 3], "b": [0]}, "m2": {}, "m3": {}}
