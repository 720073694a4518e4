from datetime import UTC, datetime

import pytest
from collector.adapters.listing import read_listing
from collector.domain.reading import UnreadableError
from collector.domain.sources import ListingRules

PAGE = b"""<html><body><nav><a href="/tentang">Tentang</a></nav>
<div class="item"><h2><a href="/berita/satu">Judul <b>Satu</b></a></h2>
<span class="tgl">Rabu, 25 November 2026 | 08:00 WIB</span></div>
<div class="item"><h2><a href="https://lain.id/dua">Dua</a></h2>
<time datetime="2026-11-25T08:00:00+07:00">tadi</time></div>
<div class="item"><h2>Tanpa tautan</h2></div></body></html>"""


def read(rules, body=PAGE):
    return read_listing(body, rules, url="https://contoh.id/indeks", zone="Asia/Jakarta", content_type="text/html")


def test_items_give_link_title_and_date():
    reading = read(ListingRules(item="div.item", link="h2 a", title="h2", date=".tgl, time"))
    assert [(e.url, e.title) for e in reading.entries] == [
        ("https://contoh.id/berita/satu", "Judul Satu"),
        ("https://lain.id/dua", "Dua"),
    ]
    assert {e.published for e in reading.entries} == {datetime(2026, 11, 25, 1, tzinfo=UTC)}


def test_an_item_may_be_the_link_itself():
    assert len(read(ListingRules(item="h2 a")).entries) == 2


@pytest.mark.parametrize("rules", [ListingRules(item="div.hilang"), ListingRules(item="div[")])
def test_a_selector_that_finds_nothing_or_is_wrong_is_seen(rules):
    with pytest.raises(UnreadableError):
        read(rules)


@pytest.mark.parametrize("body", [b"", b"\x00", b"<" * 1_000, b"<div class=item>" * 100_000])
def test_broken_pages_are_unreadable_not_fatal(body):
    with pytest.raises(UnreadableError):
        read(ListingRules(item="div.item"), body)
