"""Figures of a model from what strangers to each row said of it, and the proof that they say so."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from classifier.adapters.linear import LABELS, LinearSentiment, load_words
from classifier.adapters.packaged import load_models, models_folder
from classifier.training.data import Extra, Labelled
from classifier.training.fit import Recipe, cross_validate, figures
from classifier.training.teaching import SAID
from classifier.training.train import LINEAR_SAID
from numpy.typing import NDArray

N_WORST = 15
LEAST_SAME = 0.99
LARGEST_DRIFT = 0.05
"""The packaged decisions are stored in half precision, and a target's features hang on its article's tone."""


def packaged_model(name: str) -> LinearSentiment:
    """Return the packaged tone or target model."""
    return next(model for model in load_models(models_folder()) if model.name == name)


def held_out_decisions(model: LinearSentiment) -> NDArray[np.float64]:
    """Return what strangers to each row say of it, both voices together."""
    assert model.voice is not None
    return np.asarray(model.voice.blend(_said(LINEAR_SAID, model.name), _said(SAID, model.name)), dtype=np.float64)


def _said(file: str, name: str) -> NDArray[np.float64]:
    with np.load(models_folder() / file) as stored:
        return np.asarray(stored[name], dtype=np.float64)


def check_figures(model: LinearSentiment, data: Labelled) -> dict[str, Any]:
    """Print and return the figures of a packaged model over all scored rows; print the worst."""
    labels = np.asarray(data.labels)[: data.n_scored]
    decisions = held_out_decisions(model)[: data.n_scored]
    facts = figures(decisions, labels, model.calibration, data)
    print(f"{model.name}: macro-F1 {facts['macro_f1_unbiased']}, with the packaged bias {facts['macro_f1']}")
    print(f"by confidence {facts['macro_f1_by_confidence']}; counted and right among them {facts['sure']}")
    margins = decisions[np.arange(len(labels)), labels] - decisions.max(axis=1)
    for i in np.argsort(margins)[:N_WORST]:
        found = LABELS[int(decisions[i].argmax())].value
        print(f"  {data.rows[i]['id']}: {LABELS[labels[i]].value}, found {found}")
    return facts


def check_fold(recipe: Recipe, data: Labelled, extras: Sequence[Extra]) -> None:
    """Train the linear model anew on all folds but one and compare what it says of that one."""
    anew = cross_validate(recipe, data, extras, load_words(models_folder()), n_checked=1)
    rows = ~np.isnan(anew[:, 0])
    packaged = _said(LINEAR_SAID, recipe.name)
    assert rows.sum() > len(rows) / 10
    drift = float(np.abs(anew[rows] - packaged[rows]).mean())
    same = float((anew[rows].argmax(axis=1) == packaged[rows].argmax(axis=1)).mean())
    print(f"one fold trained anew, {rows.sum()} rows: mean drift {drift:.4f}, same label {same:.3f}")
    assert drift < LARGEST_DRIFT
    assert same >= LEAST_SAME
