"""A sentiment model on disk: linear weights as .npz without pickle, settings and calibration as JSON.

Where the model has an encoder beside it, the values of both are added before a label is chosen.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from contract.messages import Sentiment
from numpy.typing import NDArray

from classifier.adapters.vectors import BlockSpec, FloatArray, Vectors, VectorSpec
from classifier.adapters.words import WordVectors
from classifier.domain.ports import Judgement
from classifier.domain.sentiment.features import Features

LABELS = (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE)
BATCH_ROWS = 256
"""Rows judged at once; more would only cost memory."""


class ModelError(RuntimeError):
    """A model file is missing or is not what this code reads."""


@dataclass(frozen=True)
class Calibration:
    """Turns decision values into a label (`bias` added, largest wins) and probabilities (softmax of an affine map)."""

    bias: tuple[float, float, float]
    matrix: tuple[tuple[float, float, float], ...]
    offset: tuple[float, float, float]
    sure_from: float = 0.0
    """A score below it is uncertain: chosen so that of the others about nine in ten are right."""

    def labels(self, decisions: NDArray[Any]) -> NDArray[np.int64]:
        return np.asarray((decisions + np.asarray(self.bias)).argmax(axis=1), dtype=np.int64)

    def probabilities(self, decisions: NDArray[Any]) -> NDArray[np.float64]:
        logits = decisions @ np.asarray(self.matrix).T + np.asarray(self.offset)
        logits = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(logits / logits.sum(axis=1, keepdims=True), dtype=np.float64)

    def judgements(self, decisions: NDArray[Any]) -> list[Judgement]:
        """Return labels with probabilities."""
        table = self.probabilities(decisions)
        return [
            Judgement(
                LABELS[label],
                dict(zip(LABELS, (float(value) for value in row), strict=True)),
                uncertain=bool(row[label] < self.sure_from),
            )
            for label, row in zip(self.labels(decisions), table, strict=True)
        ]


class Decider(Protocol):
    """Gives features a value per label; the encoder does."""

    def decisions(self, features: Sequence[Features]) -> FloatArray:
        """Return a row for each."""


@dataclass(frozen=True)
class Voice:
    """How much the encoder counts beside the linear model, and where it is not asked.

    A text whose label leads by more than `margin` in the linear model is not put to the encoder: that would change
    almost none of them, and it takes most of the time.
    """

    scale: float
    margin: float

    def asked(self, decisions: NDArray[Any]) -> NDArray[np.int64]:
        """Return the rows that are put to the encoder."""
        ordered = np.sort(decisions, axis=1)
        return np.flatnonzero(ordered[:, -1] - ordered[:, -2] <= self.margin)

    def blend(self, decisions: NDArray[Any], encoded: NDArray[Any]) -> NDArray[Any]:
        """Return the values of both together; `encoded` has a row for each, used where it is asked."""
        out = np.array(decisions, dtype=np.float64)
        rows = self.asked(decisions)
        out[rows] += self.scale * encoded[rows]
        return out


class LinearSentiment:
    """Judges features with hashed n-grams and marks, one weight row per label. Stands behind `SentimentModel`."""

    def __init__(
        self,
        *,
        name: str,
        vectors: Vectors,
        weights: FloatArray,
        intercept: FloatArray,
        calibration: Calibration,
        version: str,
        voice: Voice | None = None,
        encoder: Decider | None = None,
    ) -> None:
        self.name = name
        self.vectors = vectors
        self.weights = weights
        self.intercept = intercept
        self.calibration = calibration
        self.voice = voice
        self._encoder = encoder
        self._version = version

    @property
    def version(self) -> str:
        return self._version

    def decisions(self, features: Sequence[Features]) -> NDArray[Any]:
        """Return the decision values, a row for each and a column per label."""
        if not features:
            return np.zeros((0, len(LABELS)))
        parts = [
            np.asarray(self.vectors.rows(features[at : at + BATCH_ROWS]) @ self.weights) + self.intercept
            for at in range(0, len(features), BATCH_ROWS)
        ]
        linear = np.vstack(parts)
        if self.voice is None or self._encoder is None:
            return linear
        asked = self.voice.asked(linear)
        encoded = np.zeros_like(linear)
        encoded[asked] = self._encoder.decisions([features[i] for i in asked])
        return self.voice.blend(linear, encoded)

    def judge(self, features: Sequence[Features]) -> list[Judgement]:
        return self.calibration.judgements(self.decisions(features))


def save_model(
    folder: Path,
    name: str,
    *,
    vectors: Vectors,
    weights: NDArray[Any],
    intercept: NDArray[Any],
    calibration: Calibration,
    facts: dict[str, Any],
    voice: Voice | None = None,
) -> None:
    """Write NAME.npz and NAME.json; the same model gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    used = np.flatnonzero(np.abs(weights).max(axis=1) > 0).astype(np.int32)
    arrays: dict[str, NDArray[Any]] = {
        "columns": np.diff(used, prepend=np.int32(0)).astype(np.uint16 if _fits(used) else np.int32),
        "weights": weights[used].astype(np.float16),
        "intercept": intercept.astype(np.float32),
    }
    for i, idf in enumerate(vectors.idf):
        arrays[f"idf_{i}"] = idf.astype(np.float16)
    np.savez_compressed(folder / f"{name}.npz", **arrays)  # type: ignore[arg-type]  # numpy's stub takes allow_pickle first
    spec = {
        "name": name,
        "n_columns": int(weights.shape[0]),
        "vectors": asdict(vectors.spec),
        "calibration": asdict(calibration),
        "voice": asdict(voice) if voice is not None else None,
        "facts": facts,
    }
    text = json.dumps(spec, indent=1, sort_keys=True, ensure_ascii=False)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def load_words(folder: Path) -> WordVectors:
    """Return the word vectors that both models share. Raises ModelError."""
    try:
        return WordVectors.load(folder / "words.npz")
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"word vectors in {folder} cannot be read: {error}") from error


