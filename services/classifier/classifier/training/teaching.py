"""Teaches the packaged encoder, and beside it one encoder for each held-out part, whose word is that of a stranger.

Each runs in a process of its own on one thread, so how many run at once changes the time only.
"""

import logging
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.adapters.encoder import load_encoder, save_subwords
from classifier.adapters.linear import LABELS
from classifier.adapters.subwords import Subwords
from classifier.domain.sentiment.features import Features
from classifier.training.data import DataError
from classifier.training.export import export
from classifier.training.fit import Encoded
from classifier.training.lessons import N_PARTS, Lesson, Lessons, Tuning, held_out

logger = logging.getLogger(__name__)
N_HEADLINE_EPOCHS = 2
SAID = "encoder_held_out.npz"
"""What the encoders of the parts say of the scored rows, in the order of the data folder's files, by model."""
ENCODER_FILES = ("encoder.onnx", "subwords.npz", SAID)


@dataclass(frozen=True)
class Untaught:
    """The encoder before teaching: its vocabulary and weights, and how it is taught."""

    subwords: Subwords
    weights: dict[str, Any]
    n_heads: int
    tuning: Tuning


def teach(
    start: Untaught,
    headlines: Lessons,
    lessons: Lessons,
    scored: Mapping[str, Sequence[Features]],
    out: Path,
    *,
    n_processes: int = 0,
) -> dict[str, Encoded]:
    """Write encoder.onnx and subwords.npz to `out`; return by name of the scored rows what strangers say of them.

    All encoders begin with the headlines, which are in no scored row: they learn early what good and bad news is.
    `n_processes` 0 means as many as there are processors.
    """
    context = get_context("spawn")
    n_processes = n_processes or len(os.sched_getaffinity(0))
    with ProcessPoolExecutor(n_processes, mp_context=context, initializer=_log_to_stderr) as pool:
        first = replace(start, tuning=replace(start.tuning, n_epochs=N_HEADLINE_EPOCHS))
        weights = pool.submit(tuned, first, headlines.without(None), "headlines").result()
        start = replace(start, weights=weights)
        whole = pool.submit(_teach_whole, start, lessons, out)
        parts = [
            pool.submit(
                _teach_without, start, lessons, part, {name: _chosen(rows, part) for name, rows in scored.items()}
            )
            for part in range(N_PARTS)
        ]
        said = {name: np.zeros((len(rows), len(LABELS)), np.float16) for name, rows in scored.items()}
        for part, result in enumerate(parts):
            for name, values in result.result().items():
                said[name][held_out(scored[name], part)] = values
        whole.result()
    np.savez_compressed(out / SAID, **said)  # type: ignore[arg-type]  # numpy's stub takes allow_pickle first
    return taught_before(out, scored)


def taught_before(folder: Path, scored: Mapping[str, Sequence[Features]]) -> dict[str, Encoded]:
    """Return what `teach` wrote to a folder. Raises DataError when it is missing or does not fit the rows."""
    try:
        encoder = load_encoder(folder)
        with np.load(folder / SAID) as stored:
            said = {name: stored[name].astype(np.float64) for name in scored}
    except (OSError, KeyError, ValueError, RuntimeError) as error:
        raise DataError(f"the encoder in {folder} cannot be read: {error}") from error
    for name, rows in scored.items():
        if len(said[name]) != len(rows):
            raise DataError(f"{folder / SAID} has {len(said[name])} rows of {name}, the data folder {len(rows)}")
    return {name: Encoded(encoder, values) for name, values in said.items()}


def tuned(start: Untaught, lessons: Sequence[Lesson], name: str) -> dict[str, Any]:
    """Return the weights after teaching. Raises DataError when torch is missing."""
    try:
        from classifier.training.tuning import tune  # noqa: PLC0415 - torch is large and only training needs it
    except ModuleNotFoundError as error:
        raise DataError(f"{error}: install the extra 'train' of this package") from error
    return tune(start.weights, start.n_heads, lessons, start.tuning, name)


def write_encoder(start: Untaught, weights: dict[str, Any], folder: Path) -> None:
    """Write the taught encoder and its vocabulary."""
    export(weights, start.n_heads, folder / "encoder.onnx")
    save_subwords(folder, start.subwords)


def _chosen(rows: Sequence[Features], part: int) -> list[Features]:
    return [rows[i] for i in held_out(rows, part)]


def _log_to_stderr() -> None:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")


def _teach_whole(start: Untaught, lessons: Lessons, out: Path) -> None:
    weights = tuned(start, lessons.without(None), "whole")
    write_encoder(start, weights, out)
    size = (out / "encoder.onnx").stat().st_size
    logger.info(
        "encoder: %d layers, %d pieces, %.1f MB", len(weights["layers"]), len(start.subwords.pieces), size / 1e6
    )


def _teach_without(
    start: Untaught, lessons: Lessons, part: int, asked: Mapping[str, Sequence[Features]]
) -> dict[str, NDArray[np.float32]]:
    """Return what an encoder says that is taught and stored like the packaged one, but never saw the part."""
    weights = tuned(start, lessons.without(part), f"without part {part}")
    with TemporaryDirectory() as folder:
        write_encoder(start, weights, Path(folder))
        encoder = load_encoder(Path(folder))
        return {name: encoder.decisions(rows) for name, rows in asked.items()}
