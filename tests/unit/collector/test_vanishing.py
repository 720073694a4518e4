"""What counts as a sign that a known article's page is gone, what makes it certain, and what never does."""

from dataclasses import replace
from datetime import timedelta

import pytest
from collector.domain.fetching import Failure, Problem
from collector.domain.fingerprint import Absence, Stage
from collector.domain.revisit import RevisitTerms
from collector.domain.sketch import likeness, same_story, sketch_of
from collector.domain.vanishing import (
    Sign,
    Witness,
    after_sign,
    certain_after,
    led_away,
    sign_in_article,
    sign_in_failure,
    sign_in_rejected,
)
from collector.extract import Rejected, extract_article
from contract.outcomes import Outcome
from contract.values import Vanishing

from tests.builders.collector_suites import NOW, fingerprint
from tests.builders.collector_world import SITE
from tests.fakes.collector_web import article_html

PATH = "/2026/11/25/puskesmas-tetap-buka"
URL = f"{SITE}{PATH}"
TITLE = "Puskesmas di Surabaya Tetap Buka Selama Perbaikan"
TEXT = (
    "Dinas Kesehatan menyampaikan bahwa layanan puskesmas tetap berjalan seperti biasa selama gedung diperbaiki. " * 3
)
TERMS = RevisitTerms(alone_s=0)
KNOWN = replace(
    fingerprint(), url=f"{URL}?utm_source=rss", canonical_url=URL, stage=Stage.SETTLED, revision=1,
    outcome=Outcome.PASSED, first_seen_at=NOW, visited_at=NOW, sketch=sketch_of(TITLE, TEXT),
)  # fmt: skip
GONE = Failure(Problem.HTTP, URL, "HTTP 410", 410)
MISSING = Failure(Problem.HTTP, URL, "HTTP 404", 404)
NOT_FOUND_PAGE = (
    b"<html><head><title>Halaman tidak ditemukan</title></head><body><h1>Maaf, halaman yang Anda cari tidak ditemukan"
    b"</h1><p>Silakan kembali ke beranda.</p></body></html>"
)
FRONT = (
    f"<html><head><title>Kabar Uji</title></head><body>{'<h2><a href=/x>Berita</a></h2>' * 9}</body></html>".encode()
)


def http(status, url=URL):
    return Failure(Problem.HTTP, url, f"HTTP {status}", status)


class TestSigns:
    """One sighting."""

    @pytest.mark.parametrize(("status", "how"), [(404, Vanishing.NOT_FOUND_404), (410, Vanishing.GONE_410)])
    def test_the_two_codes_that_speak_of_the_page_are_signs(self, status, how):
        assert sign_in_failure(KNOWN, http(status)) == Sign(how, URL, f"HTTP {status}")

    @pytest.mark.parametrize(
        "status", [400, 401, 402, 403, 408, 418, 423, 429, 451, 500, 502, 503, 504, 521, 530, None]
    )
    def test_no_other_code_is_one(self, status):
        assert sign_in_failure(KNOWN, http(status)) is None

    @pytest.mark.parametrize("problem", [one for one in Problem if one is not Problem.HTTP])
    def test_what_happens_on_the_way_is_none(self, problem):
        assert sign_in_failure(KNOWN, Failure(problem, URL, "x")) is None
        assert sign_in_failure(KNOWN, Failure(problem, URL, "x", 404)) is None

    def test_a_404_of_another_site_is_none(self):
        assert sign_in_failure(KNOWN, http(404, "https://parkir.example/halaman")) is None

    @pytest.mark.parametrize(
        ("url", "reason", "how"),
        [
            (f"{SITE}/", "front_page", Vanishing.REDIRECT_HOME),
            (f"{SITE}/?utm_source=x", "too_short", Vanishing.REDIRECT_HOME),
            (f"https://www.{SITE.removeprefix('https://')}/", "front_page", Vanishing.REDIRECT_HOME),
            (f"{SITE}/kategori/kesehatan", "listing", Vanishing.REDIRECT_SECTION),
        ],
    )
    def test_a_redirect_to_the_front_page_or_a_listing_is_a_sign(self, url, reason, how):
        sign = sign_in_rejected(KNOWN, url, reason, None)
        assert (sign.how, sign.url) == (how, url)

    @pytest.mark.parametrize(
        ("url", "reason"),
        [
            ("https://internetpositif.id/", "front_page"),
            ("https://dijual.example/", "listing"),
            (f"{SITE}/masuk?kembali={PATH}", "paywall"),
            (f"{SITE}/persetujuan", "too_short"),
            (f"{SITE}/persetujuan", "unreadable"),
            (URL, "front_page"),
            (URL, "listing"),
            (URL, "paywall"),
            (f"{URL}?utm_campaign=lain", "too_short"),
        ],
    )
    def test_a_blocking_page_a_login_or_the_article_s_own_address_is_none(self, url, reason):
        assert sign_in_rejected(KNOWN, url, reason, None) is None

    def test_a_page_that_says_so_itself_is_a_sign_with_its_words(self):
        rejected = extract_article(NOT_FOUND_PAGE, url=URL)
        assert isinstance(rejected, Rejected)
        sign = sign_in_rejected(KNOWN, URL, rejected.reason.value, rejected.missing)
        assert (sign.how, sign.evidence) == (Vanishing.SOFT_404, "Halaman tidak ditemukan")

    @pytest.mark.parametrize(
        "title",
        ["404", "404 Not Found", "Page not found - Kabar", "Not Found", "Artikel ini telah dihapus",
         "Maaf, berita tidak ditemukan", "Oops! Halaman yang Anda cari tidak tersedia", "Error 404"],
    )  # fmt: skip
    def test_titles_that_say_that_the_page_is_missing(self, title):
        page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>x</p></body></html>".encode()
        assert extract_article(page, url=URL).missing is not None

    @pytest.mark.parametrize(
        "title",
        ["403 Forbidden", "Access denied", "Just a moment...", "503 Service Unavailable", "Attention Required!",
         "Akun ini telah ditangguhkan", "Masuk untuk membaca", "404 Warga Mengungsi", "Situs dalam perbaikan",
         "Korban Tidak Ditemukan di Sungai Brantas", "Kabar Uji"],
    )  # fmt: skip
    def test_titles_that_say_something_else(self, title):
        page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>x</p></body></html>".encode()
        rejected = extract_article(page, url=URL)
        assert isinstance(rejected, Rejected)
        assert rejected.missing is None

    def test_a_long_text_under_such_a_title_is_not_believed(self):
        page = article_html("Halaman tidak ditemukan", canonical=URL, paragraphs=9)
        found = extract_article(page, url=URL)
        assert not isinstance(found, Rejected) or found.missing is None


