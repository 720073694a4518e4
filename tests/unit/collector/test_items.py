from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from collector.domain.items import Entry, ItemTerms, believable, take
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)


def test_one_article_comes_once_whatever_its_tracking_parameters():
    taken = take(
        [Entry("https://contoh.id/berita-satu-dua?utm_source=rss"), Entry("https://contoh.id/berita-satu-dua#x")],
        now=NOW,
        terms=ItemTerms(),
    )
    assert [link.canonical_url for link in taken.links] == ["https://contoh.id/berita-satu-dua"]


def test_an_endless_feed_is_read_to_the_limit_only():
    endless = (Entry(f"https://contoh.id/a/{n}") for n in count())
    taken = take(endless, now=NOW, terms=ItemTerms(max_items=50))
    assert len(taken.links) == 50
    assert taken.skipped == {"over_limit": 1}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://x/", "", "http://", "https://contoh.id/" + "a" * 3_000,
                                 "https://contoh.id/\ud800"])  # fmt: skip
def test_what_is_no_web_url_stays_out(url):
    assert take([Entry(url)], now=NOW, terms=ItemTerms()).links == ()


def test_items_that_say_they_are_old_stay_out_and_undated_ones_come_in():
    old = Entry("https://contoh.id/lama", published=NOW - timedelta(days=90))
    revived = Entry("https://contoh.id/hidup", published=NOW - timedelta(days=90), modified=NOW)
    undated = Entry("https://contoh.id/tanpa")
    taken = take([old, revived, undated], now=NOW, terms=ItemTerms())
    assert [link.entry.url for link in taken.links] == [revived.url, undated.url]
    assert taken.skipped == {"too_old": 1}


def test_a_sitemap_without_dates_brings_nothing():
    taken = take([Entry("https://contoh.id/tanpa")], now=NOW, terms=ItemTerms(), dated_only=True)
    assert taken.links == ()
    assert taken.skipped == {"undated": 1}


@pytest.mark.parametrize("year", [1, 1970, 2099, 9999])
def test_absurd_dates_are_not_believed(year):
    assert believable(datetime(year, 1, 2, tzinfo=UTC), NOW) is None
    entry = Entry("https://contoh.id/x", published=datetime(year, 1, 2, tzinfo=UTC))
    assert take([entry], now=NOW, terms=ItemTerms()).links[0].entry.published is None


def test_titles_of_40_megabytes_are_cut():
    entry = Entry("https://contoh.id/x", title="a" * 40_000_000, summary="b" * 1_000_000, authors=("c" * 10_000,) * 99)
    (link,) = take([entry], now=NOW, terms=ItemTerms()).links
    assert len(link.entry.title) == 1_000
    assert len(link.entry.summary) == 4_000
    assert [len(author) for author in link.entry.authors] == [200] * 20


@given(st.text(max_size=200))
def test_every_text_can_be_stored(text):
    (link,) = take([Entry("https://contoh.id/x", title=text, authors=(text,))], now=NOW, terms=ItemTerms()).links
    assert "\x00" not in (link.entry.title or "").encode().decode()


def test_surrogates_and_control_characters_go():
    (link,) = take([Entry("https://contoh.id/x", title="a\ud800b\x00c\x07")], now=NOW, terms=ItemTerms()).links
    assert link.entry.title == "abc"


def test_the_mark_of_an_entry_changes_with_title_or_modification_alone():
    entry = Entry("https://contoh.id/x", title="Satu", modified=NOW)
    assert entry.told == Entry("https://contoh.id/y", title="Satu", modified=NOW, summary="lain").told
    assert entry.told != Entry("https://contoh.id/x", title="Dua", modified=NOW).told
    assert entry.told != Entry("https://contoh.id/x", title="Satu").told


def test_spaces_and_line_breaks_in_a_link_are_read_as_a_browser_does():
    (link,) = take([Entry("\n https://contoh.id/berita satu\t-dua \n")], now=NOW, terms=ItemTerms()).links
    assert link.entry.url == "https://contoh.id/berita%20satu-dua"


@pytest.mark.parametrize("url", ["http://u:p@contoh.id/a", "http://contoh.id:0/a", "http://[::1/a"])
def test_urls_that_are_never_tried_are_not_even_taken_up(url):
    assert take([Entry(url)], now=NOW, terms=ItemTerms()).links == ()
