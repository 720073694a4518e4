"""Words are cut into the likeliest pieces, and the encoder's input into title and lead, or around a target."""

from dataclasses import replace
from pathlib import Path

import pytest
from classifier.adapters.encoder import (
    MOST_TARGET_PIECES,
    MOST_TITLE_PIECES,
    MOST_TONE_PIECES,
    TARGET_TASK,
    TONE_TASK,
    Pieces,
    load_subwords,
    pieces_of,
    save_subwords,
)
from classifier.adapters.subwords import BEGIN, END, UNKNOWN, Subwords
from classifier.domain.sentiment.features import Features, Window, target_features
from classifier.training.data import DataError
from classifier.training.pretrained import Pretrained, used_pieces

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "\u2581", "\u2581jalan", "\u2581ja", "lan", "an", "a", "l", "n", "j"]
SCORES = [0.0, 0.0, 0.0, 0.0, -4.0, -5.0, -4.0, -4.0, -6.0, -7.0, -7.0, -7.0, -7.0]


@pytest.fixture
def subwords() -> Subwords:
    return Subwords(PIECES, SCORES)


def test_a_known_word_is_one_piece_and_an_unknown_one_is_cut(subwords: Subwords) -> None:
    assert subwords.ids("jalan", 9) == [5]
    assert subwords.ids("jalanan", 9) == [5, 8]
    assert subwords.ids("lan", 9) == [4, 7]


def test_a_letter_outside_the_vocabulary_is_unknown_and_the_rest_stays(subwords: Subwords) -> None:
    assert subwords.ids("jalan\u20ac", 9) == [5, UNKNOWN]
    assert subwords.ids("", 9) == []


def test_no_more_pieces_than_asked_for(subwords: Subwords) -> None:
    assert len(subwords.ids("jalan " * 50, 7)) == 7


def test_title_and_lead_stand_between_marks_and_are_cut(subwords: Subwords) -> None:
    pieces = pieces_of(subwords, Features(("jalan", "jalan"), {}))
    assert pieces == Pieces((BEGIN, 5, END, 5, END), (False, True, False, False, False), TONE_TASK)
    pieces = pieces_of(subwords, Features(("jalan " * 99, "jalan " * 99), {}))
    assert len(pieces.ids) == MOST_TONE_PIECES
    assert sum(pieces.marked) == MOST_TITLE_PIECES
    assert pieces.ids[-1] == END


def test_a_target_is_marked_and_its_sentence_cut_on_both_sides(subwords: Subwords) -> None:
    window = Window("jalan", "jalan", "jalan", "lan", "jalan", "jalan")
    assert pieces_of(subwords, target_features(window)) == Pieces(
        (BEGIN, 5, END, 5, 5, 4, 7, 5, 5, END), (False,) * 5 + (True, True) + (False,) * 3, TARGET_TASK
    )
    long = replace(window, left="jalan " * 99, right="jalan " * 99)
    pieces = pieces_of(subwords, target_features(long))
    assert len(pieces.ids) == MOST_TARGET_PIECES
    at = pieces.marked.index(True)
    assert pieces.ids[at : at + 2] == (4, 7)
    assert abs((at - 3) - (len(pieces.ids) - 1 - at - 2)) <= 1
    only_left = pieces_of(subwords, target_features(replace(window, left="jalan " * 99, right="", after="")))
    assert len(only_left.ids) == MOST_TARGET_PIECES


def test_a_name_without_letters_still_has_a_place(subwords: Subwords) -> None:
    pieces = pieces_of(subwords, target_features(Window("", "", "jalan", " ", "jalan")))
    assert pieces.ids == (BEGIN, END, 5, UNKNOWN, 5, END)
    assert pieces.marked.index(True) == 3


def test_a_stored_vocabulary_is_the_same(subwords: Subwords, tmp_path: Path) -> None:
    save_subwords(tmp_path, subwords)
    assert load_subwords(tmp_path).pieces == subwords.pieces
    assert load_subwords(tmp_path).ids("jalanan", 9) == [5, 8]


def test_rare_pieces_are_left_out_but_letters_and_marks_stay(subwords: Subwords) -> None:
    assert used_pieces(subwords, ["jalan jalan", "ja n"]).tolist() == [0, 1, 2, 3, 4, 5, 11]


def test_a_file_that_is_no_pretrained_model_is_refused() -> None:
    with pytest.raises(DataError, match="does not begin"):
        Pretrained(b"nothing")
