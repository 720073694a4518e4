"""Word vectors."""

from pathlib import Path

import numpy as np
import pytest
from classifier.adapters.linear import ModelError, load_words
from classifier.adapters.words import WordVectors, words_of
from classifier.training.embed import train_words

TEXTS = [
    words_of(text) for text in ["dinas bantu warga miskin", "dinas tolong warga miskin", "bus tabrak truk besar"] * 6
]


def test_words_of_like_company_are_near(tmp_path: Path) -> None:
    words = train_words(TEXTS, n_dims=4, n_words=50, least_count=1)
    index = {word: i for i, word in enumerate(words.words)}
    near = words.vectors @ words.vectors[index["bantu"]]
    assert near[index["tolong"]] > near[index["truk"]]
    words.save(tmp_path / "one.npz")
    train_words(TEXTS, n_dims=4, n_words=50, least_count=1).save(tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    again = WordVectors.load(tmp_path / "one.npz")
    assert again.words == words.words
    assert np.allclose(again.mean("Dinas BANTU!"), words.mean("dinas bantu"), atol=1e-3)


def test_a_text_without_a_known_word_has_no_direction() -> None:
    words = train_words(TEXTS, n_dims=4, n_words=50, least_count=1)
    assert not words.mean("xyz").any()
    assert not words.mean("").any()


def test_missing_vectors_are_said(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="word vectors"):
        load_words(tmp_path)
