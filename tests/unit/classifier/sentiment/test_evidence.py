"""What an officer is shown besides the sentence: cue words and the speaker."""

import pytest
from classifier.domain.sentiment.evidence import cues_in, speaker_of
from contract.messages import Sentiment


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        (
            '"Kami kecewa," kata Ketua Komisi E DPRD Jatim, Wara Sundari, Senin (2/3).',
            "Ketua Komisi E DPRD Jatim, Wara Sundari",
        ),
        ("Menurut Kepala Dinas Kesehatan Erwin Astha, semua sudah pulih.", "Kepala Dinas Kesehatan Erwin Astha"),
        ("Ombudsman menyoroti antrean panjang di loket.", "Ombudsman"),
        ('"Bagus," ujarnya.', None),
        ("Puluhan siswa diduga keracunan.", None),
        ("Anggota dewan asal Madura menilai Dinkes Jatim lalai.", "Anggota dewan asal Madura"),
        ("Pengamat kebijakan publik Universitas Contoh mengkritik.", "Pengamat kebijakan publik Universitas Contoh"),
        ("Dia bersama Bupati Contoh menyebut hal itu.", "Bupati Contoh"),
        ("Sejak Senin, Kepala Dinas Contoh menjelaskan hal itu.", "Kepala Dinas Contoh"),
    ],
)
def test_the_speaker_is_named_as_in_the_text(sentence: str, speaker: str | None) -> None:
    assert speaker_of(sentence) == speaker


def test_cues_are_the_words_that_speak_for_the_label() -> None:
    sentence = "Warga kecewa karena jalan rusak, tetapi bantuan lancar."
    assert cues_in(sentence, Sentiment.NEGATIVE) == ("kecewa", "rusak")
    assert "lancar" in cues_in(sentence, Sentiment.POSITIVE)
    assert cues_in(sentence, Sentiment.NEUTRAL) == ()


def test_a_negated_word_is_shown_with_its_negation() -> None:
    assert "tidak lancar" in cues_in("Layanan tidak lancar.", Sentiment.NEGATIVE)
    assert cues_in("Layanan tidak lancar.", Sentiment.POSITIVE) == ()
