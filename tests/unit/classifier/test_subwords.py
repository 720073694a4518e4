"""Words are cut into the likeliest pieces, and the encoder's input into title and lead."""

from pathlib import Path

import pytest
from classifier.adapters.encoder import MOST_PIECES, input_pieces, load_subwords, save_subwords
from classifier.adapters.subwords import BEGIN, END, UNKNOWN, Subwords
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
    assert input_pieces(subwords, "jalan", "jalan") == ([BEGIN, 5, END, 5, END], 3)
    pieces, n_title = input_pieces(subwords, "jalan " * 99, "jalan " * 99)
    assert len(pieces) == MOST_PIECES
    assert pieces[n_title - 1] == pieces[-1] == END


def test_a_stored_vocabulary_is_the_same(subwords: Subwords, tmp_path: Path) -> None:
    save_subwords(tmp_path, subwords)
    assert load_subwords(tmp_path).pieces == subwords.pieces
    assert load_subwords(tmp_path).ids("jalanan", 9) == [5, 8]


def test_rare_pieces_are_left_out_but_letters_and_marks_stay(subwords: Subwords) -> None:
    assert used_pieces(subwords, ["jalan jalan", "ja n"]).tolist() == [0, 1, 2, 3, 4, 5, 11]


def test_a_file_that_is_no_pretrained_model_is_refused() -> None:
    with pytest.raises(DataError, match="does not begin"):
        Pretrained(b"nothing")
