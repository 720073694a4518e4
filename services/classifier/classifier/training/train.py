"""`python -m classifier train`: builds the committed model files from the shared data."""

import logging
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from classifier.adapters.linear import save_model
from classifier.adapters.subwords import Subwords
from classifier.adapters.vectors import BlockSpec, VectorSpec
from classifier.adapters.words import words_of
from classifier.domain.ports import Judgement
from classifier.domain.sentiment.features import Features, tone_features, with_tone
from classifier.training.corrections import NOTHING_CORRECTED, corrected_rows
from classifier.training.data import (
    Extra,
    Labelled,
    headline_rows,
    target_patterns,
    target_rows,
    tone_patterns,
    tone_rows,
    unmarked,
)
from classifier.training.embed import corpus_texts, train_words
from classifier.training.fit import Encoded, Fitted, Recipe, fit
from classifier.training.labels import (
    Later,
    Row,
    packaged_later,
    second_readings,
    target_windows,
    tone_passages,
    with_tone_items,
)
from classifier.training.lessons import Lessons, Tuning
from classifier.training.pretrained import cut, load_pretrained, used_pieces
from classifier.training.regional import REGIONAL, nusax_rows
from classifier.training.teaching import ENCODER_FILES, Untaught, taught_before, teach

logger = logging.getLogger(__name__)
LINEAR_SAID = "linear_held_out.npz"
"""Decision values for the rows of the data folder's files, in their order, by model."""
TONE_INVENTED = ("tone_patterns.txt", "tone_invented.txt")
TONE_FAMILIES = ("tone_families.txt",)
"""Longer items that part on what decides a label: the encoder learns from them, the linear model gained nothing."""
TARGET_INVENTED = ("target_patterns.txt", "target_invented.txt")

TONE = Recipe(
    name="tone",
    spec=VectorSpec(
        blocks=(
            BlockSpec(text=0, analyzer="word", shortest=1, longest=2, bits=17, scale=1.0, min_df=1),
            BlockSpec(text=0, analyzer="char_wb", shortest=2, longest=5, bits=18, scale=1.0, min_df=2),
            BlockSpec(text=1, analyzer="word", shortest=1, longest=2, bits=18, scale=1.0, min_df=2),
            BlockSpec(text=1, analyzer="char_wb", shortest=3, longest=5, bits=18, scale=1.0, min_df=3),
        ),
        mark_bits=14,
        mark_scale=0.2,
        mean_texts=(0, 1, 2),
        mean_scale=1.0,
    ),
    c=2.0,
    margin=2.0,
)
TARGET = Recipe(
    name="target",
    spec=VectorSpec(
        blocks=(
            BlockSpec(text=0, analyzer="word", shortest=1, longest=2, bits=17, scale=1.0, min_df=2),
            BlockSpec(text=0, analyzer="char_wb", shortest=2, longest=5, bits=18, scale=1.0, min_df=2),
            BlockSpec(text=1, analyzer="word", shortest=1, longest=2, bits=18, scale=1.0, min_df=2),
            BlockSpec(text=1, analyzer="char_wb", shortest=2, longest=5, bits=18, scale=1.0, min_df=2),
            BlockSpec(text=2, analyzer="word", shortest=1, longest=2, bits=18, scale=1.0, min_df=2),
        ),
        mark_bits=16,
        mark_scale=0.3,
    ),
    c=2.0,
    margin=2.0,
)


@dataclass(frozen=True)
class Course:
    """What may differ between trainings.

    `corrections` is a file of what people corrected; it teaches the candidate and is no part of the packaged models.
    `encoder` is a folder whose encoder is taken as it is: teaching one takes most of an hour.
    `n_processes` encoders are taught at once, 0: one per processor; it changes the time only.
    """

    corrections: Path | None = None
    encoder: Path | None = None
    n_processes: int = 0


