"""Quotes in Javanese or Madurese inside an article: where they stand, which language, how they read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from classifier.domain.language import language_of
from classifier.domain.ports import Judgement, SentimentModel
from classifier.domain.sentiment.features import Features

REGIONAL = frozenset({"jv", "mad"})
"""The regional languages of East Java that have a model of their own."""
MAX_QUOTES = 20
_QUOTE = re.compile(r"[\"“]([^\"“”]{20,400})[\"”]")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote in the text: characters start to end, without its marks, and its language."""

    start: int
    end: int
    language: str


def foreign_quotes(text: str) -> tuple[Quote, ...]:
    """Return the quotes of a text that are not Indonesian, at most MAX_QUOTES, in their order."""
    out: list[Quote] = []
    for match in _QUOTE.finditer(text):
        language = language_of(match.group(1))
        if language != "id":
            out.append(Quote(match.start(1), match.end(1), language))
            if len(out) >= MAX_QUOTES:
                break
    return tuple(out)


def regional_features(text: str) -> Features:
    """Return what the regional model sees of a text: its words and letters, nothing Indonesian."""
    return Features((" ".join(text.split()),), {})


def judge_quotes(
    asked: Sequence[tuple[str, Sequence[Quote]]], model: SentimentModel
) -> list[list[tuple[Quote, Judgement]]]:
    """Return for each (text, quotes) the quotes in a regional language with how they read, in one call of the model."""
    chosen = [[quote for quote in quotes if quote.language in REGIONAL] for _, quotes in asked]
    features = [
        regional_features(text[quote.start : quote.end])
        for (text, _), quotes in zip(asked, chosen, strict=True)
        for quote in quotes
    ]
    judged = iter(model.judge(features) if features else [])
    return [[(quote, next(judged)) for quote in quotes] for quotes in chosen]
