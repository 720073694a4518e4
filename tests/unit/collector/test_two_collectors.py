"""Two collectors at work on the same store at the same time have the effect of one."""

import asyncio
import random

import pytest
from collector.domain.fingerprint import Stage
from collector.domain.ports import Urgency
from contract.ids import article_id

from tests.builders.collector_world import FEED, SITE, World, rss
from tests.fakes.collector_web import article_html

URL = f"{SITE}/2026/11/25/puskesmas-tetap-buka"
COPY = f"{SITE}/salinan/puskesmas-tetap-buka-lagi"


class Shuffled:
    """A port that lets others go first, at random but reproducibly."""

    def __init__(self, port, rng):
        self._port = port
        self._rng = rng

    def __getattr__(self, name):
        method = getattr(self._port, name)
        if not asyncio.iscoroutinefunction(method):
            return method

        async def call(*args, **kwargs):
            for _ in range(self._rng.randrange(4)):
                await asyncio.sleep(0)
            result = await method(*args, **kwargs)
            for _ in range(self._rng.randrange(4)):
                await asyncio.sleep(0)
            return result

        return call


@pytest.mark.asyncio
@pytest.mark.parametrize("seed", range(40))
async def test_whatever_their_order_each_article_has_one_outcome(seed):
    world = World()
    world.web.pages[FEED] = rss((URL, "a"), (COPY, "b"))
    world.web.pages[URL] = article_html("Puskesmas Tetap Buka di Surabaya", canonical=URL)
    world.web.pages[COPY] = article_html("Puskesmas Tetap Buka di Surabaya", canonical=COPY)
    rng = random.Random(seed)
    memory = world.store
    world.store = Shuffled(memory, rng)
    world.outbox_real, world.outbox = world.outbox, Shuffled(world.outbox, rng)
    await asyncio.gather(world.poll(), world.poll())
    intakes = [world.intake(), world.intake()]
    ids = [article_id(URL), article_id(COPY)]
    for _ in range(3):
        await asyncio.gather(*(intake.visit(i, Urgency.NEW) for intake in intakes for i in ids))
        world.clock.advance(35)
    outcomes = world.outbox_real.outcomes()
    assert sorted(outcomes.values()) == ["duplicate", "passed"]
    assert len(outcomes) == 2
    published = {
        (m["article"]["article_id"], m["article"]["revision"]) for m in world.outbox_real.of("articles.collected")
    }
    assert len(published) == 1
    assert {f.stage for f, _ in memory.documents.values()} == {Stage.SETTLED}