def train(data: Path, out: Path, course: Course = Course()) -> None:
    """Teach the encoder, train word vectors and all models from the data folder and write them. Raises DataError."""
    corrected = corrected_rows(course.corrections) if course.corrections is not None else NOTHING_CORRECTED
    out.mkdir(parents=True, exist_ok=True)
    texts = corpus_texts(data)
    words = train_words([words_of(text) for text in texts])
    words.save(out / "words.npz")
    logger.info("words: %d vectors of %d", len(words.words), words.n_dims)
    later = packaged_later(data)
    tones, tone_extra = tone_data(data, later)
    targets = target_data(data, later)
    scored = {TONE.name: tones.features, TARGET.name: targets.rows.features}
    if course.encoder is None:
        rows: list[Labelled | Extra] = [tones, *tone_extra, corrected.tone]
        rows += [targets.rows, *targets.others, corrected.target]
        encoded = teach_encoder(data, texts, rows, scored, out, n_processes=course.n_processes)
    else:
        encoded = taken_encoder(course.encoder, scored, out)
    tone = fit(TONE, tones, (*tone_extra, corrected.tone, *tone_invented()), words, encoded[TONE.name])
    write(TONE, tone, out)
    targets = targets.with_tones(tones, tone.held_out, tone)
    extras = (*targets.others, corrected.target, *target_invented())
    target = fit(TARGET, targets.rows, extras, words, encoded[TARGET.name])
    write(TARGET, target, out)
    write_linear_held_out(out, {TONE.name: tone.linear, TARGET.name: target.linear})
    write(REGIONAL, fit(REGIONAL, nusax_rows(data, "train")), out)


def teach_encoder(
    data: Path,
    texts: Sequence[str],
    rows: Sequence[Labelled | Extra],
    scored: Mapping[str, Sequence[Features]],
    out: Path,
    *,
    n_processes: int,
) -> dict[str, Encoded]:
    """Teach the encoder on these rows, write it, and return it with what strangers say of the scored rows."""
    untaught = untaught_encoder(texts)
    headlines = Lessons(untaught.subwords)
    headlines.add(headline_rows(data / "sentiment" / "cnbci" / "Dataset_dataset.csv"))
    lessons = lessons_of(untaught.subwords, rows)
    return teach(untaught, headlines, lessons, scored, out, n_processes=n_processes)


def taken_encoder(folder: Path, scored: Mapping[str, Sequence[Features]], out: Path) -> dict[str, Encoded]:
    """Copy an encoder that was taught before. Raises DataError when it is missing or does not fit the rows."""
    encoded = taught_before(folder, scored)
    for file in ENCODER_FILES:
        if folder.resolve() != out.resolve():
            shutil.copyfile(folder / file, out / file)
    return encoded


def write_linear_held_out(out: Path, linear: Mapping[str, NDArray[Any]]) -> None:
    """Write what linear models that saw neither a row nor its article say of it: with SAID the proof of the figures."""
    rounded = {name: values.astype(np.float16) for name, values in linear.items()}
    np.savez_compressed(out / LINEAR_SAID, **rounded)  # type: ignore[arg-type]  # numpy's stub takes allow_pickle first


def untaught_encoder(texts: Sequence[str]) -> Untaught:
    """Return the encoder as the public one gives it. Raises DataError."""
    pretrained = load_pretrained()
    subwords, weights = cut(pretrained, used_pieces(pretrained.subwords, texts))
    return Untaught(subwords, weights, pretrained.n_heads, Tuning())


def lessons_of(subwords: Subwords, rows: Sequence[Labelled | Extra]) -> Lessons:
    """Return what the encoder is taught: these rows and the invented ones."""
    lessons = Lessons(subwords)
    for item in rows:
        lessons.add(item)
    tones = [tone_patterns(_packaged(file)) for file in (*TONE_INVENTED, *TONE_FAMILIES)]
    for extra in (*tones, *(target_patterns(_packaged(file)) for file in TARGET_INVENTED)):
        lessons.add(extra, invented=True)
    return lessons