class TestMoved:
    """An address that leads to another article."""

    OTHER = f"{SITE}/2026/11/26/pasar-murah-digelar-di-jember"

    def test_another_story_is_a_sign(self):
        sign = sign_in_article(KNOWN, self.OTHER, self.OTHER, "Pasar Murah Digelar", "Warga Jember antre beras. " * 20)
        assert sign.how is Vanishing.REDIRECT_ARTICLE
        assert "Pasar Murah" in sign.evidence

    def test_the_same_story_with_a_new_slug_and_a_softer_title_is_none(self):
        assert sign_in_article(KNOWN, self.OTHER, self.OTHER, "Layanan Puskesmas Disesuaikan", TEXT) is None

    def test_the_same_number_in_the_address_is_enough(self):
        known = replace(KNOWN, url=f"{SITE}/d-7654321/lama", canonical_url=f"{SITE}/d-7654321/lama")
        new = f"{SITE}/d-7654321/judul-yang-lain-sekali"
        assert sign_in_article(known, new, new, "Lain Sekali", "Kata lain. " * 50) is None

    def test_a_shared_date_is_no_shared_number(self):
        known = replace(KNOWN, url=f"{SITE}/20261125/a-b-c", canonical_url=f"{SITE}/20261125/a-b-c")
        new = f"{SITE}/20261125/judul-yang-lain-sekali"
        assert sign_in_article(known, new, new, "Lain Sekali", "Kata lain. " * 50) is not None

    def test_a_redirect_out_of_the_site_is_none(self):
        new = "https://iklan.example/judul-yang-lain-sekali"
        assert sign_in_article(KNOWN, new, new, "Lain", "Kata lain. " * 50) is None

    def test_of_an_article_whose_words_are_not_known_nothing_is_concluded(self):
        known = replace(KNOWN, sketch=())
        assert sign_in_article(known, self.OTHER, self.OTHER, "Lain", "Kata lain. " * 50) is None

    def test_another_canonical_address_at_the_same_address_is_no_redirect(self):
        assert not led_away(KNOWN, URL)
        assert not led_away(KNOWN, f"{URL}/?utm_source=rss&fbclid=1")
        assert sign_in_article(KNOWN, URL, self.OTHER, "Lain", "Kata lain. " * 50) is None

    def test_a_sketch_outlives_an_edit_and_tells_stories_apart(self):
        edited = TEXT.replace("seperti biasa", "lebih lambat") + "Warga mengeluh."
        assert same_story(sketch_of(TITLE, TEXT), "Judul Lain", edited)
        assert not same_story(
            sketch_of(TITLE, TEXT), "Pasar Murah", "Warga Jember antre beras murah di alun-alun kota."
        )
        assert likeness((), ()) == 0.0
        assert sketch_of("", "") == sketch_of("", "")


