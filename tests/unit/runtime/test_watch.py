"""A worker that is alive and does nothing is noticed, and one that rests, idles or works is left alone."""

from collections.abc import Mapping, Sequence

import pytest
from contract.outcomes import Service
from kafka.errors import KafkaTimeoutError
from runtime.progress import Progress
from runtime.watch import EXIT_STUCK, Partition, Watch

from tests.fakes.streams import ToldClock

ONE, TWO = ("t", 0), ("t", 1)


class ToldOffsets:
    def __init__(self) -> None:
        self.found: dict[Partition, tuple[int, int]] = {}
        self.asked: list[Sequence[Partition] | None] = []
        self.error: Exception | None = None

    def read(self, partitions: Sequence[Partition] | None) -> Mapping[Partition, tuple[int, int]]:
        self.asked.append(partitions)
        if self.error is not None:
            raise self.error
        return self.found


class Bench:
    def __init__(self, assigned: Sequence[Partition] = (ONE, TWO)) -> None:
        self.clock, self.offsets, self.left = ToldClock(), ToldOffsets(), []
        self.resting = False
        self.watch = Watch(
            service=Service.ROUTER,
            stuck_after_s=100,
            offsets=self.offsets,
            clock=self.clock,
            assigned=lambda: assigned,
            resting=lambda topic: self.resting,
            leave=self.left.append,
        )

    def look_after(self, seconds: float, found: dict[Partition, tuple[int, int]]) -> None:
        self.clock.advance(seconds)
        self.watch.beat()
        self.offsets.found = found
        self.watch.look()


def test_a_worker_whose_offset_does_not_move_while_messages_wait_leaves():
    bench = Bench()
    bench.look_after(0, {ONE: (5, 9), TWO: (3, 3)})
    bench.look_after(99, {ONE: (5, 9), TWO: (3, 3)})
    assert bench.left == []
    bench.look_after(1, {ONE: (5, 9), TWO: (3, 3)})
    assert bench.left == [EXIT_STUCK]
    assert bench.watch.problem() == "4 messages wait and no offset has moved for 100 s"


def test_a_worker_that_moves_anywhere_stays():
    bench = Bench()
    for step in range(5):
        bench.look_after(90, {ONE: (5, 900), TWO: (step, 900)})
    assert bench.left == []


def test_an_idle_worker_stays_and_its_clock_starts_with_the_first_message():
    bench = Bench()
    for _ in range(5):
        bench.look_after(90, {ONE: (5, 5)})
    bench.look_after(90, {ONE: (5, 6)})
    assert bench.left == []
    bench.look_after(100, {ONE: (5, 6)})
    assert bench.left == [EXIT_STUCK]


def test_waiting_on_purpose_is_no_lack_of_progress():
    bench = Bench()
    bench.resting = True
    for _ in range(3):
        bench.look_after(90, {ONE: (5, 9)})
    assert bench.left == []


def test_a_loop_that_does_not_turn_is_noticed_also_when_nothing_waits():
    bench = Bench()
    bench.clock.advance(100)
    bench.watch.look()
    assert bench.left == [EXIT_STUCK]
    assert bench.watch.problem() == "the event loop has not turned for 100 s"


def test_a_process_that_reads_nothing_watches_the_whole_topic():
    bench = Bench(assigned=())
    bench.look_after(0, {ONE: (5, 9)})
    assert bench.offsets.asked == [None]
    bench.look_after(100, {ONE: (5, 9)})
    assert bench.left == [EXIT_STUCK]


@pytest.mark.parametrize("error", [OSError("no route"), KafkaTimeoutError("late")])
def test_a_broker_that_does_not_answer_is_not_the_workers_fault(error):
    bench = Bench()
    bench.look_after(0, {ONE: (5, 9)})
    bench.offsets.error = error
    bench.look_after(200, {})
    assert bench.left == []


def test_progress_forgets_after_a_rebalance():
    progress = Progress(10)
    progress.note("t", 0, committed=1, lag=5, now_s=0)
    assert progress.problem(20) is not None
    progress.forget()
    assert progress.problem(20) is None
