"""What the encoder is taught: every labelled text of both tasks once, and which part holds it out.

A part is chosen by the title, so that tone and targets of one article are always held out together.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.adapters.encoder import Pieces, pieces_of
from classifier.adapters.linear import LABELS
from classifier.adapters.subwords import Subwords
from classifier.domain.sentiment.features import Features
from classifier.training.data import Extra, Labelled

N_PARTS = 3
MOST_WEIGHT = 1.3
"""A text that was read twice counts no more than one whose reader was sure."""


@dataclass(frozen=True)
class Tuning:
    """How the encoder is taught. Rates fall by `decay` per layer downwards, and linearly with time after a warm-up."""

    n_epochs: int = 2
    rate: float = 1e-4
    head_rate: float = 1e-3
    decay: float = 0.9
    n_rows: int = 32
    dropout: float = 0.1
    smoothing: float = 0.05
    warm_up: float = 0.08
    weight_decay: float = 0.01
    largest_norm: float = 1.0
    seed: int = 0


@dataclass(frozen=True)
class Lesson:
    """One text with how much each label is right (sums to 1) and how much the text counts."""

    pieces: Pieces
    shares: tuple[float, ...]
    weight: float


def part_of(title: str) -> int:
    """Return the part that holds out the texts of an article."""
    return zlib.crc32(" ".join(title.lower().split()).encode()) % N_PARTS


class Lessons:
    """Collects texts; the same text read by two becomes one lesson whose labels share it."""

    def __init__(self, subwords: Subwords) -> None:
        self._subwords = subwords
        self._votes: dict[tuple[Pieces, int | None], NDArray[np.float64]] = {}

    def add(self, rows: Labelled | Extra, *, invented: bool = False) -> None:
        """Add rows with their labels and weights. Invented ones belong to no article: no part holds them out."""
        titles = (rows.titles if isinstance(rows, Extra) else []) or [item.blocks[0] for item in rows.features]
        for features, title, label, weight in zip(rows.features, titles, rows.labels, rows.weights, strict=True):
            key = (pieces_of(self._subwords, features), None if invented else part_of(title))
            votes = self._votes.setdefault(key, np.zeros(len(LABELS)))
            votes[label] += weight

    def without(self, part: int | None) -> list[Lesson]:
        """Return all lessons but those of one part."""
        return [
            Lesson(pieces, tuple(float(v) for v in votes / votes.sum()), float(min(votes.sum(), MOST_WEIGHT)))
            for (pieces, own), votes in self._votes.items()
            if part is None or own != part
        ]


def held_out(features: Sequence[Features], part: int) -> NDArray[np.int64]:
    """Return the places of the texts that a part holds out."""
    return np.asarray([i for i, item in enumerate(features) if part_of(item.blocks[0]) == part], dtype=np.int64)
