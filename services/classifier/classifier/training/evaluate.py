"""`python -m classifier evaluate`: figures of the packaged models and rules for labelled files."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from contract.messages import Sentiment

from classifier.adapters.linear import LABELS
from classifier.adapters.packaged import build_reader
from classifier.domain.article import ArticleText
from classifier.scoring import SentimentScore, score_linking, score_mention_sentiment, score_tone
from classifier.training.data import HEADLINE_LABELS, DataError, read_rows, unmarked

N_WORST = 15


def evaluate_file(path: Path, models: Path | None = None) -> str:
    """Return the report for a file of any format of the data folder. Raises DataError."""
    if path.suffix in {".csv", ".tsv"}:
        return _table(path, models)
    rows = [row for _, row in read_rows(path)]
    if not rows:
        raise DataError(f"{path} has no rows")
    reader, _ = build_reader(models)
    lines: list[str] = [str(path)]
    if "window" in rows[0]:
        asked = [_asked(row) for row in rows]
        found = [judgement.label.value for judgement in reader.judge_spans(asked)]
        score = SentimentScore([(row["sentiment"], label) for row, label in zip(rows, found, strict=True)])
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


def _table(path: Path, models: Path | None) -> str:
    """Return how the pipeline reads the texts of a table. Raises DataError."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(_labelled_lines(path, lines))
    except (OSError, KeyError, ValueError) as error:
        raise DataError(f"{path}: {error!r}") from error
    if not rows:
        raise DataError(f"{path} has no rows")
    score = score_tone(rows, build_reader(models)[0].read)
    return f"{path}\n  tone: macro-F1 {score.macro_f1:.3f} of {len(rows)}"


def _labelled_lines(path: Path, lines: TextIO) -> Iterator[dict[str, str]]:
    """Yield rows of SmSA (text, tab, label), NusaX (columns text and label) or CNBCI (judul and sentimen).

    Raises KeyError for other columns, ValueError for another label.
    """
    if path.suffix == ".tsv":
        for line in lines:
            text, _, label = line.rstrip("\r\n").rpartition("\t")
            yield {"title": "", "text": text, "tone": Sentiment(label).value}
        return
    for row in csv.DictReader(lines):
        if "judul" in row:
            label = LABELS[HEADLINE_LABELS.index(row["sentimen"])].value
            yield {"title": row["judul"], "text": "", "tone": label}
        else:
            yield {"title": "", "text": row["text"], "tone": Sentiment(row["label"]).value}


def _asked(row: dict[str, Any]) -> tuple[ArticleText, int, int]:
    window = row["window"]
    article = ArticleText(row["title"], unmarked(window))
    start = article.text_starts + window.index("[[")
    return article, start, start + window.index("]]") - window.index("[[") - 2


def _worst(rows: list[str]) -> list[str]:
    return [f"    {row}" for row in rows[:N_WORST]]
