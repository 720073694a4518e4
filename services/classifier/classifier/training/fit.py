"""Fits one linear model: cross-validated decisions for figures and calibration, then the final fit on everything."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix, f1_score, log_loss
from sklearn.model_selection import StratifiedGroupKFold

from classifier.adapters.linear import LABELS, Calibration, Decider, Voice
from classifier.adapters.vectors import Vectors, VectorSpec, fit_vectors
from classifier.adapters.words import WordVectors
from classifier.domain.ports import Judgement
from classifier.domain.sentiment.features import Features
from classifier.training.data import NOBODY, Extra, Labelled

N_FOLDS = 5
SEED = 20_240_607
_DIGITS = 6
LEAST_GAIN = 0.01
RIGHT_WHERE_SURE = 0.90
"""What is counted in statistics is right so often; the rest waits for a reader."""
_SCALES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.25, 1.5, 2.0)
_THRESHOLDS = np.round(np.arange(0.34, 0.96, 0.01), 2)


@dataclass(frozen=True)
class Recipe:
    """How one model is trained: its vectors and the inverse strength of its regularisation."""

    name: str
    spec: VectorSpec
    c: float
    margin: float = 0.0
    """Texts whose label leads by more in the linear model are not put to the encoder."""


@dataclass(frozen=True)
class Fitted:
    """The final weights with calibration and the cross-validated figures."""

    vectors: Vectors
    weights: NDArray[Any]
    intercept: NDArray[Any]
    calibration: Calibration
    facts: dict[str, Any]
    held_out: list[Judgement]
    """What the model says of each row when it has seen neither the row nor its article."""
    linear: NDArray[Any]
    """The linear model's decision values for each row when it has seen neither the row nor its article."""
    voice: Voice | None = None
    encoder: Decider | None = None

    def judge(self, features: Sequence[Features]) -> list[Judgement]:
        """Return the final model's judgement of features that are not in the training data."""
        if not features:
            return []
        decisions = np.asarray(self.vectors.rows(features) @ self.weights) + self.intercept
        if self.voice is not None and self.encoder is not None:
            decisions = self.voice.blend(decisions, self.encoder.decisions(features))
        return self.calibration.judgements(decisions)


@dataclass(frozen=True)
class Encoded:
    """The final encoder, and what encoders that saw neither a row nor its article say of each row."""

    encoder: Decider
    held_out: NDArray[Any]


def fit(
    recipe: Recipe,
    data: Labelled,
    extras: Sequence[Extra] = (),
    words: WordVectors | None = None,
    encoded: Encoded | None = None,
) -> Fitted:
    """Return the model trained on all of the data, with figures from folds that never share a title."""
    labels = np.asarray(data.labels)
    linear = held_out = cross_validate(recipe, data, extras, words)
    scored = slice(data.n_scored)
    voice = None
    facts: dict[str, Any] = {}
    if encoded is not None:
        voice = choose_voice(recipe, held_out[scored], encoded.held_out[scored], labels[scored])
        facts = {"macro_f1_linear": _macro_f1(labels[scored], held_out[scored])}
        facts["macro_f1_encoder"] = _macro_f1(labels[scored], encoded.held_out[scored])
        facts["asked"] = round(len(voice.asked(held_out[scored])) / len(labels[scored]), 4)
        held_out = voice.blend(held_out, encoded.held_out)
    calibration = calibrate(held_out[scored], labels[scored])
    vectors = fit_vectors(recipe.spec, data.features, words)
    weights, intercept = _fit_with(recipe, vectors, data, extras, np.arange(len(labels)))
    return Fitted(
        vectors=vectors,
        weights=weights,
        intercept=intercept,
        calibration=calibration,
        facts=facts | figures(held_out[scored], labels[scored], calibration, data),
        held_out=calibration.judgements(held_out),
        linear=linear,
        voice=voice,
        encoder=encoded.encoder if encoded is not None else None,
    )


def _macro_f1(labels: NDArray[Any], decisions: NDArray[Any]) -> float:
    return round(float(f1_score(labels, decisions.argmax(axis=1), average="macro")), 4)


