# ruff: noqa: E501 - markup and tables of examples read better unwrapped
from dataclasses import replace

import pytest
from collector.extract.model import ExtractedArticle
from collector.extract.multipage import further_pages, join_pages
from collector.extract.page import parse

BASE = "https://kabar.contoh.co.id/2026/11/jam-layanan-puskesmas-ditambah"
FIRST = "Dinas Kesehatan menambah jam layanan di dua puluh puskesmas mulai pekan depan."
SECOND = "Tambahan jam dijalankan bergiliran agar petugas tidak kewalahan melayani pasien."
THIRD = "Puskesmas di wilayah padat mendapat jatah lebih dulu daripada wilayah lainnya."


def pages_of(links: str, url: str = BASE) -> tuple[str, ...]:
    page = parse(f"<html><head></head><body><p>x</p>{links}</body></html>", url)
    assert page is not None
    return further_pages(page)


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        (f'<a href="{BASE}?page=2">2</a><a href="{BASE}?page=3">3</a>', (f"{BASE}?page=2", f"{BASE}?page=3")),
        (f'<a href="{BASE}?page=3">3</a><a href="{BASE}?page=2">Selanjutnya</a>', (f"{BASE}?page=2", f"{BASE}?page=3")),
        (f'<a href="{BASE}/2/">Halaman 2</a>', (f"{BASE}/2/",)),
        ('<a href="/2026/11/jam-layanan-puskesmas-ditambah-part2">Halaman selanjutnya</a>', (f"{BASE}-part2",)),
        (f'<link rel="next" href="{BASE}?page=2">', (f"{BASE}?page=2",)),
        (f'<a href="{BASE}?page=2">2</a><a href="{BASE}?page=all">Tampilkan semua</a>', (f"{BASE}?page=all",)),
        (f'<a href="{BASE}?single=1">Semua Halaman</a>', (f"{BASE}?single=1",)),
        (f'<a href="{BASE}?hal=2">»</a>', (f"{BASE}?hal=2",)),
    ],
)
def test_further_pages_are_found_in_order(links, expected):
    assert pages_of(links) == expected


@pytest.mark.parametrize(
    "links",
    [
        '<a href="https://kabar.contoh.co.id/2026/11/berita-lain-sama-sekali">Selanjutnya</a>',
        '<link rel="next" href="https://kabar.contoh.co.id/2026/11/berita-lain-sama-sekali">',
        f'<a href="{BASE}?page=2">Baca berita lain tentang puskesmas</a>',
        f'<a href="{BASE}#komentar">2</a>',
        '<a href="https://lain.example.org/2026/11/jam-layanan-puskesmas-ditambah?page=2">2</a>',
        f'<a href="{BASE}">1</a>',
        f'<a href="{BASE}?page=99">99</a>',
        '<a href="javascript:void(0)">Selanjutnya</a>',
    ],
)
def test_neighbouring_articles_are_no_further_pages(links):
    assert pages_of(links) == ()


def test_a_later_page_names_only_those_after_it_and_a_whole_page_none():
    links = "".join(f'<a href="{BASE}?page={number}">{number}</a>' for number in range(1, 5))
    assert pages_of(links, f"{BASE}?page=2") == (f"{BASE}?page=3", f"{BASE}?page=4")
    assert pages_of(links, f"{BASE}?page=all") == ()
    assert pages_of(links, "file:///halaman.html") == ()


def article(*paragraphs: str) -> ExtractedArticle:
    return ExtractedArticle(
        canonical_url=BASE, title="Jam Layanan Ditambah", text="\n\n".join(paragraphs), authors=(), section=None, image_url=None,
        published=None, modified=None, language="id", outlet_domain="contoh.co.id", next_pages=(f"{BASE}?page=2",),
    )  # fmt: skip


def test_joined_pages_repeat_nothing():
    joined = join_pages([article(FIRST, SECOND), article("Jam Layanan Ditambah", FIRST, THIRD), article(THIRD)])
    assert joined.text.split("\n\n") == [FIRST, SECOND, THIRD]
    assert joined.next_pages == ()


def test_a_page_that_shows_all_replaces_nothing_twice():
    assert join_pages([article(FIRST), article(FIRST, SECOND, THIRD)]).text.split("\n\n") == [FIRST, SECOND, THIRD]


def test_short_lines_that_repeat_in_earnest_stay():
    joined = join_pages([article(FIRST, "Tiket dewasa", SECOND), article(THIRD, "Tiket dewasa", "Rp 33.900")])
    assert joined.text.split("\n\n") == [FIRST, "Tiket dewasa", SECOND, THIRD, "Tiket dewasa", "Rp 33.900"]


def test_joining_one_page_changes_only_its_next_pages():
    one = article(FIRST, SECOND)
    assert join_pages([one]) == replace(one, next_pages=())
