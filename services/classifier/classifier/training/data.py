"""Reads labelled rows of the formats in the data's README, in the order of the file."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contract.messages import Sentiment

from classifier.adapters.linear import LABELS
from classifier.domain.sentiment.features import Features, marked_window, target_features, tone_features

WEIGHT_OF_CONFIDENCE = {1: 0.4, 2: 1.0, 3: 1.3}
"""A reader's doubtful label teaches less. Found by cross-validation on tone.jsonl."""


class DataError(ValueError):
    """A training file is missing or has a row that cannot be used; the message names file and line."""


WEIGHT_OF_PATTERN = 0.25
"""Enough to teach a sentence that stands alone; more would cost on real windows. By cross-validation."""
WEIGHT_OF_TARGET_PATTERN = 1.25
"""Real windows are many and have a title; sentences that stand alone need more weight beside them."""
NOBODY = -1
"""The group of rows whose article is in no scored row."""
_SHORT_LABELS = ("neg", "neu", "pos")
HEADLINE_LABELS = ("negatif", "netral", "positif")
"""The labels of the business headlines, in the order of LABELS."""


@dataclass(frozen=True)
class Extra:
    """Rows that only teach and are never scored; `groups` keeps them away from the test rows of their article."""

    features: list[Features]
    labels: list[int]
    weights: list[float]
    groups: list[int]
    titles: list[str] = field(default_factory=list)
    """The title of each row's article, where the features do not begin with it."""


@dataclass(frozen=True)
class Labelled:
    """Features, label numbers, weights and groups that must not be split between training and test."""

    features: list[Features]
    labels: list[int]
    weights: list[float]
    groups: list[int]
    rows: list[dict[str, Any]]
    n_scored: int | None = None
    """Only so many of the first rows count in figures and calibration; None: all. The others are read alike."""


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield line numbers and rows of a JSON-lines file. Raises DataError."""
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, json.loads(line)
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: {error}") from error


def tone_rows(path: Path) -> Labelled:
    """Return tone.jsonl as training data."""
    return _collect(path, "tone", lambda row: tone_features(row["title"], row["lead"]))


def target_rows(path: Path) -> Labelled:
    """Return target.jsonl as training data."""
    return _collect(path, "sentiment", lambda row: target_features(marked_window(row["title"], row["window"])))


def headline_rows(path: Path) -> Extra:
    """Return business headlines, labelled by a standard of their own, as titles without lead. Raises DataError."""
    out = Extra([], [], [], [])
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                out.labels.append(HEADLINE_LABELS.index(row["sentimen"]))
                out.features.append(Features((row["judul"], "", ""), {}))
                out.weights.append(1.0)
                out.groups.append(NOBODY)
    except (OSError, KeyError, ValueError) as error:
        raise DataError(f"{path}: {error!r}") from error
    return out


def unmarked(window: str) -> str:
    """Return a window without its double square brackets."""
    return window.replace("[[", "").replace("]]", "")


def target_patterns(lines: Iterable[str]) -> Extra:
    """Return the invented sentences with a marked target, some behind a title and `||`.

    Raises DataError for a line without label or target.
    """
    return _patterns(lines, "target", WEIGHT_OF_TARGET_PATTERN, _marked_features)


def _marked_features(text: str) -> Features:
    title, _, window = text.rpartition(" || ")
    return target_features(marked_window(title, window))


def tone_patterns(lines: Iterable[str]) -> Extra:
    """Return the invented headlines, each with its first sentence. Raises DataError for a line without a label."""
    return _patterns(
        lines, "tone", WEIGHT_OF_PATTERN, lambda text: tone_features(*(part.strip() for part in text.split("|", 1)))
    )


def _patterns(lines: Iterable[str], what: str, weight: float, make: Callable[[str], Features]) -> Extra:
    out = Extra([], [], [], [])
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        label, _, text = line.strip().partition(" ")
        if label not in _SHORT_LABELS:
            raise DataError(f"{what} patterns line {number}: unknown label {label!r}")
        try:
            out.features.append(make(text))
        except (ValueError, TypeError) as error:
            raise DataError(f"{what} patterns line {number}: {error}") from error
        out.labels.append(_SHORT_LABELS.index(label))
        out.weights.append(weight)
        out.groups.append(NOBODY)
    return out


def _collect(path: Path, label_key: str, make: Any) -> Labelled:
    out = Labelled([], [], [], [], [])
    titles: dict[str, int] = {}
    for number, row in read_rows(path):
        try:
            out.labels.append(LABELS.index(Sentiment(row[label_key])))
            out.features.append(make(row))
            out.weights.append(WEIGHT_OF_CONFIDENCE.get(int(row.get("confidence", 2)), 1.0))
            out.groups.append(titles.setdefault(row["title"], len(titles)))
            out.rows.append(row)
        except (KeyError, ValueError) as error:
            raise DataError(f"{path} line {number}: {error!r}") from error
    if not out.labels:
        raise DataError(f"{path} has no rows")
    return out
