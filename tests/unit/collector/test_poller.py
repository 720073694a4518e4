"""One poll: what is taken up, what is remembered, and in which order."""

from dataclasses import replace

import pytest
from collector.domain.fetching import Failure, NotModified, Problem
from collector.domain.polling import SourceState
from contract.ids import article_id
from runtime.retry import BusyError

from tests.builders.collector_world import FEED, SITE, World, feed_source, rss

pytestmark = pytest.mark.asyncio
INDEX = f"{SITE}/sitemap.xml"


def state(world, source_id="kabar-uji"):
    return world.states.states[source_id][0]


def links(*numbers):
    return rss(*((f"{SITE}/berita/{n}/judul-berita-nomor", f"Judul {n}") for n in numbers))


async def poll(world, source=None):
    return await world.poller().poll(source or world.sources[0])


async def test_new_links_are_queued_before_the_poll_is_remembered():
    world = World()
    world.web.pages[FEED] = links(1, 2)
    world.store.away = True
    with pytest.raises(BusyError):
        await poll(world)
    assert world.states.states == {}
    world.store.away = False
    polled = await poll(world)
    assert len(polled.links) == len(world.store.documents) == 2
    assert (state(world).state, state(world).new) == (SourceState.OK, 2)


async def test_a_source_that_is_not_due_is_not_asked():
    world = World()
    world.web.pages[FEED] = links(1)
    await poll(world)
    await poll(world)
    assert world.web.asked == [FEED]


async def test_the_same_bytes_are_not_read_twice_and_a_304_is_understood():
    world = World()
    world.web.pages[FEED] = links(1)
    await poll(world)
    world.clock.advance(6)
    await poll(world)
    assert state(world).state is SourceState.NOT_MODIFIED
    world.web.pages[FEED] = NotModified(FEED, world.clock.now())
    world.clock.advance(6)
    await poll(world)
    assert state(world).status == 304


async def test_more_new_links_than_the_limit_come_with_the_next_polls():
    world = World()
    world.items = replace(world.items, max_new=4)
    world.web.pages[FEED] = links(*range(10))
    counts = []
    for _ in range(4):
        await poll(world)
        counts.append(len(world.store.documents))
        world.clock.advance(6)
    assert counts == [4, 8, 10, 10]


async def test_of_new_links_the_oldest_is_visited_first_since_it_is_the_original_of_its_copies():
    world = World()
    body = links(1, 2, 3)
    for n, day in ((1, 25), (3, 24)):
        date = f"<pubDate>{day} Nov 2026 05:00:00 +0700</pubDate></item>"
        body = body.replace(f"<title>Judul {n}</title>".encode(), f"<title>Judul {n}</title>{date[:-7]}".encode())
    world.web.pages[FEED] = body
    polled = await poll(world)
    assert list(polled.links) == [article_id(f"{SITE}/berita/{n}/judul-berita-nomor") for n in (3, 1, 2)]


async def test_what_a_broken_feed_says_is_the_sources_reason():
    world = World()
    world.web.pages[FEED] = b"<html>perbaikan</html>"
    await poll(world)
    assert (state(world).state, state(world).failures) == (SourceState.BROKEN, 1)
    assert "HTML" in state(world).reason


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (Failure(Problem.HTTP, FEED, "d", 403), SourceState.BLOCKED),
        (Failure(Problem.HTTP, FEED, "d", 410), SourceState.DEAD),
        (Failure(Problem.HTTP, FEED, "d", 500), SourceState.BROKEN),
        (Failure(Problem.ADDRESS_REFUSED, FEED, "d"), SourceState.BLOCKED),
        (Failure(Problem.ROBOTS_DISALLOW, FEED, "d"), SourceState.BLOCKED),
        (Failure(Problem.ROBOTS_WAIT, FEED, "d"), SourceState.BROKEN),
        (Failure(Problem.TIMEOUT, FEED, "d"), SourceState.BROKEN),
        (Failure(Problem.TOO_LARGE, FEED, "d"), SourceState.BROKEN),
    ],
)
async def test_failures_lead_to_their_states(failure, expected):
    world = World()
    world.web.pages[FEED] = failure
    await poll(world)
    assert state(world).state is expected


