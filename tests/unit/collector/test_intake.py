"""From a link to the broker: revisions, copies, rejections, failures, aliases, and what is told about each."""

from dataclasses import replace

import pytest
from collector.domain.fetching import Failure, NotModified, Problem
from collector.domain.fingerprint import Stage
from contract.codec import decode
from contract.ids import article_id
from contract.messages import ArticleCollected, ArticleDisposed
from contract.outcomes import Outcome

from tests.builders.collector_world import FEED, SITE, World, feed_source, rss
from tests.fakes.collector_web import article_html

pytestmark = pytest.mark.asyncio
PATH = "/2026/11/25/puskesmas-tetap-buka"
URL = f"{SITE}{PATH}"
TITLE = "Puskesmas di Surabaya Tetap Buka Selama Perbaikan"


def page(text="Surabaya", url=URL, title=TITLE):
    return article_html(title, canonical=url, text=text)


@pytest.fixture
def world():
    world = World()
    world.web.pages[FEED] = rss((f"{URL}?utm_source=rss", TITLE))
    world.web.pages[f"{URL}?utm_source=rss"] = page()
    return world


def stored(world, url=URL):
    return world.store.documents[article_id(url)][0]


async def test_a_new_article_is_published_with_its_disposition_and_archived(world):
    await world.round()
    (collected,) = world.outbox.of("articles.collected")
    article = decode(world.outbox.messages[0].payload.encode(), ArticleCollected).article
    assert (article.article_id, article.revision, article.canonical_url) == (article_id(URL), 1, URL)
    assert (article.title, article.outlet, article.month) == (TITLE, "kabar-uji", "2026.11")
    assert (article.published.zone, article.published.source) == ("Asia/Jakarta", "opengraph")
    assert collected["article"]["archive"] == "memory.warc.gz#record-1"
    disposed = decode(world.outbox.messages[1].payload.encode(), ArticleDisposed)
    assert (disposed.outcome, disposed.revision) == (Outcome.PASSED, 1)
    ((pages, about),) = world.archive.stored
    assert pages[0].body == page()
    assert (about["article_id"], about["revision"]) == (article_id(URL), 1)
    assert stored(world).stage is Stage.SETTLED
    assert stored(world).outbox == ()


async def test_an_unchanged_page_tells_nothing_and_is_not_archived_again(world):
    await world.round(700)
    await world.round(700)
    assert len(world.outbox.messages) == 2
    assert len(world.archive.stored) == 1


async def test_a_revisit_is_conditional_and_not_modified_is_enough(world):
    asked = []

    def answer(validators):
        asked.append(validators)
        if validators and validators.etag == '"1"':
            return NotModified(URL, world.clock.now())
        return world.web.page(f"{URL}?utm_source=rss", page(), etag='"1"')

    world.web.pages[f"{URL}?utm_source=rss"] = answer
    await world.round(700)
    await world.round()
    assert [v.etag for v in asked] == [None, '"1"']
    assert stored(world).visit_at > world.clock.now()


async def test_an_edit_becomes_the_next_revision_with_the_predecessors_hash(world):
    await world.round(700)
    world.web.pages[f"{URL}?utm_source=rss"] = page("Malang")
    await world.round()
    first, second = (m["article"] for m in world.outbox.of("articles.collected"))
    assert (second["revision"], second["previous_hash"]) == (2, first["content_hash"])
    assert second["first_seen_at"] == first["first_seen_at"]
    assert world.outbox.outcomes() == {(article_id(URL), 1): "passed", (article_id(URL), 2): "passed"}


async def test_an_edit_that_the_feed_tells_is_visited_before_its_turn(world):
    await world.round(70)
    world.web.pages[f"{URL}?utm_source=rss"] = page("Malang", title="Judul Baru di Surabaya Hari Ini")
    world.web.pages[FEED] = rss((f"{URL}?utm_source=rss", "Judul Baru di Surabaya Hari Ini"))
    await world.round()
    assert [m["article"]["revision"] for m in world.outbox.of("articles.collected")] == [1, 2]


async def test_the_same_content_at_another_address_of_the_outlet_is_a_duplicate(world):
    await world.round()
    copy = world.serve("/salinan/puskesmas-tetap-buka-lagi", page(url=f"{SITE}/salinan/puskesmas-tetap-buka-lagi"))
    world.web.pages[FEED] = rss((copy, TITLE), (f"{URL}?utm_source=rss", TITLE))
    await world.round()
    assert world.outbox.outcomes()[(article_id(copy), 0)] == "duplicate"
    assert world.outbox.of("articles.disposed")[-1]["detail"] == f"Isinya sama dengan berita lain dari media ini: {URL}"
    assert len(world.outbox.of("articles.collected")) == 1


