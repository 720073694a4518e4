# ruff: noqa: E501 - markup and tables of examples read better unwrapped
"""The whole extraction on hand-written pages in the styles of today's outlets."""

from datetime import UTC, datetime

import pytest
from collector.extract import (
    ExtractedArticle,
    ExtractError,
    FeedHints,
    Rejected,
    RejectReason,
    StampSource,
    declared_url,
    extract_article,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.collector.extract import styles

URL = "https://kabar.contoh.co.id/berita/jam-layanan-puskesmas-ditambah"


def article(page: str, url: str | None = None, **more) -> ExtractedArticle:
    raw = page.encode()
    result = extract_article(raw, url=url or declared_url(raw) or URL, **more)
    assert isinstance(result, ExtractedArticle), result
    return result


@pytest.mark.parametrize("style", ["DETIK", "KOMPAS", "TRIBUN", "WORDPRESS", "BARE"])
def test_title_and_text_are_whole_and_clean_in_every_style(style):
    result = article(getattr(styles, style))
    assert result.title == styles.TITLE
    paragraphs = [
        paragraph for paragraph in result.text.split("\n\n") if " | " not in paragraph or "SURYA" in paragraph
    ]
    assert len(paragraphs) == len(styles.BODY)
    for found, written in zip(paragraphs, styles.BODY, strict=True):
        assert found.endswith(written.removeprefix("Surabaya - "))
    assert styles.OTHER not in result.text
    assert result.language == "id"


@pytest.mark.parametrize(
    ("style", "published", "source"),
    [
        ("DETIK", "2026-11-24T14:20:07+07:00", StampSource.JSONLD),
        ("KOMPAS", "2026-11-24T14:20:07+07:00", StampSource.OPENGRAPH),
        ("TRIBUN", "2026-11-24T14:20:00+07:00", StampSource.TIME),
        ("WORDPRESS", "2026-11-24T14:20:07+07:00", StampSource.OPENGRAPH),
        ("BARE", "2026-11-24T14:20:00+07:00", StampSource.TEXT),
    ],
)
def test_the_publication_time_has_its_zone_and_its_source(style, published, source):
    stamp = article(getattr(styles, style)).published
    assert stamp is not None
    assert (stamp.local_iso(), stamp.zone, stamp.source) == (published, "Asia/Jakarta", source)
    assert stamp.at.tzinfo is UTC


def test_authors_are_persons_and_not_outlets_places_or_editors():
    assert article(styles.DETIK).authors == ("Sinta Maharani",)
    assert article(styles.KOMPAS).authors == ("Bayu Saputra",)
    assert article(styles.TRIBUN).authors == ("Dwi Lestari",)
    assert article(styles.WORDPRESS).authors == ("Wahyu Nugroho",)
    assert article(styles.BARE).authors == ()


def test_the_author_of_a_photo_is_not_the_articles():
    photo = '<div class="photo"><img src="/a.jpg"><span class="author">Dok. Budi Prakoso</span></div>'
    assert article(styled(f"{photo}<div class='entry-content'>{ENTRY}</div>")).authors == ()
    line = "<p>Laporan Wartawan Kabar Jatim Network, Luhur Santoso</p>"
    assert article(styled(f"{photo}<div class='entry-content'>{line}{ENTRY}</div>")).authors == ("Luhur Santoso",)


def test_section_image_and_outlet_are_read():
    assert article(styles.KOMPAS).section == "Surabaya"
    assert article(styles.WORDPRESS).section == "Kesehatan"
    assert article(styles.DETIK).image_url == "https://akcdn.detik.net.id/api/wm/2026/11/24/puskesmas_169.jpeg?w=700"
    assert article(styles.DETIK).outlet_domain == "detik.com"


def test_canonical_urls_lose_page_and_slash():
    assert article(styles.KOMPAS).canonical_url.endswith("/142007178/jam-layanan-puskesmas-ditambah")
    assert (
        article(styles.WORDPRESS).canonical_url == "https://kabartimurraya.co.id/2026/11/jam-layanan-puskesmas-ditambah"
    )


def test_a_further_page_is_found_and_a_neighbouring_article_is_not():
    assert article(styles.TRIBUN).next_pages[0].endswith("?page=all")
    assert article(styles.WORDPRESS).next_pages == ()


def test_a_date_without_a_zone_is_in_the_sources_zone():
    stamp = article(styles.BARE, zone="Asia/Makassar").published
    assert stamp is not None
    assert stamp.local_iso() == "2026-11-24T14:20:00+08:00"


def test_the_feed_helps_where_the_page_says_nothing():
    page = styles.BARE.replace("<span>24 November 2026 | 14.20</span>", "")
    hints = FeedHints(published=datetime(2026, 11, 24, 7, 20, tzinfo=UTC), authors=("Nadia Putri",))
    result = article(page, hints=hints)
    assert result.published is not None
    assert (result.published.local_iso(), result.published.source) == ("2026-11-24T14:20:00+07:00", StampSource.FEED)
    assert result.authors == ("Nadia Putri",)


def test_a_script_in_the_title_is_neither_run_nor_shown():
    page = styles.BARE.replace(f"<title>{styles.TITLE}", f"<title><script>alert(1)</script>{styles.TITLE}")
    page = page.replace("<head>", f'<head><meta property="og:title" content="<script>alert(1)</script>{styles.TITLE}">')
    assert article(page).title == styles.TITLE


def test_a_wrong_url_or_zone_is_the_callers_error():
    with pytest.raises(ExtractError):
        extract_article(styles.BARE.encode(), url="bukan alamat")
    with pytest.raises(ExtractError):
        extract_article(styles.BARE.encode(), url=URL, zone="Asia/Surabaya")


def paragraphs(number: int) -> str:
    return "".join(f"<p>{styles.THIRD} Nomor {index}.</p>" for index in range(number))


LINKS = "".join(
    f'<li><a href="/berita/judul-berita-nomor-{n}">Judul berita lain nomor {n} di kota ini</a></li>' for n in range(30)
)

CARDS = "".join(
    f'<article class="kartu"><a href="/sehat/read/{n}/judul"><h2>Enam kamar kosong tetapi pasien nomor {n} tetap menunggu</h2></a>'
    f"<p>Kesehatan · <time>2{n % 10}/11/2026, 21:10 WIB</time></p></article>"
    for n in range(12)
)

REJECTED = {
    "cards of teasers": (f"<title>Kesehatan</title><h1>Kesehatan</h1><main>{CARDS}</main>".encode(), "https://kabar.contoh.co.id/kesehatan", None, RejectReason.LISTING),
    "terse error page": (b"<title>404</title><h1>404</h1><p>Halaman tidak ada.</p>", URL, None, RejectReason.ERROR_PAGE),
    "empty": (b"  \n ", URL, None, RejectReason.EMPTY),
    "nul bytes": (b"\x00" * 50, URL, None, RejectReason.EMPTY),
    "too large": (b"<p>" + b"x" * 5_000_000, URL, None, RejectReason.TOO_LARGE),
    "too deep": (b"<html><body>" + b"<div>" * 3_000 + b"x", URL, None, RejectReason.TOO_DEEP),
    "too many elements": (b"<html><body>" + b"<i>x</i>" * 70_000, URL, None, RejectReason.TOO_DEEP),
    "endless tag": (b"<html><body><p a='" + b"x" * 300_000 + b"'>x", URL, None, RejectReason.TOO_DEEP),
    "feed": (b"<?xml version='1.0'?>\n<?xml-stylesheet href='a'?><rss version='2.0'><channel/></rss>", URL, None, RejectReason.FEED),
    "sitemap": (b"<urlset xmlns='x'><url><loc>https://a.id/</loc></url></urlset>", URL, "text/xml", RejectReason.FEED),
    "pdf": (b"%PDF-1.7 <p>", URL, "application/pdf", RejectReason.NOT_HTML),
    "json": (b'{"title": "x"}', URL, None, RejectReason.NOT_HTML),
    "image": (b"GIF89a\x00\x01", URL, "image/gif", RejectReason.NOT_HTML),
    "front page": (f"<title>Kabar</title><h1>Kabar</h1>{paragraphs(5)}".encode(), "https://kabar.contoh.co.id/", None, RejectReason.FRONT_PAGE),
    "front page with tracking": (f"<title>Kabar</title><h1>Kabar</h1>{paragraphs(5)}".encode(), "https://kabar.contoh.co.id/?utm_source=x", None, RejectReason.FRONT_PAGE),
    "says it is the front page": (
        f'<title>Kabar</title><meta property="og:url" content="https://kabar.contoh.co.id/"><h1>Kabar</h1>{paragraphs(5)}'.encode(),
        "https://kabar.contoh.co.id/?x=1", None, RejectReason.FRONT_PAGE,
    ),
    "tag page": (f"<title>Puskesmas</title><h1>Puskesmas</h1><ul>{LINKS}</ul>{paragraphs(2)}".encode(), "https://kabar.contoh.co.id/tag/puskesmas", None, RejectReason.LISTING),
    "index by title": (f"<title>Indeks Berita - Kabar</title><h1>Indeks Berita</h1><ul>{LINKS}</ul>".encode(), "https://kabar.contoh.co.id/arsipku", None, RejectReason.LISTING),
    "list of links": (f"<title>Kumpulan kabar daerah</title><h1>Kabar daerah</h1><ul>{LINKS}</ul>".encode(), "https://kabar.contoh.co.id/daerah", None, RejectReason.LISTING),
    "gallery": (b"<title>Banjir di Lamongan</title><h1>Banjir di Lamongan</h1><img src=a.jpg><img src=b.jpg>", "https://kabar.contoh.co.id/foto/123", None, RejectReason.GALLERY),
    "paywall": (
        f"<title>{styles.TITLE}</title><h1>{styles.TITLE}</h1><article><p>{styles.LEAD}</p><p>Berlangganan untuk melanjutkan membaca artikel ini.</p></article>".encode(),
        URL, None, RejectReason.PAYWALL,
    ),
    "paywall by JSON-LD": (
        f'<title>{styles.TITLE}</title><script type="application/ld+json">{{"@type":"NewsArticle","headline":"{styles.TITLE}",'
        f'"isAccessibleForFree":"False"}}</script><h1>{styles.TITLE}</h1><article><p>{styles.LEAD}</p></article>'.encode(),
        URL, None, RejectReason.PAYWALL,
    ),
    "error page": (b"<title>404 Not Found</title><h1>404</h1><p>Halaman tidak ditemukan</p>", URL, None, RejectReason.ERROR_PAGE),
    "robot check": (b"<title>Just a moment...</title><p>Checking your browser before accessing</p>", URL, None, RejectReason.ERROR_PAGE),
    "no title": (f"<html><body>{paragraphs(4)}</body></html>".encode(), URL, None, RejectReason.NO_TITLE),
    "no text": (b"<title>Jam layanan ditambah</title><h1>Jam layanan ditambah</h1><script>var a</script>", "https://k.id/a", None, RejectReason.NO_TEXT),
    "too short": (b"<title>Jam layanan ditambah</title><h1>Jam layanan ditambah</h1><p>Keterangan lengkap dari dinas menyusul setelah rapat koordinasi sore ini.</p>", "https://k.id/a", None, RejectReason.TOO_SHORT),
}  # fmt: skip


@pytest.mark.parametrize("name", REJECTED)
def test_what_is_no_article_is_rejected_with_its_reason(name):
    raw, url, content_type, reason = REJECTED[name]
    result = extract_article(raw, url=url, content_type=content_type)
    assert isinstance(result, Rejected), result
    assert result.reason is reason, result
    assert result.detail


def test_a_short_photo_page_that_says_it_is_an_article_is_taken_with_its_caption():
    page = f"""<title>{styles.TITLE}</title><meta property="og:type" content="article">
    <meta property="article:published_time" content="2026-11-24T14:20:00+07:00"><article><h1>{styles.TITLE}</h1>
    <figure><img src="/a.jpg"><figcaption>Petugas loket melayani pasien di Puskesmas Wonokromo, Surabaya, Selasa (24/11). (Foto: Istimewa)
    </figcaption></figure><figure><img src="/b.jpg"><figcaption>Antrean pasien memanjang sampai ke halaman puskesmas.</figcaption></figure></article>"""
    assert article(page).text.split("\n\n")[1] == "Antrean pasien memanjang sampai ke halaman puskesmas."


@pytest.mark.parametrize("cut", range(0, 4000, 173))
def test_a_page_cut_anywhere_gives_an_outcome(cut):
    result = extract_article(styles.DETIK.encode()[:cut], url=URL)
    assert isinstance(result, ExtractedArticle | Rejected)


@pytest.mark.parametrize(
    "broken",
    [
        "<p>" * 300 + "x",
        "<html><body><table><tr><td><p>a<td>b",
        "<a href='/" + "x" * 5000 + "'>y</a>",
        "<!--" * 500,
        "&#0;&#xD800;&bogus;" * 50,
        "<p>\ud800</p>",
    ],
)
def test_broken_markup_gives_an_outcome(broken):
    page = f"<html><head><title>{styles.TITLE}</title></head><body>{broken}{paragraphs(3)}"
    result = extract_article(page.encode("utf-8", errors="surrogatepass"), url=URL)
    assert isinstance(result, ExtractedArticle | Rejected)


ENTRY = "".join(f"<p>{sentence}</p>" for sentence in styles.BODY)


def styled(body: str, head: str = "") -> str:
    return f"<html><head><title>{styles.TITLE}</title>{head}</head><body><h1>{styles.TITLE}</h1>{body}</body></html>"


@pytest.mark.parametrize(
    "body",
    [
        f'<article class="post tag-puskesmas share-enabled"><div class="entry-content">{ENTRY}</div></article>',
        '<div class="entry-content"><div class="elementor">'
        + "".join(
            f'<div class="elementor-widget elementor-widget-text-editor"><p>{text}</p></div>' for text in styles.BODY
        )
        + "</div></div>",
        f'<form id="aspnetForm"><div class="isi-berita">{ENTRY}</div></form>',
        f'<div class="entry-content"><form>{ENTRY}</form></div>',
        f'<div class="content-sidebar"><div class="with-sidebar">{ENTRY}</div></div>',
        f'<table><tr><td><a href="/">Depan</a></td><td>{"<br><br>".join(styles.BODY)}</td></tr></table>',
        f"<div><div>{styles.BODY[0]}</div><div>{styles.BODY[1]}</div><div>{styles.BODY[2]}</div><div>{styles.BODY[3]}</div></div>",
    ],
)
def test_the_text_survives_templates_that_label_it_strangely(body):
    assert article(styled(body)).text.split("\n\n") == list(styles.BODY)


def test_a_page_drawn_by_scripts_is_read_from_its_jsonld():
    told = "\\n".join(styles.BODY).replace('"', "&quot;")
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{styles.TITLE}","articleBody":"{told}"}}</script>'
    assert article(styled("<div id='app'></div>", head)).text.split("\n\n") == list(styles.BODY)


def test_a_visible_change_is_the_modified_time():
    body = f"<p>Tayang: 24/11/2026, 14:20 WIB | Diperbarui: 24/11/2026, 16:05 WIB</p><div class='entry-content'>{ENTRY}</div>"
    result = article(styled(body))
    assert result.published is not None
    assert result.modified is not None
    assert result.published.local_iso() == "2026-11-24T14:20:00+07:00"
    assert (result.modified.local_iso(), result.modified.source) == ("2026-11-24T16:05:00+07:00", StampSource.TEXT)


def test_a_title_that_was_escaped_twice_is_unescaped():
    head = '<meta property="og:title" content="Bupati: &amp;quot;Jam Layanan&amp;quot; Ditambah">'
    page = f"<html><head>{head}</head><body><div class='entry-content'>{ENTRY}</div></body></html>"
    assert article(page).title == 'Bupati: "Jam Layanan" Ditambah'


def test_a_page_that_describes_many_articles_is_none():
    nodes = ",".join(f'{{"@type":"NewsArticle","headline":"Judul berita nomor {number}"}}' for number in range(5))
    head = f'<script type="application/ld+json">[{nodes}]</script>'
    result = extract_article(styled(f"<ul>{LINKS}</ul>", head).encode(), url="https://kabar.contoh.co.id/daerah")
    assert isinstance(result, Rejected)
    assert result.reason is RejectReason.LISTING


@pytest.mark.parametrize("address", [URL, "https://kabar.contoh.co.id/baca.php?id=77"])
def test_a_template_that_gives_the_front_page_as_every_address_is_not_believed(address):
    head = '<meta property="og:url" content="https://kabar.contoh.co.id/"><link rel="canonical" href="https://kabar.contoh.co.id/">'
    assert article(styled(f"<div>{ENTRY}</div>", head), url=address).canonical_url == address


def test_a_saved_page_without_any_address_is_still_read():
    page = styles.BARE.replace("<body>", '<body><a href="https://www.antaranews.com/berita/1/satu-dua-tiga">x</a>')
    result = article(page, url="file:///unduhan/halaman.html")
    assert (result.canonical_url, result.outlet_domain) == ("file:///unduhan/halaman.html", "antaranews.com")


def test_the_address_of_a_saved_page_is_its_own_canonical():
    assert (
        declared_url(styles.WORDPRESS.encode())
        == "https://kabartimurraya.co.id/2026/11/jam-layanan-puskesmas-ditambah/"
    )
    assert declared_url(styles.BARE.encode()) is None
    assert declared_url(b"<rss/>") is None


SOUP = st.lists(
    st.sampled_from(
        [
            "<p>", "</p>", "<div class='share tags article'>", "</div>", "<br>", "<a href='/x'>Judul lain di kota ini</a>", "<h1>", "</h1>",
            "<table><tr><td>", "<script>", "</script>", "<!--", "-->", "<form>", "<article>", "<figure><figcaption>", "<time datetime='x'>",
            "<script type='application/ld+json'>{", "}", "Selasa, 24/11/2026 14:20 WIB", "Baca juga: ", "(", ")", "&#x0;", "\\x00", styles.LEAD, styles.THIRD,
            "<title>", "</title>", "<meta property='og:title' content='", "'>", "<link rel=canonical href='//[bad'>", "<span itemprop=author>",
        ]
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(SOUP)
def test_any_soup_of_tags_gives_an_outcome(pieces):
    result = extract_article("".join(pieces).encode(), url=URL)
    assert isinstance(result, ExtractedArticle | Rejected)
    if isinstance(result, ExtractedArticle):
        assert result.text
        assert result.title
