"""Severity by rules, and categories."""

import pytest
from classifier.domain.categories import Category, categories_of
from classifier.domain.severity import severity_of
from contract.messages import Sentiment


@pytest.mark.parametrize(
    ("title", "tone", "blames", "level"),
    [
        ("Gubernur resmikan pasar", Sentiment.POSITIVE, False, 1),
        ("Warga keluhkan jalan rusak", Sentiment.NEGATIVE, False, 2),
        ("Warga keluhkan jalan rusak", Sentiment.NEGATIVE, True, 3),
        ("Tiga siswa keracunan", Sentiment.NEGATIVE, False, 3),
        ("150 siswa keracunan", Sentiment.NEGATIVE, False, 4),
        ("Satu pekerja tewas", Sentiment.NEGATIVE, False, 4),
        ("12 orang tewas dalam kecelakaan", Sentiment.NEGATIVE, False, 5),
        ("Kepala dinas tersangka korupsi", Sentiment.NEGATIVE, True, 5),
    ],
)
def test_severity_follows_harm_graft_and_blame(title: str, tone: Sentiment, blames: bool, level: int) -> None:
    assert severity_of(title, "", tone, blames_province=blames).level == level


def test_the_strongest_matter_comes_first() -> None:
    assert categories_of("Pasien RSUD antre", "Dokter dan perawat kurang, kata pasien.")[0] is Category.KESEHATAN
    assert categories_of("Banjir dan longsor", "BPBD mengevakuasi warga yang terendam banjir.")[0] is Category.BENCANA
    assert categories_of("", "") == (Category.LAINNYA,)