async def test_a_listing_and_a_json_feed_are_polled_like_any_other():
    listing = feed_source(id="daftar", kind="listing", url=f"{SITE}/indeks", listing={"item": "div.x", "link": "a"})
    world = World(listing, feed_source(id="json", url=f"{SITE}/feed.json"))
    world.serve("/indeks", b'<div class="x"><a href="/berita/1/judul-satu-dua">A</a></div>')
    world.serve(
        "/feed.json", b'{"version":"https://jsonfeed.org/version/1.1","items":[{"url":"/berita/2/judul-dua-tiga"}]}'
    )
    await world.poll()
    assert set(world.store.documents) == {
        article_id(f"{SITE}/berita/1/judul-satu-dua"),
        article_id(f"{SITE}/berita/2/judul-dua-tiga"),
    }


def index(*parts):
    body = "".join(
        f"<sitemap><loc>{SITE}/{name}</loc>{f'<lastmod>{m}</lastmod>' if m else ''}</sitemap>" for name, m in parts
    )
    return f"<sitemapindex>{body}</sitemapindex>".encode()


def urlset(*numbers):
    body = "".join(
        f"<url><loc>{SITE}/berita/{n}/judul-berita-nomor</loc><lastmod>2026-11-25T05:00:00Z</lastmod></url>"
        for n in numbers
    )
    return f"<urlset>{body}</urlset>".encode()


@pytest.fixture
def maps():
    world = World(feed_source(kind="sitemap", url=INDEX))
    world.serve(
        "/sitemap.xml", index(("a.xml", "2026-11-25T05:00:00Z"), ("b.xml", "2026-11-24"), ("tua.xml", "2020-01-01"))
    )
    world.serve("/a.xml", urlset(1))
    world.serve("/b.xml", urlset(2))
    return world


async def test_the_parts_of_an_index_are_read_once_until_they_change(maps):
    await maps.poll()
    assert len(maps.store.documents) == 2
    assert f"{SITE}/tua.xml" not in maps.web.asked
    maps.serve("/a.xml", urlset(1, 3))
    maps.serve("/sitemap.xml", index(("a.xml", "2026-11-25T06:00:00Z"), ("b.xml", "2026-11-24")))
    maps.clock.advance(6)
    await maps.poll()
    assert len(maps.store.documents) == 3
    assert maps.web.asked.count(f"{SITE}/b.xml") == 1


async def test_parts_without_a_date_are_asked_each_time_also_when_the_index_is_unchanged(maps):
    maps.serve("/sitemap.xml", index(("a.xml", None)))
    await maps.poll()
    maps.serve("/a.xml", urlset(1, 2, 3))
    maps.clock.advance(6)
    await maps.poll()
    assert len(maps.store.documents) == 3


async def test_parts_over_the_limit_and_parts_that_failed_come_with_the_next_poll(maps):
    maps.serve("/sitemap.xml", index(*((f"{n}.xml", f"2026-11-25T0{n}:00:00Z") for n in range(5))))
    for n in range(5):
        maps.serve(f"/{n}.xml", urlset(n))
    maps.serve("/4.xml", Failure(Problem.TIMEOUT, "u", "lama"))
    await maps.poll()
    assert len(maps.store.documents) == 2
    assert state(maps).body_hash is None
    maps.serve("/4.xml", urlset(4))
    for _ in range(2):
        maps.clock.advance(6)
        await maps.poll()
    assert len(maps.store.documents) == 5


async def test_an_index_whose_parts_all_fail_is_broken(maps):
    maps.serve("/a.xml", Failure(Problem.TIMEOUT, "u", "lama"))
    maps.serve("/b.xml", b"<html></html>")
    await maps.poll()
    assert state(maps).state is SourceState.BROKEN


async def test_an_index_of_indices_ends(maps):
    maps.serve("/sitemap.xml", index(("sitemap.xml", None), ("a.xml", None)))
    await maps.poll()
    assert len(maps.web.asked) <= 1 + 3


async def test_a_sitemap_of_a_whole_archive_without_dates_brings_nothing(maps):
    maps.serve("/sitemap.xml", f"<urlset><url><loc>{SITE}/berita/1/judul-satu-dua</loc></url></urlset>".encode())
    await maps.poll()
    assert maps.store.documents == {}
    assert state(maps).state is SourceState.EMPTY
