"""`python -m classifier train`: builds the committed model files from the shared data."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path

import numpy as np

from classifier.adapters.encoder import Encoder, load_encoder, save_subwords
from classifier.adapters.linear import save_model
from classifier.adapters.vectors import BlockSpec, FloatArray, VectorSpec
from classifier.adapters.words import words_of
from classifier.domain.ports import Judgement
from classifier.domain.sentiment.features import Features, tone_features, with_tone
from classifier.training.corrections import corrected_rows
from classifier.training.data import Extra, Labelled, target_patterns, target_rows, tone_patterns, tone_rows, unmarked
from classifier.training.embed import corpus_texts, train_words
from classifier.training.export import export
from classifier.training.fit import Fitted, Recipe, fit
from classifier.training.labels import Later, packaged_later, second_readings, target_windows, with_tone_items
from classifier.training.pretrained import cut, load_pretrained, used_pieces
from classifier.training.regional import REGIONAL, nusax_rows

logger = logging.getLogger(__name__)

TONE = Recipe(
    name="tone",
    spec=VectorSpec(
        blocks=(
            BlockSpec(text=0, analyzer="word", shortest=1, longest=2, bits=17, scale=1.0, min_df=1),
            BlockSpec(text=0, analyzer="char_wb", shortest=2, longest=5, bits=18, scale=1.0, min_df=2),
            BlockSpec(text=1, analyzer="word", shortest=1, longest=2, bits=18, scale=1.0, min_df=2),
            BlockSpec(text=1, analyzer="char_wb", shortest=3, longest=5, bits=18, scale=1.0, min_df=3),
        ),
        mark_bits=14,
        mark_scale=0.2,
        mean_texts=(0, 1, 2),
        mean_scale=1.0,
        encoded_scale=0.02,
    ),
    c=2.0,
)
TARGET = Recipe(
    name="target",
    spec=VectorSpec(
        blocks=(
            BlockSpec(text=0, analyzer="word", shortest=1, longest=2, bits=17, scale=1.0, min_df=2),
            BlockSpec(text=0, analyzer="char_wb", shortest=2, longest=5, bits=18, scale=1.0, min_df=2),
            BlockSpec(text=1, analyzer="word", shortest=1, longest=2, bits=18, scale=1.0, min_df=2),
            BlockSpec(text=1, analyzer="char_wb", shortest=2, longest=5, bits=18, scale=1.0, min_df=2),
            BlockSpec(text=2, analyzer="word", shortest=1, longest=2, bits=18, scale=1.0, min_df=2),
        ),
        mark_bits=16,
        mark_scale=0.3,
    ),
    c=2.0,
)


def train(data: Path, out: Path, corrections: Path | None = None) -> None:
    """Build the encoder, train word vectors and all models from the data folder and write them. Raises DataError.

    `corrections` is a file of what people corrected; it teaches the candidate and is no part of the packaged models.
    """
    corrected = corrected_rows(corrections) if corrections is not None else None
    out.mkdir(parents=True, exist_ok=True)
    texts = corpus_texts(data)
    words = train_words([words_of(text) for text in texts])
    words.save(out / "words.npz")
    logger.info("words: %d vectors of %d", len(words.words), words.n_dims)
    encoder = Remembering(build_encoder(texts, out))
    later = packaged_later(data)
    tones, extras = tone_data(data, later)
    tone = fit(TONE, tones, (*extras, corrected.tone) if corrected else extras, words, encoder)
    write(TONE, tone, out)
    rows, extras = target_data(data, later, tones, tone)
    write(TARGET, fit(TARGET, rows, (*extras, corrected.target) if corrected else extras, words), out)
    write(REGIONAL, fit(REGIONAL, nusax_rows(data, "train")), out)


def build_encoder(texts: Sequence[str], out: Path) -> Encoder:
    """Write the encoder and its vocabulary, and return it. Raises DataError."""
    pretrained = load_pretrained()
    subwords, weights = cut(pretrained, used_pieces(pretrained.subwords, texts))
    export(weights, pretrained.n_heads, out / "encoder.onnx")
    save_subwords(out, subwords)
    size = (out / "encoder.onnx").stat().st_size
    logger.info("encoder: %d layers, %d pieces, %.1f MB", len(weights["layers"]), len(subwords.pieces), size / 1e6)
    return load_encoder(out)


class Remembering:
    """An encoder that reads each text once: cross-validation asks for the same ones again and again."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._rows: dict[tuple[str, str], FloatArray] = {}

    def embed(self, texts: Sequence[tuple[str, str]]) -> FloatArray:
        for text in texts:
            if text not in self._rows:
                self._rows[text] = self._encoder.embed([text])[0]
        return np.asarray([self._rows[text] for text in texts], dtype=np.float32)


