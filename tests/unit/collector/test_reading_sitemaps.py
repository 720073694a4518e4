import gzip
from datetime import UTC, datetime

import pytest
from collector.adapters.sitemap import read_sitemap
from collector.domain.reading import UnreadableError

URL = "https://contoh.id/sitemap.xml"
NEWS = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://contoh.id/berita/lama</loc><lastmod>2026-11-24</lastmod></url>
<url><loc> https://contoh.id/berita/baru </loc><lastmod>2026-11-25T09:00:00+07:00</lastmod>
<image:image><image:loc>https://contoh.id/x.jpg</image:loc><image:title>Foto</image:title></image:image>
<news:news><news:publication><news:name>C</news:name></news:publication>
<news:publication_date>2026-11-25T08:00:00+07:00</news:publication_date>
<news:title>Judul &amp; isi</news:title></news:news></url>
<url><lastmod>2026-11-25</lastmod></url></urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://contoh.id/a.xml</loc><lastmod>2026-11-01</lastmod></sitemap>
<sitemap><loc>/b.xml</loc><lastmod>2026-11-25</lastmod></sitemap>
<sitemap><loc>https://contoh.id/c.xml</loc></sitemap>
</sitemapindex>"""


def read(body, **limits):
    return read_sitemap(body, url=URL, zone="Asia/Jakarta", **{"max_bytes": 1_000_000, "max_entries": 100, **limits})


def test_a_news_sitemap_gives_title_and_times_newest_first():
    first, second = read(NEWS).entries
    assert (first.url, first.title) == ("https://contoh.id/berita/baru", "Judul & isi")
    assert first.published == datetime(2026, 11, 25, 1, tzinfo=UTC)
    assert first.modified == datetime(2026, 11, 25, 2, tzinfo=UTC)
    assert second.url == "https://contoh.id/berita/lama"


def test_an_index_gives_its_parts_newest_first():
    assert [child.url.rsplit("/", 1)[1] for child in read(INDEX).children] == ["b.xml", "a.xml", "c.xml"]


def test_gzip_is_unpacked_within_the_limit():
    assert len(read(gzip.compress(NEWS)).entries) == 2
    with pytest.raises(UnreadableError, match="unpacks to more"):
        read(gzip.compress(b"a" * 10_000_000))


def test_reading_stops_at_the_limit_of_entries():
    body = b"<urlset>" + b"<url><loc>https://contoh.id/a</loc></url>" * 100_000
    assert len(read(body, max_entries=7).entries) == 7


def test_a_truncated_sitemap_gives_what_it_has():
    assert len(read(NEWS[: NEWS.index(b"<url><lastmod>")]).entries) == 2


BOMB = b"""<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<urlset><url><loc>https://contoh.id/&b;</loc></url></urlset>"""


@pytest.mark.parametrize(
    "body", [b"", b"<html></html>", b"<rss></rss>", b"teks", BOMB, b"<urlset>" + b"<a>" * 100_000, b"\x1f\x8bx"]
)
def test_what_is_no_sitemap_or_hostile_says_so(body):
    with pytest.raises(UnreadableError):
        read(body)