def choose_voice(recipe: Recipe, decisions: NDArray[Any], encoded: NDArray[Any], labels: NDArray[Any]) -> Voice:
    """Return the encoder's part that makes the labels likeliest, after calibration, on held-out rows."""

    def loss(voice: Voice) -> float:
        blended = voice.blend(decisions, encoded)
        return float(log_loss(labels, LogisticRegression(max_iter=2_000).fit(blended, labels).predict_proba(blended)))

    return min((Voice(scale, recipe.margin) for scale in _SCALES), key=loss)


def _fit_with(
    recipe: Recipe, vectors: Vectors, data: Labelled, extras: Sequence[Extra], chosen: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Fit on the chosen rows and on every extra row whose article is among theirs, or is nobody's (-1)."""
    features = [data.features[i] for i in chosen]
    labels = [data.labels[i] for i in chosen]
    weights = [data.weights[i] for i in chosen]
    allowed = {data.groups[i] for i in chosen} | {NOBODY}
    for extra in extras:
        keep = [i for i, group in enumerate(extra.groups) if group in allowed]
        features += [extra.features[i] for i in keep]
        labels += [extra.labels[i] for i in keep]
        weights += [extra.weights[i] for i in keep]
    return fit_rows(recipe.c, vectors.rows(features), np.asarray(labels), np.asarray(weights))


def fit_rows(
    c: float, rows: csr_matrix, labels: NDArray[Any], weights: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return weights (a row per column, a column per label) and intercept.

    Most hashed columns are empty, so the fit runs over the used ones and the result is laid back.
    """
    used = np.flatnonzero(np.bincount(rows.indices[rows.data != 0], minlength=rows.shape[1]))
    model = LogisticRegression(C=c, class_weight="balanced", max_iter=500, tol=1e-4)
    model.fit(rows[:, used], labels, sample_weight=weights)
    out = np.zeros((rows.shape[1], len(LABELS)))
    out[used] = np.asarray(model.coef_, dtype=np.float64).T
    return out, np.asarray(model.intercept_, dtype=np.float64)


def cross_validate(
    recipe: Recipe,
    data: Labelled,
    extras: Sequence[Extra] = (),
    words: WordVectors | None = None,
    n_checked: int = N_FOLDS,
) -> NDArray[Any]:
    """Return decision values for each row from a model that saw neither the row nor its article.

    Only the first `n_checked` folds are done; rows of the others are NaN.
    """
    labels = np.asarray(data.labels)
    out = np.full((len(labels), len(LABELS)), np.nan)
    n_folds = min(N_FOLDS, len(set(data.groups)), int(np.bincount(labels, minlength=len(LABELS)).min()))
    folds = StratifiedGroupKFold(max(2, n_folds), shuffle=True, random_state=SEED)
    for train, test in islice(folds.split(labels, labels, np.asarray(data.groups)), n_checked):
        vectors = fit_vectors(recipe.spec, [data.features[i] for i in train], words)
        coefficients, intercept = _fit_with(recipe, vectors, data, extras, train)
        out[test] = np.asarray(vectors.rows([data.features[i] for i in test]) @ coefficients) + intercept
    return out


def calibrate(decisions: NDArray[Any], labels: NDArray[Any]) -> Calibration:
    """Return the bias that gives the best macro-F1 on a coarse grid, and probabilities by logistic regression.

    A bias must gain LEAST_GAIN: less is noise of these rows, and shifts sentences of another kind for nothing.
    """
    plain = float(f1_score(labels, decisions.argmax(axis=1), average="macro"))
    best, bias = plain + LEAST_GAIN, (0.0, 0.0, 0.0)
    for neutral in np.round(np.arange(-0.6, 0.61, 0.1), 1):
        for positive in np.round(np.arange(-0.4, 0.41, 0.1), 1):
            shift = np.array([0.0, neutral, positive])
            score = float(f1_score(labels, (decisions + shift).argmax(axis=1), average="macro"))
            if score > best + 1e-9:
                best, bias = score, (0.0, float(neutral), float(positive))
    model = LogisticRegression(C=1.0, max_iter=2_000, tol=1e-8).fit(decisions, labels)
    rounded = np.round(model.coef_, _DIGITS)
    found = Calibration(
        bias=bias,
        matrix=tuple(tuple(float(value) for value in row) for row in rounded),  # type: ignore[misc]  # 3 by 3 by the labels
        offset=tuple(float(value) for value in np.round(model.intercept_, _DIGITS)),  # type: ignore[arg-type]  # three labels
    )
    return replace(found, sure_from=_sure_from(*_scores(decisions, labels, found)))


def _scores(
    decisions: NDArray[Any], labels: NDArray[Any], calibration: Calibration
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the score of each row's label, and whether it is right."""
    found = calibration.labels(decisions)
    return calibration.probabilities(decisions)[np.arange(len(found)), found], found == labels


def _sure_from(scores: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return the lowest threshold above which RIGHT_WHERE_SURE of the rows are right; the highest tried if none is."""
    for threshold in _THRESHOLDS:
        sure = scores >= threshold
        if sure.any() and right[sure].mean() >= RIGHT_WHERE_SURE:
            return float(threshold)
    return float(_THRESHOLDS[-1])


def figures(decisions: NDArray[Any], labels: NDArray[Any], calibration: Calibration, data: Labelled) -> dict[str, Any]:
    """Return the cross-validated figures for the model card."""
    found = calibration.labels(decisions)
    table = calibration.probabilities(decisions)
    per_class = f1_score(labels, found, average=None, labels=range(len(LABELS)))
    return {
        "n_rows": len(labels),
        "n_articles": len(set(data.groups[: len(labels)])),
        "n_taught": len(data.labels),
        "macro_f1": round(float(f1_score(labels, found, average="macro")), 4),
        "macro_f1_unbiased": round(float(f1_score(labels, decisions.argmax(axis=1), average="macro")), 4),
        "f1": {label.value: round(float(value), 4) for label, value in zip(LABELS, per_class, strict=True)},
        "macro_f1_by_confidence": _by_confidence(labels, found, data),
        "confusion": confusion_matrix(labels, found, labels=range(len(LABELS))).tolist(),
        "reliability": reliability(table[np.arange(len(found)), found], found == labels),
        "sure": _sure(table[np.arange(len(found)), found], found, labels, calibration.sure_from),
    }


def _sure(
    scores: NDArray[Any], found: NDArray[Any], labels: NDArray[Any], threshold: float
) -> dict[str, dict[str, float]]:
    """Return by label found, and for all, which share is above the threshold and how much of that is right."""
    out: dict[str, dict[str, float]] = {}
    for name, among in [("all", found >= 0), *((label.value, found == i) for i, label in enumerate(LABELS))]:
        sure = among & (scores >= threshold)
        out[name] = {
            "coverage": round(float(sure.sum() / max(1, among.sum())), 3),
            "right": round(float((found[sure] == labels[sure]).mean()), 3) if sure.any() else 0.0,
        }
    return out


def _by_confidence(labels: NDArray[Any], found: NDArray[Any], data: Labelled) -> dict[str, float]:
    levels = np.asarray([int(row.get("confidence", 2)) for row in data.rows[: len(labels)]])
    return {
        str(level): round(float(f1_score(labels[levels == level], found[levels == level], average="macro")), 4)
        for level in sorted(set(levels.tolist()))
    }


def reliability(scores: NDArray[Any], right: NDArray[Any], n_bins: int = 5) -> list[dict[str, float]]:
    """Return per bin of the score: mean score, share right, number of rows."""
    edges = np.linspace(0.0, 1.0, n_bins + 1)
    out: list[dict[str, float]] = []
    for low, high in pairwise(edges):
        inside = (scores >= low) & ((scores < high) | (high == 1.0))
        if inside.any():
            out.append(
                {
                    "from": round(float(low), 2),
                    "to": round(float(high), 2),
                    "n": int(inside.sum()),
                    "score": round(float(scores[inside].mean()), 3),
                    "right": round(float(right[inside].mean()), 3),
                }
            )
    return out
