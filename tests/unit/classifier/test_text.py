"""Tokens, spelling and sentences."""

import pytest
from classifier.domain.text import join_tokens, name_tokens, normalise, pieces, sentences, tokenize


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Soetomo", "Sutomo"),
        ("Djatikoesoemo", "Jatikusumo"),
        ("Syaiful", "Saiful"),
        ("dokter", "dr"),
        ("Kabupaten", "kab"),
    ],
)
def test_spellings_of_one_name_compare_equal(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


def test_two_word_spellings_join() -> None:
    assert name_tokens("Rumah Sakit Umum Daerah Jawa Timur") == ("rsud", "jatim")
    assert name_tokens("Walikota Batu") == name_tokens("Wali Kota Batu")


def test_an_abbreviation_loses_its_full_stop_and_ends_no_sentence() -> None:
    text = "Menurut dr. Budi dari Kab. Malang, aman. Titik."
    assert [token.text for token in tokenize(text)].count(".") == 2
    assert [text[a:b] for a, b in sentences(text)] == ["Menurut dr. Budi dari Kab. Malang, aman.", "Titik."]


def test_a_joined_token_spans_both_words() -> None:
    text = "Pemprov  Jawa Timur"
    last = join_tokens(tokenize(text))[-1]
    assert (last.norm, text[last.start : last.end]) == ("jatim", "Jawa Timur")


def test_pieces_join_to_the_text() -> None:
    text = "A  b,\n\n“c” 1.000_x\t…"
    assert "".join(pieces(text)) == text


def test_a_stretch_without_a_full_stop_is_cut() -> None:
    bounds = sentences("kata " * 1_000)
    assert len(bounds) > 1
    assert all(last - first <= 700 for first, last in bounds)