def tone_data(data: Path, later: Later) -> tuple[Labelled, tuple[Extra, ...]]:
    """Return the tone rows, those read later behind them, their second readings and passages."""
    first = tone_rows(data / "news" / "tone.jsonl")
    rows = with_tone_items(first, later.articles, later.tone_items)
    passages = tone_passages(later.articles, later.tone_passages, rows)
    return rows, (second_readings(first, later.tone_second, "tone"), passages)


class TitleJudge(Protocol):
    """Judges the tone of features that it has not learnt from."""

    def judge(self, features: Sequence[Features]) -> list[Judgement]:
        """Return one judgement for each."""


@dataclass(frozen=True)
class Targets:
    """The target rows, the labels of those read twice, and the windows read later with the title of each."""

    rows: Labelled
    second: Sequence[Row]
    windows: Extra
    titles: Sequence[str]

    @property
    def others(self) -> tuple[Extra, Extra]:
        """Return what only teaches: the second readings and the windows."""
        return second_readings(self.rows, self.second, "sentiment"), self.windows

    def with_tones(self, tones: Labelled, held_out: Sequence[Judgement], tone: TitleJudge) -> "Targets":
        """Return the same with the tone of their articles.

        The tone is one that the tone model gave without having seen the article, as it will be for new ones:
        `held_out` for each tone row, and what `tone` says of other titles. Invented sentences have none.
        """
        of_title = {row["title"]: judgement for row, judgement in zip(tones.rows, held_out, strict=True)}
        others = [row for row in self.rows.rows if row["title"] not in of_title]
        judged = tone.judge([tone_features(row["title"], unmarked(row["window"])) for row in others])
        of_title |= {row["title"]: judgement for row, judgement in zip(others, judged, strict=True)}
        titles = [row["title"] for row in self.rows.rows]
        return Targets(
            rows=replace(self.rows, features=_toned(self.rows.features, titles, of_title)),
            second=self.second,
            windows=replace(self.windows, features=_toned(self.windows.features, self.titles, of_title)),
            titles=self.titles,
        )


def target_data(data: Path, later: Later) -> Targets:
    """Return the target rows and what was read later, without the tone of their articles. Raises DataError."""
    rows = target_rows(data / "news" / "target.jsonl")
    group_of_title = {row["title"]: group for row, group in zip(rows.rows, rows.groups, strict=True)}
    windows, titles = target_windows(later.articles, later.target_windows, group_of_title)
    return Targets(rows, later.target_second, windows, titles)


def _toned(features: Sequence[Features], titles: Sequence[str], of_title: Mapping[str, Judgement]) -> list[Features]:
    return [
        with_tone(item, of_title[title].probabilities) if title in of_title else item
        for item, title in zip(features, titles, strict=True)
    ]


def tone_invented() -> tuple[Extra, ...]:
    """Return the invented items that teach the linear model of the tone."""
    return tuple(tone_patterns(_packaged(file)) for file in TONE_INVENTED)


def target_invented() -> tuple[Extra, ...]:
    """Return the invented windows that teach the linear model of the sentiment toward a target."""
    return tuple(target_patterns(_packaged(file)) for file in TARGET_INVENTED)


def _packaged(file: str) -> list[str]:
    return resources.files("classifier").joinpath("data", file).read_text("utf-8").splitlines()


def write(recipe: Recipe, fitted: Fitted, out: Path) -> None:
    """Write one trained model."""
    save_model(
        out,
        recipe.name,
        vectors=fitted.vectors,
        weights=fitted.weights,
        intercept=fitted.intercept,
        calibration=fitted.calibration,
        facts=fitted.facts,
        voice=fitted.voice,
    )
    size = (out / f"{recipe.name}.npz").stat().st_size
    logger.info(
        "%s: macro-F1 %.3f over %d rows, %.1f MB",
        recipe.name,
        fitted.facts["macro_f1"],
        fitted.facts["n_rows"],
        size / 1e6,
    )
