from datetime import UTC, datetime

import pytest
from collector.adapters.feeds import read_feed
from collector.adapters.listing import read_listing
from collector.adapters.sitemap import read_sitemap
from collector.adapters.xml_guard import check_xml
from collector.domain.reading import UnreadableError
from collector.domain.sources import ListingRules
from hypothesis import given, settings
from hypothesis import strategies as st

URL = "https://contoh.id/feed"
EIGHT_WIB = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)

RSS_2 = b"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Kabar &amp; Berita</title><link>https://contoh.id</link>
<item><title><![CDATA[Satu <b>tebal</b> &amp; dua]]></title><link>/berita/satu</link><dc:creator>Ani</dc:creator>
<pubDate>Wed, 25 Nov 2026 08:00:00 +0700</pubDate><description>&lt;p&gt;Ringkas&lt;/p&gt;</description></item>
<item><title>Tanpa tautan</title></item>
<item><title>Guid</title><guid isPermaLink="true">https://contoh.id/berita/guid</guid></item>
<item><title>Guid lain</title><guid isPermaLink="false">https://contoh.id/?p=3</guid></item>
</channel></rss>"""
RSS_091 = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
"http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>T</title>
<item><title>Caf\xe9</title><link>https://contoh.id/berita/satu</link></item></channel></rss>"""
RSS_092 = (
    b'<rss version="0.92"><channel><item><title>S</title>'
    b"<link>https://contoh.id/berita/satu</link></item></channel></rss>"
)
RDF = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="x"><title>T</title></channel>
<item rdf:about="https://contoh.id/berita/satu"><title>S</title><link>https://contoh.id/berita/satu</link>
<dc:date>2026-11-25T08:00:00+07:00</dc:date></item></rdf:RDF>"""
ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry>
<title type="html">S &amp;amp; D</title>
<link rel="self" type="application/atom+xml" href="https://contoh.id/x.atom"/>
<link rel="enclosure" type="audio/mpeg" href="https://contoh.id/x.mp3"/>
<link rel="alternate" type="text/html" href="/berita/satu"/><author><name>Ani</name></author>
<author><name>Budi</name></author><published>2026-11-25T01:00:00Z</published><updated>2026-11-25T02:00:00Z</updated></entry></feed>"""
JSON_FEED = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "1",
"url": "/berita/satu","title": "S",
"authors": [{"name": "Ani"}],
"date_published": "2026-11-25T08:00:00+07:00"}, {"id": "tanpa"}, 7]}"""


@pytest.mark.parametrize("body", [RSS_2, RSS_091, RSS_092, RDF, ATOM, JSON_FEED])
def test_every_feed_format_gives_its_articles(body):
    reading = read_feed(body, url=URL, zone="Asia/Jakarta")
    assert reading.entries[0].url == "https://contoh.id/berita/satu"
    assert reading.entries[0].title


@pytest.mark.parametrize("body", [RSS_2, RDF, ATOM, JSON_FEED])
def test_their_dates_are_moments(body):
    assert read_feed(body, url=URL, zone="Asia/Jakarta").entries[0].published == EIGHT_WIB


def test_an_rss_item_is_plain_text_and_needs_a_link():
    reading = read_feed(RSS_2, url=URL, zone="Asia/Jakarta")
    assert [entry.url for entry in reading.entries] == [
        "https://contoh.id/berita/satu",
        "https://contoh.id/berita/guid",
    ]
    first = reading.entries[0]
    assert (first.title, first.summary, first.authors) == ("Satu tebal & dua", "Ringkas", ("Ani",))
    assert reading.title == "Kabar & Berita"


def test_an_atom_entry_has_its_page_authors_and_modification():
    entry = read_feed(ATOM, url=URL, zone="Asia/Jakarta").entries[0]
    assert (entry.title, entry.authors) == ("S & D", ("Ani", "Budi"))
    assert entry.modified == datetime(2026, 11, 25, 2, tzinfo=UTC)


def test_a_time_without_zone_is_in_the_sources_zone_not_in_utc():
    body = RSS_2.replace(b" +0700", b"")
    assert read_feed(body, url=URL, zone="Asia/Jakarta").entries[0].published == EIGHT_WIB


def test_malformed_xml_is_read_as_far_as_it_goes_and_noted():
    reading = read_feed(RSS_2.replace(b"</channel></rss>", b"<item><title>A & B</title>"), url=URL, zone="Asia/Jakarta")
    assert len(reading.entries) == 2
    assert "malformed" in reading.notes[0]


def test_the_charset_of_the_header_counts_when_the_feed_has_none():
    body = RSS_092.replace(b"<title>S", b"<title>Caf\xe9")
    assert (
        read_feed(body, url=URL, zone="Asia/Jakarta", content_type="text/xml; charset=iso-8859-1").entries[0].title
        == "Café"
    )


@pytest.mark.parametrize(
    "body",
    [b"", b"   ", b"<!doctype html><html></html>", b"<html><body>Situs dalam perbaikan</body></html>", b"\x00\x01\x02",
     b"hanya teks", b'{"version": "lain"}', b"{" * 100_000, b"[1]", b"<opml></opml>"],
)  # fmt: skip
def test_what_is_no_feed_says_so(body):
    with pytest.raises(UnreadableError):
        read_feed(body, url=URL, zone="Asia/Jakarta")


BILLION_LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><rss version="2.0"><channel><title>&c;</title></channel></rss>"""
EXTERNAL = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><item><title>&e;</title><link>https://contoh.id/a</link></item></channel></rss>"""
DEEP = b'<rss version="2.0"><channel>' + b"<a>" * 100_000


