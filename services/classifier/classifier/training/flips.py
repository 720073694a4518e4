"""What a new model reads differently: every changed tone and every changed sentiment, counted per agency."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contract.gazetteer import load_gazetteer
from contract.messages import EntityKind, Reading

from classifier.adapters.packaged import build_reader
from classifier.scoring import ReadAll, Row, article_of
from classifier.training.data import DataError, read_rows

TONE = "tone"
N_EXAMPLES = 3
"""Examples printed per agency; the whole list goes to the file of `--flips-out`."""

Change = tuple[str, str]
"""Label before, label after."""


@dataclass(frozen=True, slots=True)
class Flip:
    """One label that changed. `entity_id` is None for the tone of the article."""

    article_id: str
    title: str
    entity_id: str | None
    before: str
    after: str
    score_before: float
    score_after: float

    def as_row(self) -> dict[str, Any]:
        """Return the flip as a row of JSON lines."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass
class FlipReport:
    """All flips, and how many labels there were to flip, under `tone` and per agency."""

    n_articles: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    flips: dict[str, list[Flip]] = field(default_factory=dict)

    def add(self, heading: str, flip: Flip | None) -> None:
        self.labels[heading] += 1
        if flip is not None:
            self.flips.setdefault(heading, []).append(flip)

    @property
    def n_flips(self) -> int:
        return sum(len(flips) for flips in self.flips.values())


def compare(rows: Sequence[Row], old: ReadAll, new: ReadAll, opd_of_unit: Callable[[str], str | None]) -> FlipReport:
    """Read rows with both models and return what changed; a unit's flips are counted under its agency."""
    report = FlipReport(n_articles=len(rows))
    for number, (row, before, after) in enumerate(
        zip(rows, old(map(article_of, rows)), new(map(article_of, rows)), strict=True), start=1
    ):
        name, title = str(row.get("id", number)), str(row.get("title", ""))[:120]
        found = _labels(before), _labels(after)
        for entity in dict.fromkeys([*found[0], *found[1]]):
            label_before, score_before = found[0].get(entity, ("", 0.0))
            label_after, score_after = found[1].get(entity, ("", 0.0))
            flip = Flip(name, title, entity, label_before, label_after, score_before, score_after)
            heading = TONE if entity is None else opd_of_unit(entity) or entity
            report.add(heading, flip if label_before != label_after else None)
    return report


def _labels(reading: Reading) -> dict[str | None, tuple[str, float]]:
    """Return label and score by entity; the tone under None. Regions carry no count of their own."""
    out: dict[str | None, tuple[str, float]] = {None: (reading.tone.label.value, reading.tone.score)}
    for mention in reading.mentions:
        if mention.kind is not EntityKind.REGION:
            out.setdefault(mention.entity_id, (mention.sentiment.value, mention.score))
    return out


def compare_folders(files: Iterable[Path], old: Path | None, new: Path | None) -> FlipReport:
    """Compare two folders of models (None: the packaged ones) over files of articles. Raises DataError, ModelError."""
    rows = [row for path in files for _, row in read_rows(path)]
    if not rows:
        raise DataError("no articles to compare the models on")
    units = _units()
    return compare(rows, build_reader(old)[0].read, build_reader(new)[0].read, units.get)


def _units() -> Mapping[str, str | None]:
    gazetteer = load_gazetteer()
    return {row.id: gazetteer.opd_of_unit(row.id) for row in gazetteer.units}


def describe(report: FlipReport) -> str:
    """Return the report as text: the tone first, then each agency, the most changed first."""
    lines = [f"{report.n_flips} labels change in {report.n_articles} articles"]
    order = sorted(report.flips, key=lambda heading: (heading != TONE, -len(report.flips[heading]), heading))
    for heading in order:
        flips = report.flips[heading]
        lines.append(f"  {heading}: {len(flips)} of {report.labels[heading]}   {_changes(flips)}")
        lines += [
            f"      {flip.article_id} {_shown(flip.before)} to {_shown(flip.after)} {flip.score_after:.2f} {flip.title}"
            for flip in sorted(flips, key=lambda flip: (-flip.score_after, flip.article_id))[:N_EXAMPLES]
        ]
    return "\n".join(lines)


def _changes(flips: Sequence[Flip]) -> str:
    counts: Counter[Change] = Counter((flip.before, flip.after) for flip in flips)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{_shown(before)} to {_shown(after)} {n}" for (before, after), n in ranked)


def _shown(label: str) -> str:
    return label or "not named"
