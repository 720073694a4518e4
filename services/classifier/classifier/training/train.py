"""`python -m classifier train`: builds the committed model files from the shared data."""

import logging
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from classifier.adapters.linear import save_model
from classifier.adapters.vectors import BlockSpec, VectorSpec
from classifier.adapters.words import WordVectors
from classifier.training.data import Extra, Labelled, pattern_rows, target_rows, tone_rows
from classifier.training.embed import corpus, train_words
from classifier.training.fit import Recipe, fit

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
    train_one(TONE, tone_rows(data / "news" / "tone.jsonl"), (), out, words)
    train_one(TARGET, target_rows(data / "news" / "target.jsonl"), target_extras(), out, words)


def target_extras() -> tuple[Extra, ...]:
    """Return what the target model learns from besides the labelled windows."""
    return (pattern_rows(packaged_patterns()),)


def packaged_patterns() -> list[str]:
    """Return the invented sentences that ship with the package."""
    return resources.files("classifier").joinpath("data", "target_patterns.txt").read_text("utf-8").splitlines()


def train_one(
    recipe: Recipe, rows: Labelled, extras: Sequence[Extra], out: Path, words: WordVectors | None = None
) -> None:
    """Train one model and write it."""
    fitted = fit(recipe, rows, extras, words)
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
