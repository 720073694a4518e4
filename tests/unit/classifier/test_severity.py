"""Severity by rules: what raises it, what does not, and the reason it gives."""

import pytest
from classifier.domain.severity import severity_of
from contract.messages import Sentiment

NEGATIVE, NEUTRAL, POSITIVE = Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE


@pytest.mark.parametrize(
    ("title", "tone", "blames", "level"),
    [
        ("Gubernur resmikan pasar", POSITIVE, False, 1),
        ("Jadwal kapal ke Bawean", NEUTRAL, False, 1),
        ("Warga keluhkan jalan rusak", NEGATIVE, False, 2),
        ("Warga keluhkan jalan rusak", NEGATIVE, True, 3),
        ("Tiga siswa keracunan", NEGATIVE, False, 3),
        ("Viral, warga keluhkan jalan rusak", NEGATIVE, False, 3),
        ("Aplikasi pendaftaran eror seharian", NEGATIVE, False, 3),
        ("150 siswa keracunan", NEGATIVE, False, 4),
        ("Puluhan rumah terendam banjir", NEGATIVE, False, 4),
        ("Satu pekerja tewas", NEGATIVE, False, 4),
        ("12 orang tewas dalam kecelakaan", NEGATIVE, False, 5),
        ("Gempa menewaskan sedikitnya 40 orang", NEGATIVE, False, 5),
        ("1.835 siswa keracunan", NEGATIVE, False, 5),
        ("Kepala dinas tersangka korupsi", NEGATIVE, False, 4),
        ("Kepala dinas tersangka korupsi", NEGATIVE, True, 5),
    ],
)
def test_severity_follows_harm_graft_pickup_and_blame(title: str, tone: Sentiment, blames: bool, level: int) -> None:
    assert severity_of(title, "", tone, blames_province=blames).level == level


def test_good_news_is_the_lowest_whatever_it_mentions() -> None:
    assert (
        severity_of("Korban banjir terima rumah baru", "Dulu 12 orang tewas.", POSITIVE, blames_province=False).level
        == 1
    )


@pytest.mark.parametrize("negated", ["tidak ada korban jiwa", "tanpa korban jiwa", "tak ada korban", "nihil korban"])
def test_no_victims_is_not_a_victim(negated: str) -> None:
    assert severity_of("Gudang terbakar", f"Beruntung {negated}.", NEGATIVE, blames_province=False).level == 3


def test_harm_that_only_the_text_below_names_does_not_count() -> None:
    text = "Rapat membahas anggaran. Hadir tiga dinas. Acara berlangsung singkat. Setahun lalu 40 orang tewas di sana."
    assert severity_of("Anggaran dinilai terlambat", text, NEGATIVE, blames_province=False).level == 2


def test_care_that_harm_does_not_come_again_is_not_the_harm() -> None:
    text = "Dinas meminta sekolah memeriksa makanan. Ratusan siswa keracunan bulan lalu."
    assert severity_of("Cegah keracunan, dinas pasang label", text, NEUTRAL, blames_province=False).level == 2


def test_a_year_is_no_number_of_victims() -> None:
    assert severity_of("Sejak 2024 warga keracunan limbah", "", NEGATIVE, blames_province=False).level == 3


def test_the_reason_quotes_the_deciding_words_the_gravest_first() -> None:
    severity = severity_of("Warganet keluhkan jalan, seorang pelajar tewas", "", NEGATIVE, blames_province=True)
    assert severity.reason.startswith('Menyalahkan badan provinsi, ada korban meninggal ("tewas")')
    assert 'ramai di media sosial ("warganet")' in severity.reason
    assert severity.cues[:2] == ("tewas", "warganet")
    assert severity_of("Jadwal", "", NEUTRAL, blames_province=False).reason


@pytest.mark.parametrize(
    "title",
    [
        "Layanan cepat, setwan banjir apresiasi",
        "Sungai dikeruk, kota lolos dari banjir",
        "Orang meninggal masih tercatat penerima bantuan",
        "Dapur umum tak pernah padam",
        "Sebelas jabatan kosong diisi",
    ],
)
def test_figures_of_speech_and_registers_are_no_harm(title: str) -> None:
    assert severity_of(title, "", NEUTRAL, blames_province=False).level == 1


@pytest.mark.parametrize(
    "title", ["Obat epilepsi di rumah sakit kosong", "Pulau padam 14 jam", "Lift rusunawa mati tiga pekan", "Bus mogok"]
)
def test_a_service_that_fails_is_more_than_a_complaint(title: str) -> None:
    assert severity_of(title, "", NEGATIVE, blames_province=False).level == 3
