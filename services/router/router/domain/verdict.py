"""Decides how an article speaks of one body, from all its mentions of it.

The rule, and why:

1. Neutral mentions do not vote. Four of five windows are neutral in life (a name in a list, "kata Kepala Dinas"), so
   a majority would hide nearly every complaint.
2. A negative or positive mention is heard when its score reaches `min_polar_score`; below that it is a guess. When
   none is heard, the heaviest single mention decides, so a body that is named once keeps that mention's sentiment.
   A mention that the reader called uncertain is a guess whatever its score: where nothing surer speaks it decides, and
   the verdict is uncertain too.
3. Heard mentions weigh their score, doubled in the title, which is what most people read.
4. Negative wins over positive unless the positive ones weigh more than `positive_outweighs` times as much: a
   complaint that is missed costs a humas officer more than one that is looked at in vain.

The score is that of the heaviest mention that carries the decision, and its sentence is the evidence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contract.messages import Mention, Sentiment

from router.domain.rules import SentimentRules

_RANK = {Sentiment.NEGATIVE: 0, Sentiment.POSITIVE: 1, Sentiment.NEUTRAL: 2}


@dataclass(frozen=True)
class Verdict:
    """The sentiment toward one body, with its score, the deciding sentence with its cues and speaker, and the votes."""

    sentiment: Sentiment
    score: float
    evidence: str
    negative: int
    positive: int
    cues: tuple[str, ...] = ()
    speaker: str | None = None
    uncertain: bool = False

    @property
    def is_contested(self) -> bool:
        return self.negative > 0 and self.positive > 0


def weight(mention: Mention, rules: SentimentRules) -> float:
    """Return how much a mention counts: its score, times `title_weight` in the title."""
    return mention.score * (rules.title_weight if mention.field == "title" else 1.0)


def judge(mentions: Iterable[Mention], rules: SentimentRules) -> Verdict:
    """Return the verdict over at least one mention; the order they come in does not matter."""
    ordered = sorted(mentions, key=lambda one: _order(one, rules))
    polar = [one for one in ordered if one.sentiment != Sentiment.NEUTRAL]
    heard = [one for one in polar if one.score >= rules.min_polar_score and not one.uncertain]
    negative = [one for one in heard if one.sentiment == Sentiment.NEGATIVE]
    positive = [one for one in heard if one.sentiment == Sentiment.POSITIVE]
    deciding = ordered[0]
    if negative and _sum(positive, rules) <= rules.positive_outweighs * _sum(negative, rules):
        deciding = negative[0]
    elif positive:
        deciding = positive[0]
    elif doubtful := [one for one in polar if one.uncertain]:
        deciding = doubtful[0]
    return Verdict(
        deciding.sentiment,
        deciding.score,
        deciding.evidence,
        len(negative),
        len(positive),
        deciding.cues,
        deciding.speaker,
        deciding.uncertain,
    )


def _sum(mentions: Sequence[Mention], rules: SentimentRules) -> float:
    return sum(weight(one, rules) for one in mentions)


def _order(mention: Mention, rules: SentimentRules) -> tuple[float, int, bool, int, int, str, str]:
    """Heaviest first; ties by label, then by place, so that the same mentions always give the same verdict."""
    return (
        -weight(mention, rules),
        _RANK[mention.sentiment],
        mention.field != "title",
        mention.start,
        mention.end,
        mention.entity_id,
        mention.evidence,
    )
