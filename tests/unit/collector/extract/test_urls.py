# ruff: noqa: E501 - markup and tables of examples read better unwrapped
import pytest
from collector.extract.model import ExtractError
from collector.extract.urls import canonical_url, choose_canonical, is_front_page, names_article, registrable_domain
from hypothesis import given, settings
from hypothesis import strategies as st

ARTICLE = "https://news.contoh.co.id/berita/123456/warga-antre-obat-gratis"


@pytest.mark.parametrize(
    ("given_url", "expected"),
    [
        (f"{ARTICLE}?utm_source=x&utm_medium=y&fbclid=1&gclid=2&_ga=3&igshid=4", ARTICLE),
        (f"{ARTICLE}#komentar", ARTICLE),
        (f"{ARTICLE}/", ARTICLE),
        (f"{ARTICLE}/amp", ARTICLE),
        (f"{ARTICLE}/amp/", ARTICLE),
        (f"{ARTICLE}?amp", ARTICLE),
        (f"{ARTICLE}?amp=1&outputType=amp", ARTICLE),
        (f"{ARTICLE}?page=all", ARTICLE),
        (f"{ARTICLE}?page=2", ARTICLE),
        (f"{ARTICLE}?ref=beranda&source=rss", ARTICLE),
        ("HTTPS://News.Contoh.co.id:443/berita/123456/warga-antre-obat-gratis", ARTICLE),
        ("https://user:secret@news.contoh.co.id/berita/123456/warga-antre-obat-gratis", ARTICLE),
        ("https://m.news.contoh.co.id/berita/123456/warga-antre-obat-gratis", ARTICLE),
        ("https://amp.news.contoh.co.id/amp/berita/123456/warga-antre-obat-gratis", ARTICLE),
        ("http://contoh.id:80/a-b-c-d", "http://contoh.id/a-b-c-d"),
        ("https://contoh.id", "https://contoh.id/"),
        ("https://m.tribunnews.com/regional/2026/11/24/a-b-c", "https://www.tribunnews.com/regional/2026/11/24/a-b-c"),
        ("https://www.tribunnews.com/amp/regional/2026/11/24/a-b-c", "https://www.tribunnews.com/regional/2026/11/24/a-b-c"),
        ("https://amp.kompas.com/surabaya/read/2026/11/24/1/a-b", "https://surabaya.kompas.com/read/2026/11/24/1/a-b"),
        ("https://www.detik.com/jatim/berita/d-8101234/judul-berita-ini/2", "https://www.detik.com/jatim/berita/d-8101234/judul-berita-ini"),
        ("https://www.detik.com/jatim/berita/d-8101234/judul-berita-ini?single=1&tag_from=wp", "https://www.detik.com/jatim/berita/d-8101234/judul-berita-ini"),
        ("https://m.id/berita", "https://m.id/berita"),
        ("https://contoh.id/b?z=1&a=2", "https://contoh.id/b?a=2&z=1"),
    ],
)  # fmt: skip
def test_ways_to_the_same_article_have_one_canonical_url(given_url, expected):
    assert canonical_url(given_url) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://contoh.id/?p=123", "https://contoh.id/?p=124"),
        ("https://contoh.id/baca.php?id=123", "https://contoh.id/baca.php?id=124"),
        ("https://contoh.id/index.php?page=berita&id=1", "https://contoh.id/index.php?page=agenda&id=1"),
        ("https://contoh.id/detail-berita-dinas.php?page=12", "https://contoh.id/detail-berita-dinas.php?page=13"),
        ("https://contoh.id/detail-berita-dinas?i=123", "https://contoh.id/detail-berita-dinas?i=124"),
        ("https://contoh.id/berita?cid=1", "https://contoh.id/berita?cid=2"),
        ("https://contoh.id/berita?page=1", "https://contoh.id/berita?page=2"),
        ("https://contoh.id/Berita", "https://contoh.id/berita"),
        ("https://satu.contoh.id/a", "https://dua.contoh.id/a"),
        ("https://contoh.id:8080/a", "https://contoh.id:8081/a"),
    ],
)
def test_two_articles_never_share_a_canonical_url(one, other):
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize(
    "wrong",
    ["", "berita", "ftp://contoh.id/a", "https://", "javascript:alert(1)", "https://a/" + "b" * 2100, "http://[::1"],
)
def test_what_is_no_web_address_is_refused_with_its_own_error(wrong):
    with pytest.raises(ExtractError):
        canonical_url(wrong)