def _fits(used: NDArray[Any]) -> bool:
    return bool(used.size) and int(np.diff(used, prepend=np.int32(0)).max()) < 2**16


def load_model(
    folder: Path, name: str, words: WordVectors | None = None, encoder: Decider | None = None
) -> LinearSentiment:
    """Return the model NAME. Raises ModelError when its files are missing or do not belong together."""
    try:
        text = (folder / f"{name}.json").read_text(encoding="utf-8")
        blob = (folder / f"{name}.npz").read_bytes()
        spec = json.loads(text)
        with np.load(folder / f"{name}.npz", allow_pickle=False) as stored:
            arrays = {key: stored[key] for key in stored.files}
        blocks = tuple(BlockSpec(**block) for block in spec["vectors"]["blocks"])
        raw_spec = spec["vectors"]
        vector_spec = VectorSpec(
            blocks=blocks,
            mark_bits=raw_spec["mark_bits"],
            mark_scale=raw_spec["mark_scale"],
            mean_texts=tuple(raw_spec["mean_texts"]),
            mean_scale=raw_spec["mean_scale"],
        )
        weights = np.zeros((spec["n_columns"], len(LABELS)), dtype=np.float32)
        weights[np.cumsum(arrays["columns"].astype(np.int64))] = arrays["weights"].astype(np.float32)
        idf = [arrays[f"idf_{i}"].astype(np.float32) for i in range(len(blocks))]
        raw = spec["calibration"]
        voice = Voice(**spec["voice"]) if spec.get("voice") else None
        if voice is not None and encoder is None:
            raise ModelError(f"model {name} in {folder} needs the encoder")
        calibration = Calibration(
            bias=tuple(raw["bias"]),
            matrix=tuple(tuple(row) for row in raw["matrix"]),
            offset=tuple(raw["offset"]),
            sure_from=float(raw.get("sure_from", 0.0)),
        )
    except (OSError, KeyError, ValueError, TypeError, IndexError) as error:
        raise ModelError(f"model {name} in {folder} cannot be read: {error}") from error
    digest = hashlib.sha256(blob + text.encode()).hexdigest()[:12]
    return LinearSentiment(
        name=name,
        vectors=Vectors(vector_spec, idf, words),
        weights=weights,
        intercept=arrays["intercept"],
        calibration=calibration,
        version=f"{name}-{digest}",
        voice=voice,
        encoder=encoder,
    )
