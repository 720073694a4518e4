"""Which windows of an article the target model reads, and how an entity's spans become one sentiment."""

from collections.abc import Sequence
from dataclasses import dataclass

from contract.messages import EntityKind, Sentiment

from classifier.domain.article import ArticleText
from classifier.domain.linking.records import Finding
from classifier.domain.ports import Judgement
from classifier.domain.sentiment.features import Features, Window, target_features, window_of, with_tone

_MOST_SPANS = {EntityKind.OPD: 8, EntityKind.UNIT: 8, EntityKind.REGION: 2}
"""A place is named often and seldom meant; two windows are enough for it and keep a long list of places cheap."""
_SURE_SPAN = 0.5
_SHARE_OF_SPANS = 0.34


@dataclass(frozen=True, slots=True)
class Verdict:
    """The sentiment toward one entity, and the character in the joined text whose sentence decided.

    `uncertain` when that reading is too close to call and a person should look.
    """

    sentiment: Sentiment
    score: float
    decided_at: int
    uncertain: bool = False


def spans_to_judge(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings whose windows the model reads: the first few of each entity."""
    counts: dict[str, int] = {}
    out: list[Finding] = []
    for finding in findings:
        counts[finding.entity_id] = counts.get(finding.entity_id, 0) + 1
        if counts[finding.entity_id] <= _MOST_SPANS[finding.kind]:
            out.append(finding)
    return out


def window_in(article: ArticleText, start: int, end: int) -> Window:
    """Return the window around a span of the joined text."""
    field, first, last = article.locate(start, end)
    if field == "title":
        return Window(article.title, "", article.title[:first], article.title[first:last], article.title[last:])
    return window_of(article.title, article.text, first, last, article.text_bounds)


def features_at(article: ArticleText, start: int, end: int, tone: Judgement) -> Features:
    """Return what the target model sees of a span of the joined text, in an article of this tone.

    The tone of a sentence without a title is too uncertain to lean on, so there the window speaks alone.
    """
    features = target_features(window_in(article, start, end))
    return with_tone(features, tone.probabilities) if article.title else features


def combine(judged: Sequence[tuple[Finding, Judgement]]) -> dict[str, Verdict]:
    """Return one verdict per entity.

    News speaks of a body neutrally most of the time and makes its point once, so the surest span that is not neutral
    decides, if it is sure or if a third of the spans agree; otherwise the entity is neutral.
    """
    by_entity: dict[str, list[tuple[Finding, Judgement]]] = {}
    for finding, judgement in judged:
        by_entity.setdefault(finding.entity_id, []).append((finding, judgement))
    return {entity: _verdict(items) for entity, items in by_entity.items()}


def _verdict(items: Sequence[tuple[Finding, Judgement]]) -> Verdict:
    pointed = [item for item in items if item[1].label is not Sentiment.NEUTRAL]
    if pointed:
        finding, judgement = max(pointed, key=lambda item: (item[1].score, -item[0].start))
        same = sum(1 for _, other in pointed if other.label is judgement.label)
        if judgement.score >= _SURE_SPAN or same >= _SHARE_OF_SPANS * len(items):
            return Verdict(judgement.label, judgement.score, finding.start, judgement.uncertain)
    finding, judgement = max(items, key=lambda item: (item[1].probabilities[Sentiment.NEUTRAL], -item[0].start))
    # A span that points somewhere, but not surely enough to decide, leaves the neutral verdict in doubt.
    doubt = judgement.uncertain or bool(pointed)
    return Verdict(Sentiment.NEUTRAL, judgement.probabilities[Sentiment.NEUTRAL], finding.start, doubt)
