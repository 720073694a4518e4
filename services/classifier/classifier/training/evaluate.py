"""`python -m classifier evaluate`: figures of the packaged models and rules for labelled files."""

from pathlib import Path

from classifier.adapters.linear import LABELS
from classifier.adapters.packaged import build_reader
from classifier.scoring import SentimentScore, score_linking, score_mention_sentiment, score_tone
from classifier.training.data import DataError, read_rows, target_rows

N_WORST = 15


def evaluate_file(path: Path, models: Path | None = None) -> str:
    """Return the report for a file of any format of the data folder. Raises DataError."""
    rows = [row for _, row in read_rows(path)]
    if not rows:
        raise DataError(f"{path} has no rows")
    reader, target = build_reader(models)
    lines: list[str] = [str(path)]
    if "window" in rows[0]:
        data = target_rows(path)
        found = [judgement.label for judgement in target.judge(data.features)]
        score = SentimentScore(
            [(LABELS[gold].value, label.value) for gold, label in zip(data.labels, found, strict=True)]
        )
        lines.append(f"  target sentiment: macro-F1 {score.macro_f1:.3f} (seen in training if this is its file)")
    if "tone" in rows[0]:
        tone = score_tone(rows, reader.read)
        lines += [f"  tone: macro-F1 {tone.macro_f1:.3f} (seen in training if this is its file)", *_worst(tone.worst)]
    if "opd" in rows[0]:
        links = score_linking(rows, reader.read)
        lines += [
            f"  agencies and units: precision {links.bodies.precision:.3f} recall {links.bodies.recall:.3f}",
            f"  regions: precision {links.regions.precision:.3f} recall {links.regions.recall:.3f}",
            f"  rows with a forbidden tag: {links.n_forbidden} of {links.n_rows}",
            *_worst(links.worst),
        ]
    if "targets" in rows[0] or isinstance(rows[0].get("sentiment"), dict):
        mentions = score_mention_sentiment(rows, reader.read)
        lines += [
            f"  sentiment toward mentions: accuracy {mentions.accuracy:.3f} of {len(mentions.pairs)}",
            *_worst(mentions.worst),
        ]
    return "\n".join(lines)


def _worst(rows: list[str]) -> list[str]:
    return [f"    {row}" for row in rows[:N_WORST]]
