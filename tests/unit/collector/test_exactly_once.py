"""A collector that is killed at any moment, and started again, has the same effect as one that was not.

Every write to the stores, the archive and the broker is one step. The test kills the collector before and after each
step in turn, starts a new one on what is left, and compares what the broker's topics say in the end.
"""

import asyncio
import json
from dataclasses import replace
from functools import cache

import pytest
from collector.domain.fetching import Failure, Problem
from contract.ids import article_id

from tests.builders.collector_world import FEED, SITE, World, rss
from tests.fakes.collector_web import article_html

WRITES = frozenset({"put", "create_many", "claim", "take_over", "store", "send"})


class KilledError(BaseException):
    """The end of the process: nothing catches it."""


class Fuse:
    """Counts writes over all ports and ends the process at one of them."""

    def __init__(self, at=None, *, after=False):
        self.at = at
        self.after = after
        self.count = 0

    def wrap(self, port):
        fuse = self

        class Fused:
            def __getattr__(self, name):
                method = getattr(port, name)
                if name not in WRITES:
                    return method

                async def step(*args, **kwargs):
                    mine = fuse.count
                    fuse.count += 1
                    if mine == fuse.at and not fuse.after:
                        raise KilledError
                    result = await method(*args, **kwargs)
                    if mine == fuse.at:
                        raise KilledError
                    return result

                return step

        return Fused()


URLS = {
    name: f"{SITE}/2026/11/25/{name}-artikel-tentang-layanan"
    for name in ("satu", "dua", "salinan", "amp", "kilat", "dihapus", "lunak")
}


GONE = f"{SITE}/hilang/halaman-yang-tidak-ada"


def prepare():
    """An article that is edited, one with its own canonical URL, a copy, a page that is none, one that is gone.

    Two more vanish later, one by 410 and one by a page that says so, and the first comes back.
    """
    world = World()
    world.terms = replace(world.terms, alone_s=0)
    pages = world.web.pages
    pages[URLS["satu"]] = article_html("Layanan Satu di Surabaya", canonical=URLS["satu"], text="satu")
    pages[URLS["amp"]] = article_html("Layanan Dua di Malang", canonical=URLS["dua"], text="dua")
    pages[URLS["salinan"]] = article_html("Layanan Satu di Surabaya", canonical=URLS["salinan"], text="satu")
    pages[URLS["kilat"]] = b"<html><head><title>Kilat</title></head><body><p>x</p></body></html>"
    for name in ("dihapus", "lunak"):
        pages[URLS[name]] = article_html(f"Layanan {name} di Jember", canonical=URLS[name], text=name)
    pages[GONE] = Failure(Problem.HTTP, "u", "HTTP 410", 410)
    return world


FIRST = ("satu", "amp", "kilat", "dihapus", "lunak")


def first_items(world):
    world.web.pages[FEED] = rss(*((URLS[name], name) for name in FIRST), (GONE, "x"))


def a_copy_appears(world):
    world.web.pages[FEED] = rss((URLS["salinan"], "salinan"))


def an_edit_and_a_feed_that_forgets(world):
    world.web.pages[URLS["satu"]] = article_html("Layanan Satu di Surabaya", canonical=URLS["satu"], text="diubah")
    world.web.pages[FEED] = rss()


def two_pages_go(world):
    world.web.pages[URLS["dihapus"]] = Failure(Problem.HTTP, URLS["dihapus"], "HTTP 410", 410)
    world.web.pages[URLS["lunak"]] = MISSING


def one_comes_back(world):
    world.web.pages[URLS["dihapus"]] = article_html("Layanan dihapus di Jember", canonical=URLS["dihapus"], text="lagi")


def nothing(world):
    pass


MISSING = (
    b"<html><head><title>Halaman tidak ditemukan - Kabar Uji</title></head><body><h1>Halaman tidak ditemukan</h1>"
    b"<p>Coba cari berita lain.</p></body></html>"
)
STAGES = (
    first_items, a_copy_appears, an_edit_and_a_feed_that_forgets, two_pages_go, nothing, nothing, nothing,
    one_comes_back, nothing, nothing, nothing,
)  # fmt: skip


async def live(world, progress):
    """Go through the stages, from the one at which a former life ended."""
    while progress[0] < len(STAGES):
        STAGES[progress[0]](world)
        await world.round(700)
        progress[0] += 1


def killed_and_started_again(at, *, after):
    world = prepare()
    fuse = Fuse(at, after=after)
    ports = ("store", "states", "archive", "outbox")
    real = {name: getattr(world, name) for name in ports}
    for name in ports:
        setattr(world, name, fuse.wrap(real[name]))
    killed = False
    progress = [0]
    try:
        asyncio.run(live(world, progress))
    except KilledError:
        killed = True
    for name in ports:
        setattr(world, name, real[name])
    if killed:
        asyncio.run(live(world, progress))
    return world, killed


def effect(world):
    """What the topics say when repeats are taken away, which is how every reader takes them."""
    collected = {(m["article"]["article_id"], m["article"]["revision"]): m["article"]["content_hash"]
                 for m in world.outbox.of("articles.collected")}  # fmt: skip
    vanished = dict.fromkeys((m["article_id"], m["how"], m["revision"]) for m in world.outbox.of("articles.vanished"))
    return collected, world.outbox.outcomes(), list(vanished)


def test_the_undisturbed_run_has_every_kind_of_outcome():
    world, _ = killed_and_started_again(None, after=False)
    collected, outcomes, vanished = effect(world)
    ids = {name: article_id(url) for name, url in URLS.items()}
    assert outcomes == {
        (ids["satu"], 1): "passed",
        (ids["satu"], 2): "passed",
        (ids["dua"], 1): "passed",
        (ids["salinan"], 0): "duplicate",
        (ids["kilat"], 0): "rejected",
        (ids["dihapus"], 1): "passed",
        (ids["dihapus"], 2): "passed",
        (ids["lunak"], 1): "passed",
        (article_id(GONE), 0): "rejected",
    }
    assert len(collected) == 6
    assert vanished == [(ids["dihapus"], "gone_410", 1), (ids["lunak"], "soft_404", 1), (ids["dihapus"], "restored", 2)]
    assert len(world.outbox.of("articles.vanished")) == 3


@cache
def undisturbed():
    return effect(killed_and_started_again(None, after=False)[0])


def steps():
    world = prepare()
    fuse = Fuse()
    for name in ("store", "states", "archive", "outbox"):
        setattr(world, name, fuse.wrap(getattr(world, name)))
    asyncio.run(live(world, [0]))
    return fuse.count


STEPS = 81
"""Writes of the undisturbed run; the next test holds the number."""


def test_the_number_of_steps_is_as_written():
    assert steps() == STEPS


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", range(STEPS))
def test_a_kill_at_any_step_loses_nothing_and_doubles_nothing(at, after):
    world, killed = killed_and_started_again(at, after=after)
    assert killed
    assert effect(world) == undisturbed()
    payloads = {}
    for message in world.outbox.messages:
        said = json.loads(message.payload)
        if message.topic != "articles.disposed":
            about = said.get("how") or said["article"]["revision"]
            payloads.setdefault((message.key, about), set()).add(message.payload)
    assert {len(variants) for variants in payloads.values()} == {1}, "a repeat must be the same message"
    assert not [f for f, _ in world.store.documents.values() if f.stage in ("pending", "queued")]
