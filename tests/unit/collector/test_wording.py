"""Every reason code has words that an officer understands."""

import pytest
from collector.domain.fetching import Problem
from collector.domain.wording import WORDS, in_words
from collector.extract.model import RejectReason
from contract.outcomes import Outcome


@pytest.mark.parametrize("code", [*RejectReason, *(problem for problem in Problem if problem is not Problem.HTTP)])
def test_every_reason_has_words(code):
    assert code.value in WORDS


def test_the_detail_stands_behind_the_words():
    said = in_words(Outcome.REJECTED, "too_short", "12 words")
    assert said == "Teksnya terlalu pendek untuk sebuah berita. [12 words]"
    assert in_words(Outcome.REJECTED, "gone", "") == "Halamannya sudah tidak ada."


def test_a_status_code_and_an_unknown_reason_are_said_too():
    assert in_words(Outcome.DEAD, "http_503", "x") == "Media menjawab dengan kode HTTP 503. [x]"
    assert in_words(Outcome.REJECTED, "baru", "") == "Tidak diambil."


def test_an_article_is_told_as_new_or_as_changed():
    assert in_words(Outcome.PASSED, "", "", revision=1) == "Berita baru."
    assert in_words(Outcome.PASSED, "", "", revision=3) == "Isi berita berubah; ini versi ke-3."
