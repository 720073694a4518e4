"""Labels that were read later and are packaged without texts: an article's id, offsets, a label, the reader's doubt."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from contract.messages import Sentiment

from classifier.adapters.linear import LABELS
from classifier.domain.article import ArticleText
from classifier.domain.judging import window_in
from classifier.domain.sentiment.features import target_features, tone_features
from classifier.domain.text import sentences
from classifier.training.data import NOBODY, WEIGHT_OF_CONFIDENCE, DataError, Extra, Labelled, read_rows

WEIGHT_OF_SECOND = 1.0
"""How much a second reading counts against the first; where they agree the row counts for both."""
WEIGHT_OF_PASSAGE = 0.5
"""Passages are shorter than items and have no headline."""
Row = dict[str, Any]


@dataclass(frozen=True)
class Later:
    """Labels read after the data folder was made, with the articles they speak of."""

    articles: Mapping[str, ArticleText]
    tone_items: Sequence[Row]
    tone_second: Sequence[Row]
    tone_passages: Sequence[Row]
    target_windows: Sequence[Row]
    target_second: Sequence[Row]


NOTHING_LATER = Later({}, (), (), (), (), ())


def packaged_later(data: Path) -> Later:
    """Return the packaged labels with the articles of the data folder. Raises DataError."""
    return Later(
        articles=read_articles(data),
        tone_items=packaged_labels("tone_items.jsonl"),
        tone_second=packaged_labels("tone_second.jsonl"),
        tone_passages=packaged_labels("tone_passages.jsonl"),
        target_windows=packaged_labels("target_windows.jsonl"),
        target_second=packaged_labels("target_second.jsonl"),
    )


def packaged_labels(file: str) -> list[Row]:
    """Return the rows of one packaged label file. Raises DataError for a row that is not JSON."""
    lines = resources.files("classifier").joinpath("data", "labels", file).read_text("utf-8").splitlines()
    try:
        return [json.loads(line) for line in lines if line.strip()]
    except ValueError as error:
        raise DataError(f"{file}: {error}") from error


def read_articles(data: Path) -> dict[str, ArticleText]:
    """Return the articles of the data folder by id. Raises DataError."""
    rows = read_rows(data / "news" / "articles.jsonl")
    return {row["id"]: ArticleText(row["title"], row["text"]) for _, row in rows}


def second_readings(first: Labelled, rows: Sequence[Row], key: str) -> Extra:
    """Return the rows that were read twice, once more, with the second reader's label.

    Where both agree the row weighs more, where they do not each label has its share. Raises DataError.
    """
    at = {row["id"]: i for i, row in enumerate(first.rows)}
    out = Extra([], [], [], [])
    for number, row in enumerate(rows, start=1):
        try:
            i = at[row["id"]]
            label, weight = LABELS.index(Sentiment(row[key])), _weight(row) * WEIGHT_OF_SECOND
        except (KeyError, ValueError) as error:
            raise DataError(f"second reading, line {number}: {error!r}") from error
        out.features.append(first.features[i])
        out.labels.append(label)
        out.weights.append(weight)
        out.groups.append(first.groups[i])
    return out


def with_tone_items(first: Labelled, articles: Mapping[str, ArticleText], rows: Sequence[Row]) -> Labelled:
    """Return tone rows with the articles that were read later behind them, which are not scored. Raises DataError."""
    features, labels, weights = list(first.features), list(first.labels), list(first.weights)
    groups, all_rows = list(first.groups), list(first.rows)
    for row, article in _with_article(articles, rows):
        features.append(tone_features(article.title, article.text))
        labels.append(LABELS.index(Sentiment(row["tone"])))
        weights.append(_weight(row))
        groups.append(max(groups) + 1)
        all_rows.append({**row, "title": article.title})
    return Labelled(features, labels, weights, groups, all_rows, n_scored=len(first.labels))


def tone_passages(articles: Mapping[str, ArticleText], rows: Sequence[Row], tones: Labelled) -> Extra:
    """Return passages from inside articles, read as items of their own: their first sentence stands as the title.

    Raises DataError.
    """
    group_of_title = {row["title"]: group for row, group in zip(tones.rows, tones.groups, strict=True)}
    out = Extra([], [], [], [])
    for row, article in _with_article(articles, rows):
        passage = article.text[row["start"] : row["end"]]
        bounds = sentences(passage)
        first = bounds[0][1] if bounds else len(passage)
        out.features.append(tone_features(" ".join(passage[:first].split()), passage[first:]))
        out.labels.append(LABELS.index(Sentiment(row["tone"])))
        out.weights.append(_weight(row) * WEIGHT_OF_PASSAGE)
        out.groups.append(group_of_title.get(article.title, NOBODY))
        out.titles.append(article.title)
    return out


def target_windows(
    articles: Mapping[str, ArticleText], rows: Sequence[Row], group_of_title: Mapping[str, int]
) -> tuple[Extra, list[str]]:
    """Return windows that were read later, with the title of each; offsets count in the text. Raises DataError."""
    out = Extra([], [], [], [])
    titles: list[str] = []
    for row, article in _with_article(articles, rows):
        shift = article.text_starts
        out.features.append(target_features(window_in(article, row["start"] + shift, row["end"] + shift)))
        out.labels.append(LABELS.index(Sentiment(row["sentiment"])))
        out.weights.append(_weight(row))
        out.groups.append(group_of_title.get(article.title, NOBODY))
        titles.append(article.title)
    return out, titles


def _with_article(articles: Mapping[str, ArticleText], rows: Sequence[Row]) -> Iterator[tuple[Row, ArticleText]]:
    for number, row in enumerate(rows, start=1):
        if row["article"] not in articles:
            raise DataError(f"label line {number}: article {row['article']!r} is not in the data folder")
        yield row, articles[row["article"]]


def _weight(row: Row) -> float:
    return WEIGHT_OF_CONFIDENCE.get(int(row.get("confidence", 2)), 1.0)
