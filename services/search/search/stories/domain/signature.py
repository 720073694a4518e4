"""What is kept of an article to compare it with others: hashes of its shingles, MinHash bands, weighted words.

Two articles are compared by their signatures alone, so whether they are alike depends on nothing else: neither on
when they came nor on what else is in the index. The words' weights come from a fixed table for the same reason.
"""

import hashlib
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from search.stories.domain.wording import CALENDAR, Wording, wording_of

SIGNATURE_VERSION = 1
"""Raise it when anything here changes what is stored; `python -m search stories --rebuild` brings all up to it."""

SHINGLE_WORDS = 3
MAX_SHINGLES = 3_000
"""About twelve pages; of longer texts the smallest hashes are kept, which is a fair sample."""

LEAD_WORDS = 90
VECTOR_WORDS = 40
KEY_WORDS = 16
MAX_NAMES = 40
MAX_NUMBERS = 200
TITLE_FACTOR = 2.0
NAME_FACTOR = 1.6
NUMBER_FACTOR = 0.8


@dataclass(frozen=True)
class WordWeights:
    """How much a word says: inverse document frequency from a fixed table. Unknown words say the most."""

    documents: int
    frequency: Mapping[str, int] = field(repr=False)

    def weight(self, word: str) -> float:
        return math.log((self.documents + 1) / (self.frequency.get(word, 1) + 1))

    def is_common(self, word: str) -> bool:
        """Return whether more than one article in twelve has the word: sharing it says nothing."""
        return self.frequency.get(word, 0) * 12 > self.documents


@dataclass(frozen=True)
class Signature:
    """The comparable remains of one revision. `hashes` are sorted; `ceiling` bounds what they sample."""

    hashes: tuple[int, ...]
    ceiling: int | None
    vector: Mapping[str, float]
    names: frozenset[str]
    numbers: frozenset[str]
    dates: frozenset[str]
    words: int

    @property
    def key_words(self) -> tuple[str, ...]:
        """Return the words by which articles of the same story are looked for."""
        return tuple(sorted(self.vector, key=lambda word: (-self.vector[word], word))[:KEY_WORDS])

    @cached_property
    def bands(self) -> tuple[str, ...]:
        """Return the terms under which near-copies are looked for; they follow from the hashes."""
        # Half a second of loading and 40 MB that whoever only reads signatures, such as the gateway, does without.
        from search.stories.domain.bands import bands_of  # noqa: PLC0415

        return bands_of(self.hashes)

    @cached_property
    def hash_set(self) -> frozenset[int]:
        return frozenset(self.hashes)


def signature_of(title: str, text: str, weights: WordWeights) -> Signature:
    """Return the signature of a revision."""
    wording = wording_of(title, text)
    every = sorted(shingles(wording.body))
    kept = every[:MAX_SHINGLES]
    names = rare_names(wording, weights)
    return Signature(
        hashes=tuple(kept),
        ceiling=kept[-1] if len(every) > len(kept) else None,
        vector=vector_of(wording, weights),
        names=names,
        numbers=frozenset(sorted(wording.numbers)[:MAX_NUMBERS]),
        dates=frozenset(sorted(wording.dates)[:MAX_NUMBERS]),
        words=len(wording.body),
    )


def shingles(words: Sequence[str]) -> set[int]:
    """Return 32-bit hashes of all runs of three words; of a text that is shorter, of all of it."""
    if not words:
        return set()
    count = max(1, len(words) - SHINGLE_WORDS + 1)
    return {_hash(" ".join(words[start : start + SHINGLE_WORDS])) for start in range(count)}


def _hash(shingle: str) -> int:
    return int.from_bytes(hashlib.blake2b(shingle.encode(), digest_size=4).digest(), "big")


def vector_of(wording: Wording, weights: WordWeights) -> dict[str, float]:
    """Return the weighted words of title and beginning, of length 1; the strongest forty."""
    counts: defaultdict[str, float] = defaultdict(float)
    for word in wording.body[:LEAD_WORDS]:
        counts[word] += 1
    for word in wording.title:
        counts[word] += TITLE_FACTOR
    found = {
        word: (1 + math.log(count)) * weights.weight(word) * _factor(word, wording)
        for word, count in counts.items()
        if len(word) > 1 and word not in CALENDAR and not weights.is_common(word)
    }
    strongest = sorted(found, key=lambda word: (-found[word], word))[:VECTOR_WORDS]
    length = math.sqrt(sum(found[word] ** 2 for word in strongest))
    return {word: round(found[word] / length, 4) for word in strongest} if length else {}


def _factor(word: str, wording: Wording) -> float:
    if word[0].isdigit():
        return NUMBER_FACTOR
    return NAME_FACTOR if word in wording.names else 1.0


def rare_names(wording: Wording, weights: WordWeights) -> frozenset[str]:
    """Return the names that tell stories apart: not those that half the news has."""
    found = [name for name in wording.names if not weights.is_common(name)]
    return frozenset(sorted(found, key=lambda name: (-weights.weight(name), name))[:MAX_NAMES])
