"""What the domain needs from a model, whatever stands behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from contract.messages import Sentiment

from classifier.domain.sentiment.features import Features


@dataclass(frozen=True, slots=True)
class Judgement:
    """A label and the calibrated probability of each label; `uncertain` when it is too close to call."""

    label: Sentiment
    probabilities: dict[Sentiment, float]
    uncertain: bool = False

    @property
    def score(self) -> float:
        return self.probabilities[self.label]

    @property
    def lean(self) -> float:
        """Positive minus negative probability, from -1 to 1."""
        return self.probabilities[Sentiment.POSITIVE] - self.probabilities[Sentiment.NEGATIVE]


class SentimentModel(Protocol):
    """Judges features, many at once."""

    @property
    def version(self) -> str:
        """Return what identifies this model in a reading."""

    def judge(self, features: Sequence[Features]) -> list[Judgement]:
        """Return one judgement for each, in order."""