def tone_data(data: Path, later: Later) -> tuple[Labelled, tuple[Extra, ...]]:
    """Return the tone rows, those read later behind them, and what else the model learns from."""
    first = tone_rows(data / "news" / "tone.jsonl")
    rows = with_tone_items(first, later.articles, later.tone_items)
    return rows, (*tone_extras(), second_readings(first, later.tone_second, "tone"))


def target_data(data: Path, later: Later, tones: Labelled, tone: Fitted) -> tuple[Labelled, tuple[Extra, ...]]:
    """Return the target rows with the tone of their articles, and what else the model learns from.

    The tone is one that the tone model gave without having seen the article, as it will be for new ones. The invented
    sentences stand alone and have none.
    """
    rows = target_rows(data / "news" / "target.jsonl")
    of_title = {row["title"]: judgement for row, judgement in zip(tones.rows, tone.held_out, strict=True)}
    others = [row for row in rows.rows if row["title"] not in of_title]
    judged = tone.judge([tone_features(row["title"], unmarked(row["window"])) for row in others])
    of_title |= {row["title"]: judgement for row, judgement in zip(others, judged, strict=True)}
    titles = [row["title"] for row in rows.rows]
    rows = replace(rows, features=_toned(rows.features, titles, of_title))
    group_of_title = dict(zip(titles, rows.groups, strict=True))
    windows, titles = target_windows(later.articles, later.target_windows, group_of_title)
    windows = replace(windows, features=_toned(windows.features, titles, of_title))
    second = second_readings(rows, later.target_second, "sentiment")
    return rows, (*target_extras(), second, windows)


def _toned(features: Sequence[Features], titles: Sequence[str], of_title: Mapping[str, Judgement]) -> list[Features]:
    return [
        with_tone(item, of_title[title].probabilities) if title in of_title else item
        for item, title in zip(features, titles, strict=True)
    ]


def tone_extras() -> tuple[Extra, ...]:
    """Return what the tone model learns from besides the labelled items."""
    return tuple(tone_patterns(_packaged(file)) for file in ("tone_patterns.txt", "tone_invented.txt"))


def target_extras() -> tuple[Extra, ...]:
    """Return what the target model learns from besides the labelled windows."""
    return tuple(target_patterns(_packaged(file)) for file in ("target_patterns.txt", "target_invented.txt"))


def _packaged(file: str) -> list[str]:
    return resources.files("classifier").joinpath("data", file).read_text("utf-8").splitlines()


def write(recipe: Recipe, fitted: Fitted, out: Path) -> None:
    """Write one trained model."""
    save_model(
        out,
        recipe.name,
        vectors=fitted.vectors,
        weights=fitted.weights,
        intercept=fitted.intercept,
        calibration=fitted.calibration,
        facts=fitted.facts,
    )
    size = (out / f"{recipe.name}.npz").stat().st_size
    logger.info(
        "%s: macro-F1 %.3f over %d rows, %.1f MB",
        recipe.name,
        fitted.facts["macro_f1"],
        fitted.facts["n_rows"],
        size / 1e6,
    )
