"""Turns features into sparse rows: hashed n-grams with idf, and hashed marks. The same for training and reading."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer

from classifier.adapters.words import WordVectors
from classifier.domain.sentiment.features import Features

FloatArray = NDArray[np.float32]


@dataclass(frozen=True)
class BlockSpec:
    """One block of n-grams: which text of the features, which n-grams, how many columns, how much it counts."""

    text: int
    analyzer: str
    shortest: int
    longest: int
    bits: int
    scale: float
    min_df: int

    def vectorizer(self) -> HashingVectorizer:
        return HashingVectorizer(
            analyzer=self.analyzer,
            ngram_range=(self.shortest, self.longest),
            n_features=2**self.bits,
            alternate_sign=False,
            norm=None,
            dtype=np.float32,
        )


@dataclass(frozen=True)
class VectorSpec:
    """All blocks, and the marks' columns and weight."""

    blocks: tuple[BlockSpec, ...]
    mark_bits: int
    mark_scale: float
    mean_texts: tuple[int, ...] = ()
    mean_scale: float = 0.0
    """Which texts also come as the mean of their word vectors, and how much that counts."""


class Vectors:
    """Makes rows by a spec; `idf` per block comes from training, zero for what was too rare."""

    def __init__(
        self,
        spec: VectorSpec,
        idf: Sequence[FloatArray],
        words: WordVectors | None = None,
    ) -> None:
        self.spec = spec
        self.idf = list(idf)
        self.words = words
        self._vectorizers = [block.vectorizer() for block in spec.blocks]

    def rows(self, features: Sequence[Features]) -> csr_matrix:
        """Return one row for each: blocks side by side, then marks."""
        parts: list[Any] = []
        for block, vectorizer, idf in zip(self.spec.blocks, self._vectorizers, self.idf, strict=True):
            counts = vectorizer.transform([item.blocks[block.text] for item in features])
            parts.append(weighted(counts, idf, block.scale))
        parts.append(mark_rows(features, self.spec))
        if self.words is not None and self.spec.mean_texts:
            parts.append(csr_matrix(self._means(features, self.words)))
        return csr_matrix(hstack(parts, format="csr", dtype=np.float32))

    def _means(self, features: Sequence[Features], words: WordVectors) -> FloatArray:
        rows = [np.concatenate([words.mean(item.blocks[text]) for text in self.spec.mean_texts]) for item in features]
        return np.asarray(rows, dtype=np.float32).reshape(len(features), -1) * np.float32(self.spec.mean_scale)


def fit_vectors(spec: VectorSpec, features: Sequence[Features], words: WordVectors | None) -> Vectors:
    """Return vectors whose idf comes from these features."""
    return Vectors(spec, fit_idf(spec, features), words)


def fit_idf(spec: VectorSpec, features: Sequence[Features]) -> list[FloatArray]:
    """Return the smoothed idf of each block's columns; 0 for columns seen in fewer than `min_df` rows."""
    out: list[FloatArray] = []
    for block in spec.blocks:
        counts = block.vectorizer().transform([item.blocks[block.text] for item in features])
        df = np.bincount(counts.indices, minlength=2**block.bits).astype(np.float64)
        idf = np.log((1.0 + len(features)) / (1.0 + df)) + 1.0
        idf[df < block.min_df] = 0.0
        out.append(idf.astype(np.float32))
    return out


def weighted(counts: Any, idf: FloatArray, scale: float) -> csr_matrix:
    """Return sublinear tf-idf rows of length `scale`."""
    rows = csr_matrix(counts, dtype=np.float32)
    rows.data = (1.0 + np.log(rows.data)) * idf[rows.indices]
    squares = np.add.reduceat(np.append(rows.data**2, 0.0), rows.indptr[:-1]) if rows.nnz else np.zeros(rows.shape[0])
    squares[np.diff(rows.indptr) == 0] = 0.0
    norms = np.sqrt(squares)
    norms[norms == 0.0] = 1.0
    rows.data = (rows.data * np.repeat(scale / norms, np.diff(rows.indptr))).astype(np.float32)
    return rows


def mark_column(name: str, bits: int) -> int:
    """Return the column of a mark; the same on every machine."""
    return zlib.crc32(name.encode()) % (1 << bits)


def mark_rows(features: Sequence[Features], spec: VectorSpec) -> csr_matrix:
    """Return the marks as rows."""
    indptr, indices, data = [0], [], []
    for item in features:
        for name, value in item.marks.items():
            indices.append(mark_column(name, spec.mark_bits))
            data.append(value * spec.mark_scale)
        indptr.append(len(indices))
    rows = csr_matrix(
        (np.asarray(data, np.float32), np.asarray(indices, np.int32), np.asarray(indptr, np.int32)),
        shape=(len(features), 2**spec.mark_bits),
    )
    rows.sum_duplicates()
    return rows
