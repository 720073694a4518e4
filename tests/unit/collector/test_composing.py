"""Times that a reader can trust, and judgements of a probe."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from collector.cli_probe import alternate_links, guess_listing, snippet
from collector.cli_sources import lines
from collector.domain.compose import modified_stamp, published_stamp
from collector.domain.items import Entry
from collector.domain.judging import Grade, judge_source, suggested_interval_s, unusable
from collector.domain.reading import Child, Reading
from collector.domain.sources import Registry, SourceKind
from collector.extract.model import Stamp, StampSource

from tests.builders.collector_suites import fetch_state
from tests.builders.collector_world import feed_source

NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
SOURCE = feed_source()


def stamp(at, source=StampSource.JSONLD):
    return Stamp(at, "+07:00", source)


def test_a_published_time_keeps_its_zone_and_where_it_was_read():
    made = published_stamp(stamp(NOW), SOURCE, NOW)
    assert (made.at, made.zone, made.source) == (NOW, "+07:00", "jsonld")


def test_a_time_from_a_sitemap_says_so():
    assert published_stamp(stamp(NOW, StampSource.FEED), SOURCE, NOW).source == "feed"
    sitemap = feed_source(kind="sitemap")
    assert published_stamp(stamp(NOW, StampSource.FEED), sitemap, NOW).source == "sitemap"


@pytest.mark.parametrize(
    "at", [None, datetime(1970, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC), NOW + timedelta(days=2)]
)
def test_a_missing_or_absurd_time_becomes_the_time_it_was_first_seen(at):
    made = published_stamp(stamp(at) if at else None, SOURCE, NOW)
    assert (made.at, made.zone, made.source) == (NOW, "Asia/Jakarta", "first_seen")


def test_an_absurd_modification_is_left_out():
    assert modified_stamp(stamp(datetime(2099, 1, 1, tzinfo=UTC)), SOURCE, NOW) is None
    assert modified_stamp(None, SOURCE, NOW) is None
    assert modified_stamp(stamp(NOW), SOURCE, NOW) is not None


def entries(count=10, **changes):
    return tuple(
        replace(
            Entry(f"https://contoh.id/berita/judul-berita-nomor-{n}", f"Judul {n}", NOW - timedelta(hours=n)), **changes
        )
        for n in range(count)
    )


def judge(reading, kind=SourceKind.FEED):
    return judge_source("https://contoh.id/feed", kind, reading, NOW)


def test_a_fresh_feed_with_articles_of_its_site_is_good():
    judged = judge(Reading(entries()))
    assert (judged.grade, judged.interval_s) == (Grade.GOOD, 1_800)


@pytest.mark.parametrize(
    ("reading", "grade", "said"),
    [
        (Reading(()), Grade.WEAK, "without a single link"),
        (Reading(entries(published=None)), Grade.USABLE, "no dates"),
        (Reading(entries(published=NOW - timedelta(days=30))), Grade.WEAK, "30 days old"),
        (Reading(entries(url="https://lain.id/berita/judul-berita-lain")), Grade.WEAK, "other sites"),
        (Reading(entries(url="https://contoh.id/tag/x")), Grade.WEAK, "look like articles"),
        (Reading(entries(title=None)), Grade.USABLE, "no titles"),
    ],
)
def test_what_is_wrong_with_a_source_is_said(reading, grade, said):
    judged = judge(reading)
    assert judged.grade is grade
    assert said in "; ".join(judged.reasons)


def test_an_index_of_sitemaps_is_judged_by_its_freshest_part():
    assert judge(Reading(children=(Child("u", None, NOW),)), SourceKind.SITEMAP).grade is Grade.USABLE
    assert judge(Reading(children=(Child("u"),)), SourceKind.SITEMAP).grade is Grade.WEAK


def test_the_suggested_interval_has_bounds():
    assert suggested_interval_s([]) == 600
    assert suggested_interval_s([NOW, NOW]) == 60
    assert suggested_interval_s([NOW, NOW - timedelta(days=300)]) == 3_600


def test_the_feeds_that_a_page_names_are_found():
    page = b"""<html><head><link rel="alternate" type="application/rss+xml" href="/feed/">
    <link rel="alternate" hreflang="en" href="/en/"><link rel="alternate" type="application/feed+json" href="https://x.id/f">
    <link rel="stylesheet" type="text/xml" href="/s"></head></html>"""
    assert alternate_links(page, "https://contoh.id/", None) == ["https://contoh.id/feed/", "https://x.id/f"]
    assert alternate_links(b"", "https://contoh.id/", None) == []


def test_a_listing_is_guessed_from_repeated_blocks_with_one_article_each():
    link = '<a href="/berita/judul-berita-ke-{n}">J</a>'
    block = f'<div class="kartu">{link}<h3>{link}</h3></div>'
    page = ("<div class='semua'>" + "".join(block.format(n=n) for n in range(5)) + "</div>").encode()
    rules = guess_listing(page, "https://contoh.id/", None)
    assert rules is not None
    assert rules.item == "div.kartu"
    assert guess_listing(b"<a href='/x'>x</a>", "https://contoh.id/", None) is None


def test_a_snippet_can_be_read_as_a_registry():
    judged = [judge(Reading(entries(), title="Contoh")), judge(Reading(entries(published=None)), SourceKind.SITEMAP)]
    made = snippet(judged, "https://www.contoh.co.id/", None)
    registry = Registry.model_validate({"version": 1, "sources": made})
    assert [source.id for source in registry.sources] == ["contoh-co", "contoh-co-2"]
    assert registry.enabled == ()
    assert unusable("u", SourceKind.FEED, "x").grade is Grade.UNUSABLE


def test_the_list_of_sources_tells_what_is_known_and_what_was_never_polled():
    registry = Registry(version=1, sources=(feed_source(), feed_source(id="baru", enabled=False)))
    _, first, second = lines(registry, {"kabar-uji": fetch_state("kabar-uji")}, NOW + timedelta(hours=3))
    assert first.split()[:4] == ["kabar-uji", "on", "moved", "3h"]
    assert second.split() == ["baru", "off", "never", "polled"]