SEGMENTS = st.lists(
    st.sampled_from(["amp", "m", "berita", "baca-juga-warga-antre", "d-123456", "2", "page", "part2", "a%20b", "é", "x.amp", "", "judul-part2", "read"]),
    max_size=6,
)  # fmt: skip
QUERIES = st.lists(
    st.tuples(
        st.sampled_from(["p", "id", "page", "amp", "utm_source", "ref", "fbclid", "q", "UTM_Medium", "%75tm_x", "single", "hal", ""]),
        st.sampled_from(["1", "2", "123", "all", "", "a b", "é", "%", "amp", "a=b"]),
    ),
    max_size=5,
)  # fmt: skip
HOSTS = st.sampled_from(
    [
        "contoh.id",
        "m.contoh.co.id",
        "amp.m.contoh.id",
        "amp.kompas.com",
        "www.detik.com",
        "republika.co.id",
        "m.id",
        "127.0.0.1:18080",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["http", "https", "HTTP"]), HOSTS, SEGMENTS, QUERIES, st.sampled_from(["", "#x", "#/amp"]))
def test_canonical_is_idempotent(scheme, host, segments, query, fragment):
    url = f"{scheme}://{host}/{'/'.join(segments)}?{'&'.join('='.join(pair) for pair in query)}{fragment}"
    once = canonical_url(url)
    assert canonical_url(once) == once


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_a_stable_url_or_its_own_error(text):
    try:
        once = canonical_url(f"https://contoh.id/{text}")
    except ExtractError:
        return
    assert canonical_url(once) == once


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 10**7), st.integers(1, 10**7), st.sampled_from(["p", "id", "nid", "newsid", "berita", "kode"]))
def test_different_content_ids_stay_different(one, other, name):
    first, second = (canonical_url(f"https://contoh.id/baca?{name}={number}&utm_source=x") for number in (one, other))
    assert (first == second) == (one == other)


def test_a_declared_canonical_of_the_same_site_is_taken():
    declared = ("https://www.contoh.co.id/berita/123456/warga-antre-obat-gratis?utm_source=rss",)
    assert choose_canonical("https://m.contoh.co.id/b/123456", declared) == declared[0].split("?")[0]


@pytest.mark.parametrize(
    "declared",
    [
        "https://lain.example.org/berita/123456/warga-antre-obat-gratis",
        "https://news.contoh.co.id/",
        "https://news.contoh.co.id/index.php",
        "https://news.contoh.co.id/berita",
        "https://news.contoh.co.id/berita/999999/berita-lain-sama-sekali",
        "",
        "javascript:void(0)",
    ],
)
def test_a_declared_canonical_that_would_merge_articles_is_not_believed(declared):
    assert choose_canonical(ARTICLE, (declared,)) == ARTICLE


def test_a_canonical_that_loses_the_content_id_is_not_believed():
    assert (
        choose_canonical("https://contoh.id/baca.php?id=77", ("https://contoh.id/baca.php",))
        == "https://contoh.id/baca.php?id=77"
    )
    assert (
        choose_canonical("https://contoh.id/?p=77", ("https://contoh.id/2026/warga-antre-obat/",))
        == "https://contoh.id/2026/warga-antre-obat"
    )


def test_a_canonical_on_another_domain_of_the_same_outlet_is_believed():
    declared = ("https://www.ihram.co.id/berita/123456/warga-antre-obat-gratis",)
    assert (
        choose_canonical("https://republika.co.id/berita/123456/x", declared, ("republika.co.id", "ihram.co.id"))
        == declared[0]
    )


def test_hosts_paths_and_front_pages_are_told_apart():
    assert registrable_domain("https://dinkes.jatimprov.go.id/a") == "jatimprov.go.id"
    assert registrable_domain("http://127.0.0.1:18080/a") == "127.0.0.1"
    assert is_front_page("https://contoh.id/")
    assert is_front_page("https://contoh.id/indeks")
    assert not is_front_page("https://contoh.id/?p=1")
    assert names_article("/berita/warga-antre-obat")
    assert not names_article("/berita")
