"""Word vectors that were trained on unlabelled news, and the mean of a text's words."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
RARE = 1e-3
"""Words much more frequent than this count less in a text's mean (Arora et al. 2017, smooth inverse frequency)."""
_WORD = re.compile(r"[a-zà-ÿ]+(?:-[a-z]+)*|\d+|[!?%]")


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, every number as one sign."""
    return ["#" if word[0].isdigit() else word for word in _WORD.findall(text.lower())]


class WordVectors:
    """Vectors of unit length by word, with each word's share of the corpus."""

    def __init__(self, words: Sequence[str], vectors: FloatArray, shares: FloatArray) -> None:
        self.words = tuple(words)
        self.vectors = vectors
        self.shares = shares
        self._index: Mapping[str, int] = {word: i for i, word in enumerate(self.words)}
        self._weights = (RARE / (RARE + shares)).astype(np.float32)

    @property
    def n_dims(self) -> int:
        return int(self.vectors.shape[1])

    def mean(self, text: str) -> FloatArray:
        """Return the weighted mean of a text's known words, of length 1; zeros when no word is known."""
        known = [i for i in map(self._index.get, words_of(text)) if i is not None]
        if not known:
            return np.zeros(self.n_dims, dtype=np.float32)
        total = self._weights[known] @ self.vectors[known]
        return np.asarray(total / (np.linalg.norm(total) + 1e-9), dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write the vectors; the same vectors give the same bytes."""
        np.savez_compressed(
            path,
            words=np.frombuffer("\n".join(self.words).encode(), dtype=np.uint8),
            vectors=self.vectors.astype(np.float16),
            shares=self.shares.astype(np.float32),
        )

    @classmethod
    def load(cls, path: Path) -> "WordVectors":
        """Read vectors. Raises OSError, KeyError or ValueError for a file that is not one."""
        with np.load(path, allow_pickle=False) as stored:
            words = stored["words"].tobytes().decode().split("\n")
            return cls(words, stored["vectors"].astype(np.float32), stored["shares"])
