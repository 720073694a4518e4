"""What people corrected, as training rows: the file that `python -m search corrections` writes.

One JSON object a line with `title`, `text`, `what` (tone, sentiment or mention), `after`, for a body `entity_id`, and
optionally `origin` (person or copy), `sentiment` (of an added mention) and `span` ({field, start, end}, the words that
show it). Corrections of other things (categories, severity, assignments) teach these models nothing: passed over.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contract.messages import Sentiment

from classifier.adapters.linear import LABELS
from classifier.adapters.packaged import packaged_linker
from classifier.domain.article import ArticleText
from classifier.domain.judging import window_in
from classifier.domain.sentiment.features import target_features, tone_features
from classifier.training.data import NOBODY, DataError, Extra, read_rows

WEIGHT = {"person": 1.3, "copy": 0.3}
"""A person's word counts as a sure reader's label; a near-copy says hardly anything new."""
_MOST_SPANS = 2
"""A body is corrected once per article; only its first mentions are taken to carry it, unless a span was marked."""


@dataclass(frozen=True)
class Corrected:
    """Rows for each model, and how many corrections gave none."""

    tone: Extra
    target: Extra
    n_passed_over: int


NOTHING_CORRECTED = Corrected(Extra([], [], [], []), Extra([], [], [], []), 0)


def corrected_rows(path: Path) -> Corrected:
    """Return the corrections of a file as rows that only teach. Raises DataError with the line that cannot be used."""
    out = Corrected(Extra([], [], [], []), Extra([], [], [], []), 0)
    passed_over = 0
    for number, row in read_rows(path):
        try:
            n_before = len(out.tone.labels) + len(out.target.labels)
            _add(out, row)
            passed_over += len(out.tone.labels) + len(out.target.labels) == n_before
        except (KeyError, TypeError, ValueError) as error:
            raise DataError(f"{path} line {number}: {error!r}") from error
    return Corrected(out.tone, out.target, passed_over)


def _add(out: Corrected, row: Mapping[str, Any]) -> None:
    article = ArticleText(row["title"], row["text"])
    weight = WEIGHT[row.get("origin", "person")]
    if row["what"] == "tone":
        _put(out.tone, tone_features(article.title, article.text), row["after"], weight)
        return
    label = _sentiment_of(row)
    if label is None:
        return
    for start, end in _spans(row, article):
        _put(out.target, target_features(window_in(article, start, end)), label, weight)


def _sentiment_of(row: Mapping[str, Any]) -> str | None:
    """Return the sentiment a correction gives to a body, or None when it gives none."""
    if row["what"] == "sentiment":
        return str(row["after"])
    if row["what"] == "mention" and row["after"] == "added":
        return str(row.get("sentiment") or Sentiment.NEUTRAL)
    return None


def _put(extra: Extra, features: Any, label: str, weight: float) -> None:
    extra.labels.append(LABELS.index(Sentiment(label)))
    extra.features.append(features)
    extra.weights.append(weight)
    extra.groups.append(NOBODY)


def _spans(row: Mapping[str, Any], article: ArticleText) -> Iterator[tuple[int, int]]:
    """Yield where the body stands: the linker's mentions of it, those in the marked sentence first."""
    linked = packaged_linker().link(article.joined, article.bounds)
    places = [(f.start, f.end) for f in linked.findings if f.is_mention and f.entity_id == row["entity_id"]]
    marked = row.get("span")
    if marked:
        base = article.text_starts if marked["field"] == "text" else 0
        first, last = base + int(marked["start"]), base + int(marked["end"])
        sentence = article.sentence_at(first)
        inside = [place for place in places if place[0] < last and first < place[1]]
        near = [place for place in places if article.sentence_at(place[0]) == sentence]
        # A marked span that the linker knows no name in is still the words a person pointed at.
        places = inside or near or [(first, last)]
    yield from places[:_MOST_SPANS]
