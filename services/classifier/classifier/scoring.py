"""Scores against labelled files: precision and recall of names, forbidden tags, accuracy and macro-F1 of sentiment.

Pure: labelled rows and a way to read them in, figures and worst cases out. Used by `evaluate` and the quality tests.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contract.messages import EntityKind, Reading

from classifier.domain.article import ArticleText

Row = Mapping[str, Any]
ReadAll = Callable[[Iterable[ArticleText]], Iterable[Reading]]
LABELS = ("negative", "neutral", "positive")


@dataclass
class Counts:
    """True and false positives and false negatives."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0


@dataclass
class LinkingScore:
    """Figures of one linking file, and the rows that went wrong."""

    bodies: Counts = field(default_factory=Counts)
    regions: Counts = field(default_factory=Counts)
    n_rows: int = 0
    n_forbidden: int = 0
    worst: list[str] = field(default_factory=list)

    @property
    def forbidden_share(self) -> float:
        return self.n_forbidden / self.n_rows if self.n_rows else 0.0


@dataclass
class SentimentScore:
    """Figures of labels found against labels given."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    worst: list[str] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        return sum(gold == found for gold, found in self.pairs) / len(self.pairs) if self.pairs else 1.0

    @property
    def macro_f1(self) -> float:
        return sum(self._f1(label) for label in LABELS) / len(LABELS)

    def _f1(self, label: str) -> float:
        tp = sum(gold == found == label for gold, found in self.pairs)
        wrong = sum((gold == label) != (found == label) for gold, found in self.pairs)
        return 2 * tp / (2 * tp + wrong) if tp or wrong else 1.0


def article_of(row: Row) -> ArticleText:
    """Return the article of a labelled row, whichever of the formats it has."""
    text = row.get("text", row.get("lead", ""))
    return ArticleText(str(row.get("title") or ""), str(text))


def score_linking(rows: Sequence[Row], read: ReadAll) -> LinkingScore:
    """Score agencies and units together, regions, and rows with a forbidden tag."""
    score = LinkingScore()
    for row, reading in zip(rows, read(map(article_of, rows)), strict=True):
        found = {m.entity_id for m in reading.mentions if m.kind is not EntityKind.REGION}
        places = {m.entity_id for m in reading.mentions if m.kind is EntityKind.REGION}
        gold = {*row["opd"], *row["unit"]}
        optional = set(row.get("optional", ()))
        either = [set(pair.split("|")) for pair in row.get("region_either", ())]
        if row.get("region_any_of"):
            either.append(set(row["region_any_of"]))
        wrong = [
            *_count(score.bodies, gold, found, optional, ()),
            *_count(score.regions, set(row["region"]), places, optional, either),
        ]
        forbidden = (found | places) & set(row.get("not", ()))
        score.n_rows += 1
        score.n_forbidden += bool(forbidden)
        if wrong or forbidden:
            score.worst.append(
                f"{row['id']}: {', '.join(wrong)} {'forbidden ' + str(sorted(forbidden)) if forbidden else ''}"
            )
    return score


def _count(
    counts: Counts, gold: set[str], found: set[str], optional: set[str], either: Sequence[set[str]]
) -> list[str]:
    allowed = optional.union(*either) if either else optional
    missed = sorted(gold - found) + ["|".join(sorted(pair)) for pair in either if not pair & found]
    extra = sorted(found - gold - allowed)
    counts.tp += len(gold & found) + sum(bool(pair & found) for pair in either)
    counts.fp += len(extra)
    counts.fn += len(missed)
    return [*(f"missed {name}" for name in missed), *(f"extra {name}" for name in extra)]


def score_mention_sentiment(rows: Sequence[Row], read: ReadAll) -> SentimentScore:
    """Score the sentiment toward the listed targets; rows marked debatable are left out, a missed name is wrong."""
    score = SentimentScore()
    kept = [row for row in rows if not row.get("debatable")]
    for row, reading in zip(kept, read(map(article_of, kept)), strict=True):
        found = {mention.entity_id: mention.sentiment.value for mention in reading.mentions}
        wanted = {t["id"]: t["sentiment"] for t in row["targets"]} if "targets" in row else row.get("sentiment", {})
        for entity, gold in wanted.items():
            label = found.get(entity, "missing")
            score.pairs.append((gold, label))
            if label != gold:
                score.worst.append(f"{row['id']} {entity}: {gold}, found {label}")
    return score


def score_tone(rows: Sequence[Row], read: ReadAll) -> SentimentScore:
    """Score the tone of articles."""
    score = SentimentScore()
    for row, reading in zip(rows, read(map(article_of, rows)), strict=True):
        found = reading.tone.label.value
        score.pairs.append((row["tone"], found))
        if found != row["tone"]:
            score.worst.append(f"{row.get('id', '?')}: {row['tone']}, found {found} {reading.tone.score:.2f}")
    return score
