"""Bodies that are not the province's stay visible with whose they are, also those that no list names."""

import pytest
from classifier.adapters.packaged import packaged_linker
from classifier.domain.article import ArticleText


def others(text: str) -> list[tuple[str, str]]:
    article = ArticleText("", text)
    linked = packaged_linker().link(article.joined, article.bounds)
    return [(one.name, one.jurisdiction.value) for one in linked.others]


@pytest.mark.parametrize(
    ("text", "name", "jurisdiction"),
    [
        ("Dinas Kesehatan Kabupaten Tuban hadir.", "Dinas Kesehatan Kabupaten Tuban", "kabupaten_kota"),
        ("Dinas Dukcapil Tuban membantah.", "Dinas Dukcapil Tuban", "kabupaten_kota"),
        ("Damkar Kota Kediri datang.", "Damkar Kota Kediri", "kabupaten_kota"),
        ("BKPSDM Kabupaten Trenggalek diam.", "BKPSDM Kabupaten Trenggalek", "kabupaten_kota"),
        ("RSUD dr Karneni Campurdarat penuh.", "RSUD dr Karneni Campurdarat", "kabupaten_kota"),
        ("RSUD Koja Jakarta penuh.", "RSUD Koja Jakarta", "elsewhere"),
        ("Badan Pusat Statistik (BPS) Provinsi Jawa Timur merilis.", "Badan Pusat Statistik", "vertical"),
        ("Kanwil BPN Jatim membagikan.", "Kanwil BPN Jatim", "vertical"),
        ("Polres Jombang menyita.", "Polres Jombang", "vertical"),
        ("Dinas Pertanahan Kota Semarang buka.", "Dinas Pertanahan Kota Semarang", "elsewhere"),
    ],
)
def test_a_body_is_named_with_its_jurisdiction(text: str, name: str, jurisdiction: str) -> None:
    found = others(text)
    assert any(one.startswith(name) and whose == jurisdiction for one, whose in found), found


def test_an_agency_whose_name_goes_on_is_not_the_one_whose_name_it_begins_with() -> None:
    article = ArticleText("", "Dindik Jatim dan Dinas Pendidikan dan Kebudayaan Kabupaten Bangkalan bertemu.")
    linked = packaged_linker().link(article.joined, article.bounds)
    assert [f.entity_id for f in linked.findings if f.is_mention] == ["dindik", "kab-bangkalan"]
    assert [one.name for one in linked.others] == ["Dinas Pendidikan dan Kebudayaan Kabupaten Bangkalan"]


def test_an_agency_of_a_city_links_its_city_too() -> None:
    article = ArticleText("", "Dinas Kesehatan Kabupaten Jember mencatat kasus.")
    linked = packaged_linker().link(article.joined, article.bounds)
    assert [f.entity_id for f in linked.findings] == ["kab-jember"]


def test_no_two_others_nest() -> None:
    found = others("Dinas Kesehatan (Dinkes) Kota Surabaya dan Polrestabes Surabaya turun.")
    assert len(found) == len(set(found)) == 2


@pytest.mark.parametrize(
    ("text", "group"), [("Warga Madura mengeluh.", "madura"), ("Malang Raya hujan.", "malang-raya")]
)
def test_a_group_of_regions_is_seen_as_such_and_names_none_of_them(text: str, group: str) -> None:
    linked = packaged_linker().link(text)
    assert [one.entity_id for one in linked.others] == [group]
    assert linked.findings == ()


@pytest.mark.parametrize("text", ["Sate Madura laris.", "Madura United kalah.", "Ia memadu madura."])
def test_a_dish_or_a_club_is_no_group(text: str) -> None:
    assert packaged_linker().link(text).others == ()