async def test_the_same_content_at_another_outlet_is_an_article_of_its_own(world):
    other = feed_source(id="lain", outlet="lain", url="https://lain.id/feed")
    world.sources = (*world.sources, other)
    copy = "https://lain.id/2026/11/25/puskesmas-tetap-buka"
    world.web.pages["https://lain.id/feed"] = rss((copy, TITLE))
    world.web.pages[copy] = page(url=copy)
    await world.round()
    assert len(world.outbox.of("articles.collected")) == 2


async def test_two_addresses_of_one_article_are_one_article(world):
    amp = world.serve("/lain/alamat-kedua-artikel-itu", page())
    world.web.pages[FEED] = rss((f"{URL}?utm_source=rss", TITLE), (amp, TITLE))
    await world.round()
    assert len(world.outbox.of("articles.collected")) == 1
    assert len(world.outbox.of("articles.disposed")) == 1
    alias = stored(world, amp)
    assert (alias.stage, alias.alias_of) == (Stage.ALIAS, article_id(URL))


async def test_an_alias_that_comes_first_makes_the_article_under_its_canonical_url(world):
    amp = world.serve("/lain/alamat-kedua-artikel-itu", page())
    world.web.pages[FEED] = rss((amp, TITLE))
    await world.round()
    assert world.outbox.outcomes() == {(article_id(URL), 1): "passed"}
    await world.round(700)
    world.web.pages[amp] = page("Malang")
    await world.round()
    assert world.outbox.outcomes() == {(article_id(URL), 1): "passed", (article_id(URL), 2): "passed"}


async def test_a_page_that_is_no_article_is_rejected_once_and_taken_when_it_has_grown(world):
    link = world.serve(
        "/2026/11/25/berita-kilat-pendek", b"<html><head><title>Kilat</title></head><body>x</body></html>"
    )
    world.web.pages[FEED] = rss((link, "Kilat"))
    await world.round(700)
    await world.round(700)
    assert world.outbox.outcomes() == {(article_id(link), 0): "rejected"}
    assert len(world.outbox.of("articles.disposed")) == 1
    world.web.pages[link] = page(url=link)
    await world.round()
    assert world.outbox.outcomes() == {(article_id(link), 0): "rejected", (article_id(link), 1): "passed"}


async def test_a_page_that_times_out_is_tried_again_and_is_dead_in_the_end(world):
    world.terms = replace(world.terms, attempts=3)
    world.web.pages[f"{URL}?utm_source=rss"] = Failure(Problem.TIMEOUT, URL, "lama")
    for _ in range(8):
        await world.round(4_000)
    assert world.outbox.outcomes() == {(article_id(URL), 0): "dead"}
    (said,) = world.outbox.of("articles.disposed")
    assert said["detail"] == "Media tidak menjawab tepat waktu. [3 visits failed, the last: lama]"
    assert world.web.asked.count(f"{URL}?utm_source=rss") == 3


async def test_a_failure_that_passes_leaves_no_trace(world):
    world.web.pages[f"{URL}?utm_source=rss"] = Failure(Problem.HTTP, URL, "HTTP 503", 503)
    await world.round(4_000)
    world.web.pages[f"{URL}?utm_source=rss"] = page()
    await world.round()
    assert world.outbox.outcomes() == {(article_id(URL), 1): "passed"}
    assert stored(world).failures == 0


async def test_a_vanished_page_of_a_known_article_is_noted_not_disposed(world):
    await world.round(700)
    world.web.pages[f"{URL}?utm_source=rss"] = Failure(Problem.HTTP, URL, "HTTP 410", 410)
    await world.round()
    assert stored(world).gone_at is not None
    assert world.outbox.outcomes() == {(article_id(URL), 1): "passed"}


async def test_articles_of_a_source_that_was_switched_off_are_left_alone(world):
    await world.poll()
    world.sources = (feed_source(id="lain"),)
    await world.settle()
    assert world.outbox.messages == []
    assert stored(world).visit_at > world.clock.now()


async def test_a_broker_that_is_away_leaves_the_article_pending_and_it_is_delivered_later(world):
    world.outbox.fail_after = 1
    await world.round()
    assert stored(world).stage is Stage.PENDING
    first = list(world.outbox.messages)
    world.outbox.fail_after = None
    await world.round()
    assert stored(world).stage is Stage.SETTLED
    assert world.outbox.messages[1].payload == first[0].payload
    assert world.outbox.outcomes() == {(article_id(URL), 1): "passed"}
    assert len(world.web.asked) == world.web.asked.count(FEED) + 1