class TestCertainty:
    """How often, and how far apart."""

    def sightings(self, how, waits):
        known, at, told = KNOWN, NOW, []
        for wait_s in waits:
            at += timedelta(seconds=wait_s)
            sighted = after_sign(known, Sign(how, URL, "x"), at, TERMS)
            known = replace(known, absence=sighted.absence, gone_at=known.gone_at or at)
            told.append(sighted.tell)
        return told, sighted

    def test_410_needs_two_half_a_minute_apart(self):
        told, sighted = self.sightings(Vanishing.GONE_410, [0, 30])
        assert told == [False, True]
        assert sighted.absence.seen_at == (NOW, NOW + timedelta(seconds=30))

    @pytest.mark.parametrize("how", [one for one in Vanishing if one not in (Vanishing.GONE_410, Vanishing.RESTORED)])
    def test_anything_else_needs_three_over_a_quarter_of_an_hour(self, how):
        told, _ = self.sightings(how, [0, 300, 600])
        assert told == [False, False, True]
        assert certain_after(how, TERMS) == 3

    def test_sightings_in_a_rush_count_once(self):
        told, sighted = self.sightings(Vanishing.NOT_FOUND_404, [0, 60, 60, 60])
        assert told == [False] * 4
        assert sighted.visit_at == NOW + timedelta(seconds=300)

    def test_the_next_look_is_waited_for_even_past_the_horizon(self):
        old = replace(KNOWN, first_seen_at=NOW - timedelta(days=30))
        assert after_sign(old, Sign(Vanishing.GONE_410, URL, "x"), NOW, TERMS).visit_at == NOW + timedelta(seconds=30)

    def test_another_kind_of_sign_begins_again(self):
        suspected = replace(KNOWN, absence=Absence(Vanishing.NOT_FOUND_404, URL, "x", (NOW, NOW)))
        sighted = after_sign(suspected, Sign(Vanishing.REDIRECT_HOME, SITE, "y"), NOW + timedelta(hours=1), TERMS)
        assert not sighted.tell
        assert len(sighted.absence.seen_at) == 1

    def test_once_told_it_is_looked_at_ever_more_seldom_until_the_horizon(self):
        gone = replace(KNOWN, gone_at=NOW, absence=Absence(Vanishing.GONE_410, URL, "x", (NOW,), told_at=NOW))
        at, waits = NOW, []
        while (sighted := after_sign(gone, Sign(Vanishing.GONE_410, URL, "x"), at, TERMS)).visit_at is not None:
            assert not sighted.tell
            waits.append((sighted.visit_at - at).total_seconds())
            at = sighted.visit_at
        assert waits == sorted(waits)
        assert timedelta(days=3) < at - NOW <= timedelta(days=7)


class TestTheOutletStands:
    """Whether only this page went."""

    SIGN = Sign(Vanishing.NOT_FOUND_404, URL, "HTTP 404")
    OLD = NOW - timedelta(days=2)

    def told(self, witnesses, sign=SIGN, wait_s=300):
        """Whether it is told at the third sighting, the first of which is at NOW."""
        known, at = KNOWN, NOW
        for place in range(3):
            sighted = after_sign(known, sign, at, RevisitTerms(), witnesses)
            known = replace(known, absence=sighted.absence, gone_at=known.gone_at or at)
            at += timedelta(seconds=wait_s * 2**place)
        return sighted.tell

    def test_an_older_article_that_was_read_since_shows_it(self):
        assert self.told([Witness("1" * 32, self.OLD, NOW + timedelta(minutes=5))])

    @pytest.mark.parametrize(
        "witnesses",
        [
            [],
            [Witness("1" * 32, NOW - timedelta(days=2), NOW - timedelta(minutes=1))],
            [Witness("1" * 32, NOW + timedelta(minutes=1), NOW + timedelta(minutes=9))],
            [Witness(KNOWN.article_id, NOW - timedelta(days=2), NOW + timedelta(minutes=5))],
        ],
        ids=["none", "read before", "known only since", "the article itself"],
    )
    def test_without_one_nothing_is_told(self, witnesses):
        assert not self.told(witnesses)

    def test_after_a_day_it_is_told_all_the_same(self):
        assert self.told([], wait_s=12 * 3_600)

    def test_410_needs_none(self):
        sighted = after_sign(KNOWN, Sign(Vanishing.GONE_410, URL, "x"), NOW, RevisitTerms())
        known = replace(KNOWN, absence=sighted.absence, gone_at=NOW)
        again = after_sign(known, Sign(Vanishing.GONE_410, URL, "x"), NOW + timedelta(seconds=30), RevisitTerms())
        assert again.tell
