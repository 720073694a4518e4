"""From a visit to the broker: a page that is gone is told once with its proof, trouble never, and so is its return."""

from dataclasses import replace

import pytest
from collector.domain.fetching import Failure, NotModified, Page, Problem
from collector.domain.fingerprint import Stage
from contract.ids import article_id

from tests.builders.collector_world import FEED, SITE, World, rss
from tests.fakes.collector_web import article_html

URL = f"{SITE}/2026/11/25/puskesmas-tetap-buka"
TITLE = "Puskesmas di Surabaya Tetap Buka Selama Perbaikan"
GONE = Failure(Problem.HTTP, URL, "HTTP 410", 410)
MISSING = Failure(Problem.HTTP, URL, "HTTP 404", 404)
NOT_FOUND_PAGE = (
    b"<html><head><title>Halaman tidak ditemukan</title></head><body><h1>Maaf, halaman yang Anda cari tidak ditemukan"
    b"</h1><p>Silakan kembali ke beranda.</p></body></html>"
)
FRONT = (
    f"<html><head><title>Kabar Uji</title></head><body>{'<h2><a href=/x>Berita</a></h2>' * 9}</body></html>".encode()
)


def http(status):
    return Failure(Problem.HTTP, URL, f"HTTP {status}", status)


def vanished(world):
    return world.outbox.of("articles.vanished")


def stored(world):
    return world.store.documents[article_id(URL)][0]


@pytest.fixture
def world():
    world = World()
    world.terms = replace(world.terms, alone_s=0)
    world.web.pages[FEED] = rss((URL, TITLE))
    world.web.pages[URL] = article_html(TITLE, canonical=URL)
    return world


async def later(world, rounds=5, seconds=700):
    for _ in range(rounds):
        await world.round(seconds)


