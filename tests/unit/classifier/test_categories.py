"""Categories by weighted words: the strongest first, each with its words."""

from classifier.domain.categories import Category, categories_of, matters_of
from classifier.domain.category_words import WEIGHTS, WORDS


def test_the_strongest_matter_comes_first() -> None:
    assert categories_of("Pasien RSUD antre", "Dokter dan perawat kurang, kata pasien.")[0] is Category.KESEHATAN
    assert categories_of("Banjir dan longsor", "BPBD mengevakuasi warga yang terendam banjir.")[0] is Category.BENCANA


def test_an_article_without_listed_words_is_other() -> None:
    assert categories_of("", "") == (Category.LAINNYA,)
    assert categories_of("Kisah Si Kembar", "Mereka bertemu lagi setelah dua puluh lima tahun.") == (Category.LAINNYA,)


def test_the_words_that_decided_are_returned_the_weightiest_first() -> None:
    first = matters_of("Bus tabrak truk di jalan tol", "Sopir bus selamat.")[0]
    assert first.category is Category.PERHUBUNGAN
    assert first.words[:3] == ("tabrak", "bus", "truk")
    assert first.score > 0


def test_where_the_victims_study_does_not_decide_what_it_is_about() -> None:
    found = categories_of("132 siswa SD dan SMA keracunan", "Siswa sekolah itu mual. Guru membawa siswa ke puskesmas.")
    assert found[0] is Category.KESEHATAN


def test_a_word_said_many_times_does_not_drown_the_title() -> None:
    assert categories_of("Korupsi dana hibah", "Sekolah " * 30)[0] is Category.HUKUM


def test_a_clitic_hides_no_word() -> None:
    assert categories_of("Banjirnya surut", "Longsornya dibersihkan.")[0] is Category.BENCANA


def test_no_word_is_listed_twice_for_one_matter_and_every_matter_has_words() -> None:
    assert set(WORDS) == set(Category) - {Category.LAINNYA}
    for category, words in WORDS.items():
        listed = [word for strength in words for word in strength.split()]
        assert sorted(set(listed)) == sorted(listed), category
    assert [float(weight) for weight in WEIGHTS] == sorted((float(weight) for weight in WEIGHTS), reverse=True)
