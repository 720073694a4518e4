# ruff: noqa: E501 - markup and tables of examples read better unwrapped
import pytest
from collector.extract.attributes import clean_authors
from collector.extract.jsonld import read_jsonld
from collector.extract.language import language_of
from collector.extract.metatags import read_metatags
from collector.extract.model import ExtractError
from collector.extract.page import Page, parse
from collector.extract.profiles import profile_for, read_profiles, shipped_profiles
from collector.extract.titles import without_outlet


def page(head: str) -> Page:
    parsed = parse(f"<html><head>{head}</head><body><p>x</p></body></html>", "https://contoh.id/a")
    assert parsed is not None
    return parsed


def jsonld(text: str):
    return read_jsonld(page(f'<script type="application/ld+json">{text}</script>'))


def test_the_article_is_found_in_a_graph_among_other_things():
    found = jsonld(
        '{"@graph":[{"@type":"WebSite","name":"Kabar"},{"@type":["NewsArticle"],"headline":"Judul &amp; isi",'
        '"author":[{"name":"Ani"},"Budi"],"datePublished":"2026-11-24","image":{"url":"/a.jpg"},"articleSection":["Kota","Sehat"]},'
        '{"@type":"BreadcrumbList","itemListElement":[{"name":"Kota"},{"item":{"name":"Sehat"}}]}]}'
    )
    assert (found.headline, found.authors, found.section, found.images) == (
        "Judul & isi",
        ("Ani", "Budi"),
        "Kota",
        ("/a.jpg",),
    )
    assert found.breadcrumbs == ("Kota", "Sehat")
    assert found.is_article


@pytest.mark.parametrize(
    "text",
    [
        '{"@type":"NewsArticle","headline":"Judul berita",}',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"Judul berita"}\n//]]>',
        '{"@type":"NewsArticle","headline":"Judul\n berita"}',
        '[{"@type":"Organization"},{"@type":"NewsArticle","headline":"Judul berita"}]',
    ],
)
def test_slightly_broken_blocks_are_read(text):
    assert jsonld(text).headline == "Judul berita"


@pytest.mark.parametrize(
    "text", ["", "{", "[" * 50_000, '"teks"', "null", '{"@type":5,"author":[[],{}]}', '{"@graph":{"a":1}}']
)
def test_broken_blocks_say_nothing(text):
    assert jsonld(text).headline is None


def test_a_collection_is_no_article():
    assert jsonld('{"@type":"CollectionPage","name":"Indeks"}').is_listing


def test_meta_tags_are_read_by_any_attribute_and_first_value_wins():
    found = read_metatags(
        page(
            '<meta property="OG:Title" content="Satu"><meta name="og:title" content="Dua"><meta itemprop="datePublished" content="2026-11-24">'
            '<link rel="canonical" href="/a"><link rel="image_src" href="/i.jpg"><title>Judul - Kabar</title><meta name="author" content="">'
        )
    )
    assert found.titles == ["Satu", "Dua", "Judul - Kabar"]
    assert (found.published, found.canonical, found.images, found.authors) == (["2026-11-24"], "/a", ["/i.jpg"], [])


OUTLET = {"kompascom", "kompas", "kabartimur", "tempoco", "kapanlagicom", "okezone"}


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Warga Antre Obat - Kompas.com", "Warga Antre Obat"),
        ("Warga Antre Obat - Kompas.com Regional", "Warga Antre Obat"),
        ("Warga Antre Obat | Tempo.co", "Warga Antre Obat"),
        ("Warga Antre Obat - Health :: Okezone Lifestyle", "Warga Antre Obat - Health"),
        ("Warga Antre Obat – Kabar Timur", "Warga Antre Obat"),
        ("KapanLagi.com: Warga Antre Obat", "Warga Antre Obat"),
        ("Persib - Arema: Laga Penutup", "Persib - Arema: Laga Penutup"),
        ("Kompas", "Kompas"),
        ("In Picture: Warga Antre Obat", "In Picture: Warga Antre Obat"),
        ("Pemkot: Warga Antre Obat - Jadwal Baru", "Pemkot: Warga Antre Obat - Jadwal Baru"),
        ("<b>Warga</b> Antre Obat", "Warga Antre Obat"),
    ],
)  # fmt: skip
def test_only_the_outlets_name_is_taken_off_a_title(title, bare):
    assert without_outlet(title, OUTLET) == bare


@pytest.mark.parametrize(
    ("names", "persons"),
    [
        (["Oleh : Maya Sofia"], ("Maya Sofia",)),
        (["Pewarta Budi Santoso dan Agus S"], ("Budi Santoso", "Agus S")),
        (["Kontributor Malang, Bayu Saputra"], ("Bayu Saputra",)),
        (["Fino Yurio Kristo - detikinet"], ("Fino Yurio Kristo",)),
        (
            ["https://www.facebook.com/kabar", "redaksi@kabar.id", "@kabar", "Kabar Timur", "admin", "PT Kabar Media"],
            (),
        ),
        (["Dr. Siti Aminah, M.Si", "Siti Aminah"], ("Dr. Siti Aminah", "Siti Aminah")),
        (["DINI TEJA"], ("Dini Teja",)),
        (["Ani", "ani"], ("Ani",)),
        (["x" * 200, "12345", ""], ()),
    ],
)
def test_authors_are_cleaned_to_persons(names, persons):
    assert clean_authors(names, ["Kabar Timur"]) == persons


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Gubernur meresmikan rumah sakit yang dibangun dengan dana provinsi dan akan melayani warga dari tiga kabupaten.",
            "id",
        ),
        ("Wong-wong ing desa iki padha seneng amarga dalan sing rusak saiki wis didandani lan ora banjir maneh.", "jv"),
        ("Oreng Madhura se bede e Sampang bennyak se terro entar ka rumah sakit polana tak nyaman abana.", "mad"),
        ("Warga di lembur ieu geus lila teu boga cai bersih sabab sumurna saat tina usum halodo nu panjang.", "su"),
        (
            "Menteri berkata bahawa kerajaan mahu menaikkan kadar itu kerana harga minyak manakala polis sudah dimaklumkan.",
            "ms",
        ),
        ("The governor said that the hospital will be opened next week for people who have been waiting.", "en"),
    ],
)
def test_languages_of_the_region_are_told_apart(text, language):
    assert language_of(text) == language


def test_a_few_words_have_no_language():
    assert language_of("Foto: Budi") is None
    assert language_of("") is None


def test_the_shipped_profiles_are_valid_and_found_by_domain():
    assert len(shipped_profiles()) >= 20
    assert profile_for("https://surabaya.kompas.com/read/1").key == "kompas"
    assert profile_for("https://kabar.contoh.co.id/a").key == ""


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[a]\ndomains = ['a.id']\nbody = ['div[']", "no CSS selector"),
        ("[a]\ndomains = ['a.id']\nbodi = ['div']", "unknown keys"),
        ("[a]\nnames = ['A']", "no domains"),
        ("[a]\ndomains = 'a.id'", "list of strings"),
        ("[a]\ndomains = ['a.id']\n[b]\ndomains = ['a.id']", "both claim"),
        ("[a", "no TOML"),
    ],
)
def test_a_wrong_profile_is_refused_with_what_is_wrong(text, complaint):
    with pytest.raises(ExtractError, match=complaint):
        read_profiles(text)
