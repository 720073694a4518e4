"""What an article is about: up to three of a closed set of matters, with the words that speak for each.

A word counts by its strength and by where it stands: most in the title, then in the first sentences, then below. A word
that is repeated says little more. Words with -nya and other clitics are the same word.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from contract.values import Category

from classifier.domain.category_words import WEIGHTS, WORDS

__all__ = ["Category", "Matter", "categories_of", "matters_of"]

_LEAD_CHARS = 500
_TEXT_CHARS = 2_500
_WEIGHT_OF_TITLE = 3.0
_WEIGHT_OF_LEAD = 1.0
_WEIGHT_OF_REST = 0.5
_LEAST_SCORE = 3.0
_SHARE_OF_BEST = 0.5
_MOST = 3
_MOST_WORDS = 6
_WORD = re.compile(r"[a-z][a-z0-9]*")
_CLITIC = re.compile(r"(?<=\w{4})(?:nya|lah|kah|pun)$")


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter of an article: its score, and the words that gave it, the weightiest first."""

    category: Category
    score: float
    words: tuple[str, ...]


def _table() -> dict[str, tuple[tuple[Category, float], ...]]:
    """Return for each word, or pair of words, what it says for which matter."""
    found: dict[str, dict[Category, float]] = {}
    for category, words in WORDS.items():
        for listed, weight in zip(words, WEIGHTS, strict=True):
            for word in listed.split():
                of_word = found.setdefault(word.replace("-", " "), {})
                of_word[category] = max(of_word.get(category, 0.0), float(weight))
    return {word: tuple(of_word.items()) for word, of_word in found.items()}


_SAYS = _table()


def categories_of(title: str, text: str) -> tuple[Category, ...]:
    """Return the matters, the strongest first; `lainnya` alone when nothing speaks clearly."""
    return tuple(matter.category for matter in matters_of(title, text))


def matters_of(title: str, text: str) -> tuple[Matter, ...]:
    """Return the matters with their evidence, the strongest first."""
    gains: dict[Category, dict[str, float]] = {}
    for where, weight in (
        (title, _WEIGHT_OF_TITLE),
        (text[:_LEAD_CHARS], _WEIGHT_OF_LEAD),
        (text[_LEAD_CHARS:_TEXT_CHARS], _WEIGHT_OF_REST),
    ):
        for word, count in Counter(_listed(where)).items():
            for category, strength in _SAYS[word]:
                of_word = gains.setdefault(category, {})
                of_word[word] = of_word.get(word, 0.0) + weight * strength * math.sqrt(count)
    scores = {category: sum(of_word.values()) for category, of_word in gains.items()}
    ranked = sorted(scores, key=lambda category: (-scores[category], category))
    if not ranked or scores[ranked[0]] < _LEAST_SCORE:
        return (Matter(Category.LAINNYA, 0.0, ()),)
    least = _SHARE_OF_BEST * scores[ranked[0]]
    return tuple(
        Matter(category, round(scores[category], 2), _weightiest(gains[category]))
        for category in ranked[:_MOST]
        if scores[category] >= least
    )


def _weightiest(gains: dict[str, float]) -> tuple[str, ...]:
    return tuple(sorted(gains, key=lambda word: (-gains[word], word))[:_MOST_WORDS])


def _listed(text: str) -> Iterator[str]:
    """Yield the words and pairs of words of the text that are in the table; a pair hides neither of its words."""
    words = _WORD.findall(text.lower())
    for first, second in zip(words, [*words[1:], ""], strict=False):
        single = first if first in _SAYS else _CLITIC.sub("", first)
        if single in _SAYS:
            yield single
        pair = f"{first} {second}"
        if pair in _SAYS:
            yield pair
