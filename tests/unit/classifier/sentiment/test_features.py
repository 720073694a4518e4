"""What the models see."""

import pytest
from classifier.domain.sentiment.features import marked_window, target_features, tone_features, window_of
from classifier.domain.sentiment.lexicon import groups_of
from classifier.domain.text import sentences


def test_affixes_do_not_hide_a_word() -> None:
    assert "complaint" in groups_of("dikeluhkan")
    assert "help" in groups_of("menyalurkan")
    assert groups_of("meja") == ()


def test_negated_and_prevented_bad_words_are_marked_apart() -> None:
    marks = tone_features("Dinas cegah korupsi, tidak gagal", "").marks
    assert "t:corruption~" in marks
    assert "t:failure-" in marks


def test_a_window_is_the_sentence_of_the_target_and_the_one_before() -> None:
    text = "Satu. Dua tiga. Empat Dinkes lima. Enam."
    start = text.index("Dinkes")
    window = window_of("Judul", text, start, start + 6, sentences(text))
    assert (window.before, window.left, window.target, window.right, window.after) == (
        "Dua tiga.",
        "Empat ",
        "Dinkes",
        " lima.",
        "Enam.",
    )


def test_a_marked_window_equals_the_window_of_the_same_span() -> None:
    marked = marked_window("Judul", "Dua tiga. Empat [[Dinkes]] lima.")
    assert (marked.before, marked.left, marked.target, marked.right) == ("Dua tiga.", "Empat ", "Dinkes", " lima.")


def test_a_window_without_a_mark_is_refused() -> None:
    with pytest.raises(ValueError, match="marks no target"):
        marked_window("Judul", "Tanpa tanda.")


def test_a_clause_ends_what_is_said_of_the_target() -> None:
    text = "DPRD memuji [[Dinas A]] tetapi mengkritik Dinas B."
    marks = target_features(marked_window("", text)).marks
    assert "s.Lpraise" in marks
    assert "s.Rblame" not in marks


def test_the_target_as_speaker_is_marked() -> None:
    assert "speaker_left" in target_features(marked_window("", '"Aman," kata Kepala [[BPBD]].')).marks
