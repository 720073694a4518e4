"""`python -m classifier train`: builds the committed model files from the shared data."""

import logging
from dataclasses import replace
from importlib import resources
from pathlib import Path

from classifier.adapters.linear import save_model
from classifier.adapters.vectors import BlockSpec, VectorSpec
from classifier.domain.sentiment.features import tone_features, with_tone
from classifier.training.data import Extra, Labelled, target_patterns, target_rows, tone_patterns, tone_rows, unmarked
from classifier.training.embed import corpus, train_words
from classifier.training.fit import Fitted, Recipe, fit
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


def train(data: Path, out: Path) -> None:
    """Train word vectors and both models from the data folder and write them. Raises DataError."""
    words = train_words(corpus(data))
    out.mkdir(parents=True, exist_ok=True)
    words.save(out / "words.npz")
    logger.info("words: %d vectors of %d", len(words.words), words.n_dims)
    tones = tone_rows(data / "news" / "tone.jsonl")
    tone = fit(TONE, tones, tone_extras(), words)
    write(TONE, tone, out)
    rows, extras = target_data(data, tones, tone)
    write(TARGET, fit(TARGET, rows, extras, words), out)
    write(REGIONAL, fit(REGIONAL, nusax_rows(data, "train")), out)


def target_data(data: Path, tones: Labelled, tone: Fitted) -> tuple[Labelled, tuple[Extra, ...]]:
    """Return the target rows with the tone of their articles, and what else the model learns from.

    The tone is one that the tone model gave without having seen the article, as it will be for new ones. The invented
    sentences stand alone and have none.
    """
    rows = target_rows(data / "news" / "target.jsonl")
    of_title = {row["title"]: judgement for row, judgement in zip(tones.rows, tone.held_out, strict=True)}
    others = [row for row in rows.rows if row["title"] not in of_title]
    judged = tone.judge([tone_features(row["title"], unmarked(row["window"])) for row in others])
    of_title |= {row["title"]: judgement for row, judgement in zip(others, judged, strict=True)}
    features = [
        with_tone(item, of_title[row["title"]].probabilities)
        for item, row in zip(rows.features, rows.rows, strict=True)
    ]
    return replace(rows, features=features), target_extras()


def tone_extras() -> tuple[Extra, ...]:
    """Return what the tone model learns from besides the labelled items."""
    return (tone_patterns(_packaged("tone_patterns.txt")),)


def target_extras() -> tuple[Extra, ...]:
    """Return what the target model learns from besides the labelled windows."""
    return (target_patterns(_packaged("target_patterns.txt")),)


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
