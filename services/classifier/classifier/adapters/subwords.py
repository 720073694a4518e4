"""Cuts text into the pieces of a unigram vocabulary (Kudo 2018): for each word the cut whose pieces are likeliest."""

import unicodedata
from collections.abc import Sequence

BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
"""The first four pieces of every vocabulary, in this order."""
WORD_START = "\u2581"
_UNKNOWN_COSTS = 10.0
_MOST_CACHED = 50_000
_LONGEST_WORD = 60


class Subwords:
    """Pieces with their log-probabilities; ids are their places."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        self.pieces = tuple(pieces)
        self.scores = tuple(scores)
        self._ids = {piece: i for i, piece in enumerate(self.pieces) if i > UNKNOWN}
        self._longest = max(map(len, self._ids), default=1)
        self._unknown = min(self.scores, default=0.0) - _UNKNOWN_COSTS
        self._cache: dict[str, tuple[int, ...]] = {}

    def ids(self, text: str, most: int) -> list[int]:
        """Return the ids of a text's first `most` pieces."""
        out: list[int] = []
        for word in unicodedata.normalize("NFKC", text).split():
            if len(out) >= most:
                break
            out.extend(self._of_word(word[:_LONGEST_WORD]))
        return out[:most]

    def _of_word(self, word: str) -> tuple[int, ...]:
        known = self._cache.get(word)
        if known is None:
            known = self._best_cut(WORD_START + word)
            if len(self._cache) < _MOST_CACHED:
                self._cache[word] = known
        return known

    def _best_cut(self, word: str) -> tuple[int, ...]:
        n = len(word)
        best = [0.0] + [float("-inf")] * n
        came: list[tuple[int, int]] = [(0, UNKNOWN)] * (n + 1)
        for start in range(n):
            if best[start] + self._unknown > best[start + 1]:
                best[start + 1] = best[start] + self._unknown
                came[start + 1] = (start, UNKNOWN)
            for end in range(start + 1, min(n, start + self._longest) + 1):
                piece = self._ids.get(word[start:end])
                if piece is not None and best[start] + self.scores[piece] > best[end]:
                    best[end] = best[start] + self.scores[piece]
                    came[end] = (start, piece)
        out: list[int] = []
        while n:
            n, piece = came[n]
            out.append(piece)
        return tuple(out[::-1])
