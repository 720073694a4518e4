"""The loop: first polls at once, visits, recovery, pauses and its end."""

import asyncio
from collections.abc import Callable

import pytest
from collector.domain.fingerprint import Stage
from collector.loop import CollectorLoop, LoopTerms
from contract.ids import article_id
from runtime.clock import SystemClock
from runtime.retry import BusyError, RetryPolicy

from tests.builders.collector_world import FEED, SITE, World, rss
from tests.fakes.collector_web import article_html

pytestmark = pytest.mark.asyncio
URL = f"{SITE}/2026/11/25/puskesmas-tetap-buka"


class Running:
    """A loop over a world, in real time, with short pauses."""

    def __init__(self, world):
        world.clock = SystemClock()
        self.loop = CollectorLoop(
            sources=world.sources, states=world.states, store=world.store, poller=world.poller(), intake=world.intake(),
            clock=world.clock, terms=LoopTerms(stagger_s=0.0, pause=RetryPolicy(wait_s=1.0, max_wait_s=1.0)),
        )  # fmt: skip
        self.task = asyncio.create_task(self.loop.run())

    async def until(self, true: Callable[[], bool]):
        async with asyncio.timeout(10):
            while not true():
                if self.task.done():
                    await self.task
                await asyncio.sleep(0.01)

    async def end(self):
        self.loop.stop()
        await self.task


@pytest.fixture
def world():
    world = World()
    world.clock = SystemClock()
    world.web._now = world.clock.now
    world.web.pages[FEED] = rss((URL, "Judul"))
    world.web.pages[URL] = article_html("Puskesmas Tetap Buka di Surabaya", canonical=URL)
    return world


async def test_a_source_is_polled_at_once_and_its_articles_are_published(world):
    running = Running(world)
    await running.until(lambda: world.outbox.outcomes() == {(article_id(URL), 1): "passed"})
    await running.end()
    assert running.loop.idle


async def test_what_a_former_life_left_pending_is_delivered_at_the_start(world):
    world.outbox.fail_after = 0
    await world.poll()
    with pytest.raises(BusyError):
        await world.settle()
    assert world.store.documents[article_id(URL)][0].stage is Stage.PENDING
    world.outbox.fail_after = None
    world.web.pages.clear()
    running = Running(world)
    await running.until(lambda: world.outbox.outcomes() == {(article_id(URL), 1): "passed"})
    await running.end()


async def test_a_store_that_is_away_pauses_the_loop_and_it_goes_on_by_itself(world):
    world.store.away = True
    running = Running(world)
    await running.until(lambda: running.loop.paused)
    assert world.web.asked == []
    world.store.away = False
    await running.until(lambda: bool(world.outbox.messages))
    await running.end()


async def test_a_broker_that_is_away_stops_the_polling_until_it_has_taken_what_waits(world):
    world.sources = (world.sources[0].model_copy(update={"interval_s": 1.0, "min_interval_s": 1.0}),)
    world.outbox.fail_after = 0
    running = Running(world)
    await running.until(lambda: running.loop.paused)
    polls = world.web.asked.count(FEED)
    await asyncio.sleep(2.5)
    assert running.loop.paused
    assert running.loop.problem() == "pausing: the broker is away"
    assert world.web.asked.count(FEED) == polls
    world.outbox.fail_after = None
    await running.until(lambda: not running.loop.paused and world.web.asked.count(FEED) > polls)
    assert world.outbox.outcomes() == {(article_id(URL), 1): "passed"}
    assert running.loop.problem() is None
    await running.end()


async def test_a_bug_ends_the_loop_and_is_seen(world):
    class Broken:
        async def visit(self, link_id, urgency):
            raise KeyError("a bug")

    running = Running(world)
    running.loop._intake = Broken()
    with pytest.raises(KeyError, match="a bug"):
        await asyncio.wait_for(running.task, 10)


async def test_too_many_links_at_work_keep_sources_from_being_polled(world):
    running = Running(world)
    running.loop._terms = LoopTerms(max_waiting=0)
    await asyncio.sleep(0.1)
    assert world.web.asked == []
    await running.end()


async def test_the_heart_beats_while_it_runs(world):
    running = Running(world)
    before = running.loop.beat_at_s
    await running.until(lambda: running.loop.beat_at_s > before)
    await running.end()
