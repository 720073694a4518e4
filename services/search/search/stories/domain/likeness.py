"""Whether two articles are near-copies, or tell the same story, or neither: decided from their signatures alone.

Near-copy: the shorter text stands, for its larger part, word for word in the longer one (containment), whatever
became of title, order and introduction. A text that repeats another one's words with other numbers and dates is a
schedule or price list of another day, not a copy. Same story: title and beginning speak of the same things and
share names, within a few days.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from search.stories.domain.signature import Signature

COPY_CONTAINMENT = 0.45
"""Of the shorter text's shingles, those that the longer one has too."""
COPY_CONTAINMENT_SAME_OUTLET = 0.60
"""An outlet repeats its own background in every further article on a matter; that is no copy yet."""
COPY_SHARED_SHINGLES = 15
"""Fewer are a quotation or a formula, however short the article."""
SHORTEST_SHARE = 0.12
"""A shorter text below this share of the longer one is an item in a list, no copy of it."""
COPY_WINDOW = timedelta(days=30)
FORM_CONTAINMENT = 0.30
FORM_NUMBERS = 6
"""A text with so many numbers may be a form that is filled in anew: a schedule, a price list, a count."""
NUMBERS_SHARED = 0.5
"""A copy with corrected numbers keeps most of them; the next day's list keeps few."""
CORRECTED_NUMBERS = 2
CORRECTED_WITHIN = timedelta(hours=12)
STORY_WINDOW = timedelta(hours=72)
STORY_COSINE = 0.43
STORY_COSINE_QUOTING = 0.33
STORY_QUOTED = 0.06
"""Whoever tells of the same event shares some wording, such as its quotations; then less likeness will do."""
STORY_SHARED_NAMES = 3
STORY_SHARED_KEY_WORDS = 3
STORY_SHARED_WEIGHT = 0.37
"""Of each one's strongest words: by these the two are found in the index, whichever of them comes second."""


class Kind(StrEnum):
    """How two articles belong together."""

    COPY = "copy"
    STORY = "story"


@dataclass(frozen=True)
class Likeness:
    """What was found between two articles; `similarity` is the containment of a copy, the cosine of a story."""

    kind: Kind
    similarity: float
    shared_share: float


@dataclass(frozen=True)
class Overlap:
    """How much wording two texts share: of the shorter one, of both together, and in shingles."""

    containment: float
    jaccard: float
    shared: float
    size_ratio: float


def overlap(one: Signature, other: Signature) -> Overlap:
    """Return the shared wording. Sampled texts are compared within the sample that both have."""
    ceilings = [each.ceiling for each in (one, other) if each.ceiling is not None]
    first, second = one.hash_set, other.hash_set
    if ceilings:
        lowest = min(ceilings)
        first = frozenset(value for value in first if value <= lowest)
        second = frozenset(value for value in second if value <= lowest)
    shorter, longer = sorted((len(first), len(second)))
    if not shorter:
        return Overlap(0.0, 0.0, 0.0, 0.0)
    shared = len(first & second)
    return Overlap(shared / shorter, shared / (len(first) + len(second) - shared), shared, shorter / longer)


def is_other_edition(one: Signature, other: Signature, found: Overlap, apart: timedelta) -> bool:
    """Return whether two texts are one form filled in twice: full of numbers, for other days or with other values.

    A single date that was corrected soon after does not make another edition.
    """
    fewer = min(len(one.numbers), len(other.numbers))
    if fewer < FORM_NUMBERS or found.containment < FORM_CONTAINMENT:
        return False
    shared = len(one.numbers & other.numbers)
    if shared < NUMBERS_SHARED * fewer:
        return True
    other_days = bool(one.dates) and bool(other.dates) and not one.dates & other.dates
    return other_days and (apart >= CORRECTED_WITHIN or fewer - shared > CORRECTED_NUMBERS)


def cosine(one: Signature, other: Signature) -> float:
    """Return how alike title and beginning are; summed exactly, so that it is the same in both directions."""
    shorter, longer = sorted((one.vector, other.vector), key=len)
    return math.fsum(weight * longer.get(word, 0.0) for word, weight in shorter.items())


@dataclass(frozen=True)
class Comparable:
    """What of an article decides with which others it belongs."""

    signature: Signature
    outlet: str
    published_at: datetime


def likeness(one: Comparable, other: Comparable) -> Likeness | None:
    """Return how two articles belong together, or None. Symmetric, and blind to everything but the two."""
    apart = abs(one.published_at - other.published_at)
    if apart > COPY_WINDOW:
        return None
    found = overlap(one.signature, other.signature)
    if is_other_edition(one.signature, other.signature, found, apart):
        return None
    needed = COPY_CONTAINMENT_SAME_OUTLET if one.outlet == other.outlet else COPY_CONTAINMENT
    enough = found.containment >= needed and found.shared >= COPY_SHARED_SHINGLES
    if enough and found.size_ratio >= SHORTEST_SHARE:
        return Likeness(Kind.COPY, round(found.containment, 3), round(found.jaccard, 3))
    if apart > STORY_WINDOW:
        return None
    alike = cosine(one.signature, other.signature)
    needed = STORY_COSINE_QUOTING if found.containment >= STORY_QUOTED else STORY_COSINE
    if alike >= needed and _share_names_and_words(one.signature, other.signature):
        return Likeness(Kind.STORY, round(min(alike, 1.0), 3), round(found.jaccard, 3))
    return None


def _share_names_and_words(one: Signature, other: Signature) -> bool:
    words = set(one.key_words) & set(other.key_words)
    weight = min(math.fsum(each.vector[word] for word in words) for each in (one, other))
    return (
        len(one.names & other.names) >= STORY_SHARED_NAMES
        and len(words) >= STORY_SHARED_KEY_WORDS
        and weight >= STORY_SHARED_WEIGHT
    )
