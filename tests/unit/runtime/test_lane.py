"""A lane takes messages in order, one batch at a time, and acknowledges only what came to an end."""

import asyncio
from datetime import timedelta

import pytest
from runtime.lane import Inbox, Lane, Ticket
from runtime.parking import NOT_BEFORE_HEADER
from runtime.treatment import Incoming, StoppingError, UndeliverableError

from tests.fakes.streams import ToldClock

CLOCK = ToldClock()


class Treated:
    """Remembers the batches; raises what it is told to."""

    def __init__(self, error: Exception | None = None) -> None:
        self.batches: list[list[int]] = []
        self._error = error

    async def treat(self, batch):
        self.batches.append([one.offset for one in batch])
        await asyncio.sleep(0)
        if self._error is not None:
            raise self._error


def ticket(offset: int, acknowledged: list[int], *, stale: bool = False, wait_s: float | None = None) -> Ticket:
    due = {} if wait_s is None else {NOT_BEFORE_HEADER: (CLOCK.now() + timedelta(seconds=wait_s)).isoformat().encode()}
    return Ticket(Incoming("t", 0, offset, None, b"", due), lambda: acknowledged.append(offset), lambda: stale)


def run(treated: Treated, *tickets: Ticket, max_batch: int = 10, stopping: bool = False) -> tuple[list[float], Lane]:
    pauses: list[float] = []

    async def scenario() -> Lane:
        async def pause(seconds: float) -> bool:
            pauses.append(seconds)
            assert lane.is_resting
            return stopping

        lane = Lane(treated, clock=CLOCK, pause=pause, max_batch=max_batch)
        working = asyncio.create_task(lane.run())
        for one in tickets:
            await lane.inbox.put(one)
        for _ in range(20):
            await asyncio.sleep(0)
        lane.inbox.close()
        await working
        return lane

    return pauses, asyncio.run(scenario())


def test_messages_are_acknowledged_in_order_after_their_batch():
    acknowledged: list[int] = []
    treated = Treated()
    run(treated, *(ticket(number, acknowledged) for number in range(5)), max_batch=2)
    assert acknowledged == [0, 1, 2, 3, 4]
    assert [number for batch in treated.batches for number in batch] == [0, 1, 2, 3, 4]
    assert max(map(len, treated.batches)) <= 2


def test_nothing_is_acknowledged_of_a_batch_that_ended_the_process():
    acknowledged: list[int] = []
    with pytest.raises(UndeliverableError):
        run(Treated(UndeliverableError("away")), ticket(0, acknowledged))
    assert acknowledged == []


def test_a_message_between_two_tries_at_the_end_is_not_acknowledged():
    acknowledged: list[int] = []
    run(Treated(StoppingError()), ticket(0, acknowledged))
    assert acknowledged == []


def test_what_was_read_before_a_rebalance_is_left_alone():
    acknowledged: list[int] = []
    treated = Treated()
    run(treated, ticket(0, acknowledged, stale=True), ticket(1, acknowledged))
    assert [number for batch in treated.batches for number in batch] == [1]
    assert acknowledged == [1]


def test_a_parked_message_waits_for_its_time_and_that_is_rest():
    acknowledged: list[int] = []
    pauses, lane = run(Treated(), ticket(0, acknowledged, wait_s=30))
    assert pauses == [30.0]
    assert acknowledged == [0]
    assert not lane.is_resting


def test_a_parked_message_whose_time_has_come_does_not_wait():
    pauses, _ = run(Treated(), ticket(0, [], wait_s=-1))
    assert pauses == []


def test_the_end_during_the_wait_leaves_the_message():
    acknowledged: list[int] = []
    treated = Treated()
    run(treated, ticket(0, acknowledged, wait_s=30), stopping=True)
    assert treated.batches == []
    assert acknowledged == []


def test_a_full_inbox_makes_the_reader_wait_and_a_closed_one_lets_it_go():
    async def scenario() -> list[int]:
        inbox = Inbox(1)
        await inbox.put(ticket(0, []))
        second = asyncio.create_task(inbox.put(ticket(1, [])))
        await asyncio.sleep(0)
        assert not second.done()
        first = await inbox.take(5)
        await second
        inbox.close()
        await inbox.put(ticket(2, []))
        return [one.incoming.offset for one in first] + [one.incoming.offset for one in await inbox.take(5)]

    assert asyncio.run(scenario()) == [0]


def test_a_reader_that_is_cancelled_while_it_waits_loses_no_other_message():
    async def scenario() -> list[int]:
        inbox = Inbox(1)
        await inbox.put(ticket(0, []))
        waiting = asyncio.create_task(inbox.put(ticket(1, [])))
        await asyncio.sleep(0)
        waiting.cancel()
        return [one.incoming.offset for one in await inbox.take(5)]

    assert asyncio.run(scenario()) == [0]