@pytest.mark.asyncio
class TestTelling:
    """From the visit to the broker."""

    async def test_a_page_gone_for_good_is_told_once_with_its_proof(self, world):
        await world.round(700)
        world.web.pages[URL] = GONE
        await later(world)
        (said,) = vanished(world)
        assert (said["how"], said["revision"], said["month"], said["url"]) == ("gone_410", 1, "2026.11", URL)
        assert said["last_page"] == "memory.warc.gz#record-1"
        assert len(said["checked_at"]) == 2
        assert said["detail"] == "Media menyatakan halaman ini dihapus untuk seterusnya (410)."
        assert world.outbox.outcomes() == {(article_id(URL), 1): "passed"}
        assert stored(world).stage is Stage.SETTLED

    async def test_a_404_that_passes_is_never_told(self, world):
        await world.round(700)
        world.web.pages[URL] = MISSING
        await later(world, 2, 350)
        world.web.pages[URL] = article_html(TITLE, canonical=URL)
        await later(world)
        assert vanished(world) == []
        assert (stored(world).gone_at, stored(world).absence) == (None, None)

    async def test_what_stood_there_instead_is_archived(self, world):
        await world.round(700)
        world.web.pages[URL] = NOT_FOUND_PAGE
        await later(world)
        (said,) = vanished(world)
        assert said["how"] == "soft_404"
        assert said["found_page"] == "memory.warc.gz#record-2"
        pages, about = world.archive.stored[1]
        assert pages[0].body == NOT_FOUND_PAGE
        assert about["outcome"] == "vanished"
        assert said["detail"].endswith("[Halaman tidak ditemukan]")

    async def test_an_error_page_that_reads_as_an_article_is_one(self, world):
        other = (
            "<p>Warga menikmati pasar murah di alun-alun kota yang digelar bank daerah sejak pagi hari ini.</p>" * 12
        )
        page = article_html("Halaman tidak ditemukan", canonical=URL, paragraphs=0)
        page = page.replace(b'entry-content">', b'entry-content">' + other.encode())
        await world.round(700)
        world.web.pages[URL] = page
        await later(world)
        assert [one["how"] for one in vanished(world)] == ["soft_404"]
        assert len(world.outbox.of("articles.collected")) == 1

    async def test_a_headline_alone_is_not_believed(self, world):
        await world.round(700)
        world.web.pages[URL] = article_html("Halaman tidak ditemukan", canonical=URL, paragraphs=9)
        await later(world)
        assert vanished(world) == []

    async def test_a_redirect_to_the_front_page_is_told(self, world):
        await world.round(700)
        world.web.pages[URL] = lambda _: Page(URL, f"{SITE}/", 200, "OK", (), FRONT, world.clock.now())
        await later(world)
        assert [one["how"] for one in vanished(world)] == ["redirect_home"]

    async def test_a_redirect_to_another_article_is_told_and_that_one_is_not_made_of_it(self, world):
        other = f"{SITE}/2026/11/26/pasar-murah-digelar-di-jember"
        body = article_html("Pasar Murah Digelar di Jember", canonical=other).replace(b"puskesmas", b"beras")
        body = body.replace(b"Dinas Kesehatan", b"Bulog").replace(b"berobat", b"keluarga").replace(b"gedung", b"kios")
        await world.round(700)
        world.web.pages[URL] = lambda _: Page(URL, other, 200, "OK", (), body, world.clock.now())
        await later(world)
        assert [one["how"] for one in vanished(world)] == ["redirect_article"]
        assert world.outbox.outcomes() == {(article_id(URL), 1): "passed"}

    async def test_an_article_that_moves_keeps_its_identity_and_its_next_edit_is_its_next_revision(self, world):
        new = f"{SITE}/kesehatan/puskesmas-buka-dengan-alamat-baru"
        await world.round(700)
        moved = article_html(TITLE, canonical=new)
        world.web.pages[URL] = lambda _: Page(URL, new, 200, "OK", (), moved, world.clock.now())
        await later(world, 2)
        assert len(world.outbox.of("articles.collected")) == 1
        edited = article_html(f"{TITLE} Gedung", canonical=new)
        world.web.pages[URL] = lambda _: Page(URL, new, 200, "OK", (), edited, world.clock.now())
        await later(world, 4)
        assert vanished(world) == []
        articles = [m["article"] for m in world.outbox.of("articles.collected")]
        assert [(a["article_id"], a["revision"], a["canonical_url"]) for a in articles] == [
            (article_id(URL), 1, URL),
            (article_id(URL), 2, URL),
        ]

    @pytest.mark.parametrize(
        "failure",
        [http(s) for s in (401, 402, 403, 429, 451, 500, 502, 503)]
        + [Failure(p, URL, "x") for p in Problem if p is not Problem.HTTP],
        ids=lambda f: f.code,
    )
    async def test_trouble_however_long_is_never_told(self, world, failure):
        await world.round(700)
        world.web.pages[URL] = failure
        await later(world, 20, 7_000)
        assert vanished(world) == []
        assert stored(world).absence is None

    async def test_trouble_between_two_signs_neither_counts_nor_clears(self, world):
        await world.round(700)
        for answer in (MISSING, http(503), MISSING, Failure(Problem.TIMEOUT, URL, "x"), MISSING):
            world.web.pages[URL] = answer
            await world.round(4_000)
        assert [one["how"] for one in vanished(world)] == ["not_found_404"]

    @pytest.mark.parametrize("edited", [False, True])
    async def test_a_page_that_is_back_is_told_with_the_revision_that_stands_there(self, world, edited):
        await world.round(700)
        world.web.pages[URL] = GONE
        await later(world)
        world.web.pages[URL] = article_html(TITLE, canonical=URL, text="Malang" if edited else "Surabaya")
        await later(world, 8, 3_000)
        assert [(one["how"], one["revision"]) for one in vanished(world)] == [
            ("gone_410", 1),
            ("restored", 2 if edited else 1),
        ]
        assert (stored(world).gone_at, stored(world).absence) == (None, None)

    async def test_not_modified_is_a_page_that_is_back(self, world):
        await world.round(700)
        world.web.pages[URL] = GONE
        await later(world)
        world.web.pages[URL] = NotModified(URL, world.clock.now())
        await later(world, 8, 3_000)
        assert [one["how"] for one in vanished(world)] == ["gone_410", "restored"]

    async def test_a_page_that_goes_again_is_told_again(self, world):
        await world.round(700)
        for answer in (GONE, article_html(TITLE, canonical=URL), GONE):
            world.web.pages[URL] = answer
            await later(world, 12, 3_000)
        assert [one["how"] for one in vanished(world)] == ["gone_410", "restored", "gone_410"]

    async def test_a_broker_that_is_away_gets_the_same_word_later(self, world):
        await world.round(700)
        world.web.pages[URL] = GONE
        await world.round(60)
        world.outbox.fail_after = 0
        await world.round(60)
        assert stored(world).stage is Stage.PENDING
        waiting = stored(world).outbox
        world.outbox.fail_after = None
        await world.round(60)
        assert world.outbox.messages[-1] == waiting[0]
        assert len(vanished(world)) == 1

    async def test_what_was_never_an_article_cannot_vanish(self, world):
        world.web.pages[URL] = GONE
        await later(world)
        assert vanished(world) == []
        assert world.outbox.outcomes() == {(article_id(URL), 0): "rejected"}

    async def test_a_second_page_that_is_away_is_neither_a_vanishing_nor_a_lost_paragraph(self, world):
        link = f'<div class="pagination"><a href="{URL}?page=2">Halaman 2</a></div></article>'.encode()
        world.web.pages[URL] = article_html(TITLE, canonical=URL).replace(b"</article>", link)
        world.web.pages[f"{URL}?page=2"] = article_html(TITLE, canonical=URL, text="Dua")
        await world.round(700)
        world.web.pages[f"{URL}?page=2"] = Failure(Problem.HTTP, f"{URL}?page=2", "HTTP 404", 404)
        await later(world, 3, 4_000)
        assert vanished(world) == []
        assert len(world.outbox.of("articles.collected")) == 1
        world.web.pages[f"{URL}?page=2"] = article_html(TITLE, canonical=URL, text="Dua")
        await later(world, 4, 20_000)
        assert len(world.outbox.of("articles.collected")) == 1
        assert stored(world).absence is None

    @pytest.mark.parametrize("outlet_stands", [True, False])
    async def test_an_outlet_that_answers_404_to_everything_is_not_told_article_by_article(self, world, outlet_stands):
        world.terms = replace(world.terms, alone_s=24 * 3_600)
        other = world.serve("/2026/11/25/berita-lain-yang-tetap-ada", b"")
        world.web.pages[other] = article_html("Pasar Murah Digelar di Jember", canonical=other, text="lain")
        world.web.pages[FEED] = rss((URL, TITLE), (other, "Pasar Murah"))
        intake = world.intake()
        world.intake = lambda: intake
        await world.round(700)
        world.web.pages[URL] = MISSING
        if not outlet_stands:
            world.web.pages[other] = Failure(Problem.HTTP, other, "HTTP 404", 404)
        await later(world, 8)
        assert [one["how"] for one in vanished(world)] == (["not_found_404"] if outlet_stands else [])