@pytest.mark.parametrize("body", [BILLION_LAUGHS, EXTERNAL, DEEP, BILLION_LAUGHS.decode().encode("utf-16")])
def test_hostile_feeds_are_refused_before_they_are_parsed(body):
    with pytest.raises(UnreadableError):
        read_feed(body, url=URL, zone="Asia/Jakarta")


def test_an_endless_feed_is_cut():
    item = b"<item><title>x</title><link>https://contoh.id/b</link></item>"
    body = b'<rss version="2.0"><channel>' + item * 5_000 + b"</channel></rss>"
    assert len(read_feed(body, url=URL, zone="Asia/Jakarta").entries) == 2_000


def test_more_elements_than_the_limit_are_refused():
    with pytest.raises(UnreadableError, match="more than 10"):
        check_xml(b"<a>" + b"<b/>" * 10 + b"</a>", max_elements=10)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_break_a_reader(body):
    for read in (
        lambda b: read_feed(b, url=URL, zone="Asia/Jakarta"),
        lambda b: read_sitemap(b, url=URL, zone="Asia/Jakarta", max_bytes=10_000, max_entries=10),
        lambda b: read_listing(b, ListingRules(item="a"), url=URL, zone="Asia/Jakarta", content_type=None),
    ):
        for prefix in (b"", b"<?xml version='1.0'?><rss><channel><item>", b"<urlset><url>", b"\x1f\x8b", b"{"):
            try:
                read(prefix + body)
            except UnreadableError:
                continue


def test_real_feeds_of_indonesian_outlets_are_read_whole(shared_data):
    paths = sorted((shared_data / "pages" / "rss").glob("*.xml"))
    assert len(paths) == 6
    for path in paths:
        reading = read_feed(path.read_bytes(), url="https://contoh.id/feed", zone="Asia/Jakarta")
        assert len(reading.entries) == path.read_bytes().count(b"<item>"), path.name
        assert all(entry.published and entry.title and entry.url.startswith("http") for entry in reading.entries)


def test_the_address_behind_a_feedburner_link_is_taken():
    body = b"""<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item><title>S</title>
    <link>https://feedproxy.google.com/~r/x</link><feedburner:origLink>https://contoh.id/berita/satu</feedburner:origLink>
    </item></channel></rss>"""
    assert read_feed(body, url=URL, zone="Asia/Jakarta").entries[0].url == "https://contoh.id/berita/satu"
