"""What is compared of an article, and what a copy may change without being another text."""

import pytest
from search.stories.adapters.word_table import word_weights
from search.stories.domain.bands import bands_of
from search.stories.domain.changes import changes_between
from search.stories.domain.likeness import Comparable, Kind, likeness
from search.stories.domain.signature import Signature, shingles, signature_of
from search.stories.domain.wording import dates_in, paragraphs_of, without_dateline, wording_of

from tests.builders.routed import NOON
from tests.fakes.story_bench import FLOOD, WEIGHTS

BANDS = ("03a7e1a23", "1b1f77df1", "297c8d57b")

PRICES = """Harga cabai rawit di Pasar Pabean Surabaya {day} November 2026 tercatat Rp {a} per kilogram.

Bawang merah dijual Rp {b}, bawang putih Rp {c}, dan telur ayam ras Rp {d} per kilogram di pasar yang sama.

Beras medium bertahan Rp {e} dan minyak goreng curah Rp {f} per liter menurut catatan petugas pasar pagi ini."""


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("SURABAYA, KOMPAS.com – Banjir merendam desa.", "Banjir merendam desa."),
        ("Surabaya (ANTARA) - Banjir merendam desa.", "Banjir merendam desa."),
        ("REPUBLIKA.CO.ID, JAKARTA -- Banjir merendam desa.", "Banjir merendam desa."),
        ("TEMPO.CO, Jakarta - Banjir merendam desa.", "Banjir merendam desa."),
        ("Gresik - Banjir merendam desa.", "Banjir merendam desa."),
        ("Banjir merendam desa di tepi Kali Lamong - sungai itu meluap.",) * 2,
        ("Gubernur Jawa Timur meminta warga waspada — banjir belum surut.",) * 2,
    ],
)
def test_place_and_agency_before_the_first_sentence_are_left_out(line: str, left: str) -> None:
    assert without_dateline(line) == left


@pytest.mark.parametrize(
    "line",
    [
        "Baca juga: Lima Fakta Banjir",
        "BACA JUGA : Lima Fakta",
        "Editor: Rini",
        "[Gambas:Video 20detik]",
        "ADVERTISEMENT",
    ],
)
def test_lines_of_the_outlet_are_no_part_of_the_text(line: str) -> None:
    assert paragraphs_of(f"Banjir merendam desa.\n\n{line}\n\nWarga mengungsi.") == [
        "Banjir merendam desa.",
        "Warga mengungsi.",
    ]


def test_an_editors_initials_at_the_end_are_left_out() -> None:
    assert paragraphs_of("Warga mengungsi. (abc/def)") == ["Warga mengungsi."]


def test_case_accents_and_marks_make_no_difference() -> None:
    one, other = wording_of("", "Banjir, di “Désa” Benjeng!"), wording_of("", "BANJIR di desa Benjeng")
    assert one.body == other.body


def test_days_are_read_in_the_forms_the_press_uses() -> None:
    assert dates_in("Sabtu (26/9/2026), 3 Oktober, 26 September") == {"26-9", "3-10"}


def test_names_are_words_with_a_capital_within_a_sentence() -> None:
    assert wording_of("", "Banjir itu kata Sukardi dari BPBD Gresik. Warga pulang.").names == {
        "sukardi",
        "bpbd",
        "gresik",
    }


def test_bands_stay_what_they_are_since_stored_ones_are_compared_with_new_ones() -> None:
    assert bands_of(sorted(shingles(("banjir", "kali", "lamong", "surut"))))[:3] == BANDS
    assert bands_of([]) == ()


def test_a_text_of_a_book_is_sampled_and_still_compared() -> None:
    long = " ".join(
        f"kata{chr(97 + a)}{chr(97 + b)}{chr(97 + c)}" for a in range(9) for b in range(26) for c in range(20)
    )
    whole, half = signature_of("a", long, WEIGHTS), signature_of("b", long[: len(long) // 2], WEIGHTS)
    assert whole.ceiling is not None
    found = likeness(_comparable(whole, "kabar"), _comparable(half, "warta"))
    assert found is not None
    assert found.kind is Kind.COPY


def _comparable(signature: Signature, outlet: str) -> Comparable:
    return Comparable(signature, outlet, NOON)


def _prices(day: int, *values: int, outlet: str = "kabar") -> Comparable:
    text = PRICES.format(day=day, **dict(zip("abcdef", values, strict=True)))
    return _comparable(signature_of("Harga Cabai Hari Ini", text, WEIGHTS), outlet)


def test_the_next_days_price_list_is_neither_a_copy_nor_the_same_story() -> None:
    today = _prices(24, 81000, 32000, 38500, 29000, 13500, 17200)
    tomorrow = _prices(25, 84500, 33500, 37000, 28500, 13600, 17100, outlet="warta")
    assert likeness(today, tomorrow) is None


def test_another_outlets_copy_of_todays_price_list_is_a_copy() -> None:
    values = (24, 81000, 32000, 38500, 29000, 13500, 17200)
    found = likeness(_prices(*values), _prices(*values, outlet="warta"))
    assert found is not None
    assert found.kind is Kind.COPY


def test_a_copy_with_a_corrected_number_is_a_copy() -> None:
    found = likeness(
        _prices(24, 81000, 32000, 38500, 29000, 13500, 17200),
        _prices(24, 81000, 32500, 38500, 29000, 13500, 17200, outlet="warta"),
    )
    assert found is not None
    assert found.kind is Kind.COPY


def test_the_table_of_words_knows_what_is_common() -> None:
    weights = word_weights()
    assert weights.is_common("yang")
    assert not weights.is_common("banjir")
    assert weights.weight("munggugianti") > weights.weight("banjir") > weights.weight("yang")


def test_what_a_copy_changed_is_told_in_few_words() -> None:
    copy = FLOOD.replace("1.240", "1.420").rsplit("\n\n", 1)[0]
    found = changes_between(("Banjir", FLOOD), ("Banjir", copy))
    assert found.summary == "1 paragraf dibuang, 1 paragraf diubah"
    assert (found.numbers_gone, found.numbers_new) == (("1.240",), ("1.420",))
    assert changes_between(("Banjir", FLOOD), ("Banjir", FLOOD)).summary == "sama persis"
