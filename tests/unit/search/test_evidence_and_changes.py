"""Cue words in their sentence, and what an outlet changed in words and side by side."""

from typing import Any

import pytest
from search.web.changes import changes
from search.web.evidence import runs

Json = dict[str, Any]


@pytest.mark.parametrize(
    ("sentence", "cues", "marked"),
    [
        ("Warga mengeluh, lalu MENGELUH lagi.", ("mengeluh",), ["mengeluh", "MENGELUH"]),
        ("Pasien dikeluhkan.", ("keluh",), []),
        ("Sangat buruk sekali.", ("buruk sekali", "buruk"), ["buruk sekali"]),
        ("Tanpa kata.", ("", " "), []),
        ("", ("apa",), []),
        ("İstanbul mengeluh", ("mengeluh",), []),
    ],
)
def test_a_cue_is_marked_where_it_stands_as_a_word(sentence: str, cues: tuple[str, ...], marked: list[str]) -> None:
    found = runs(sentence, cues)
    assert "".join(run.text for run in found) == sentence
    assert [run.text for run in found if run.cue] == marked


def revision(number: int, title: str, *paragraphs: str, at: str = "2026-11-24T05:00:00.000+00:00") -> Json:
    return {
        "entry": "revision",
        "revision": number,
        "at": at,
        "title": title,
        "text": "\n\n".join(paragraphs),
        "tone": "negative",
        "tone_score": 0.9,
        "model": "uji-1",
    }


FIRST = "Pasien menunggu enam jam di lorong rumah sakit tanpa kursi."
SECOND = "Direktur rumah sakit berjanji menambah dua dokter mulai pekan depan."
THIRD = "Keluarga pasien menuding pengelola rumah sakit lalai dan tidak peduli."


def test_a_lost_paragraph_is_shown_struck_out_between_those_that_stay() -> None:
    (change,) = changes(
        [revision(1, "Antrean panjang", FIRST, THIRD, SECOND), revision(2, "Antrean panjang", FIRST, SECOND)]
    )
    assert change.grave
    assert "paragraf dihapus" in change.told.lower()
    assert [(part.same, part.removed) for part in change.parts] == [(1, ""), (0, THIRD), (1, "")]


def test_a_change_of_the_headline_keeps_both() -> None:
    (change,) = changes([revision(1, "Pasien mati telantar", FIRST), revision(2, "Pasien meninggal dunia", FIRST)])
    assert (change.old_title, change.new_title) == ("Pasien mati telantar", "Pasien meninggal dunia")


def test_what_means_nothing_is_left_out_and_a_lost_page_is_told_newest_first() -> None:
    gone = {"entry": "vanished", "revision": 2, "at": "2026-11-25T05:00:00.000+00:00", "how": "gone_410"}
    back = {"entry": "restored", "revision": 2, "at": "2026-11-26T05:00:00.000+00:00", "how": "restored"}
    told = changes([revision(1, "Judul berita ini", FIRST), revision(2, "Judul  berita ini", FIRST), gone, back])
    assert [one.told for one in told] == ["Halamannya sudah kembali", "Halamannya hilang: media menyatakannya dihapus"]
