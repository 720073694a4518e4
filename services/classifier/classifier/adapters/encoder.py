"""A transformer that reads a title with its lead, or a sentence with its target marked, and leans to a label.

It is a public one, cut, taught on labelled news and stored in 8 bits as an ONNX file; it runs on one thread. What it
leans to is one voice beside the linear model's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from classifier.adapters.subwords import BEGIN, END, UNKNOWN, Subwords
from classifier.domain.sentiment.features import Features, Window

FloatArray = NDArray[np.float32]
TONE_TASK, TARGET_TASK = 0, 1
N_TASKS = 2
MOST_TONE_PIECES = 44
"""Title and the beginning of the lead; more costs time in proportion."""
MOST_TITLE_PIECES = 30
MOST_TARGET_PIECES = 60
MOST_CONTEXT_TITLE_PIECES = 16
MOST_NAME_PIECES = 12


@dataclass(frozen=True, slots=True)
class Pieces:
    """What the encoder is asked: ids, for each whether it is marked (the title, or the target's name), and the task."""

    ids: tuple[int, ...]
    marked: tuple[bool, ...]
    task: int


def pieces_of(subwords: Subwords, features: Features) -> Pieces:
    """Return how features are put to the encoder: with a window for its target, without one for the tone."""
    if features.window is not None:
        return _target_pieces(subwords, features.window)
    return _tone_pieces(subwords, features.blocks[0], features.blocks[1])


def _tone_pieces(subwords: Subwords, title: str, lead: str) -> Pieces:
    head = [BEGIN, *subwords.ids(title, MOST_TITLE_PIECES), END]
    body = subwords.ids(lead, MOST_TONE_PIECES - 1 - len(head))
    ids = (*head, *body, END)
    return Pieces(ids, tuple(0 < i < len(head) - 1 for i in range(len(ids))), TONE_TASK)


def _target_pieces(subwords: Subwords, window: Window) -> Pieces:
    """Begin, title, end, the words around the target, end: cut at both sides so that the target stays."""
    head = [BEGIN, *subwords.ids(window.title, MOST_CONTEXT_TITLE_PIECES), END]
    name = subwords.ids(window.target, MOST_NAME_PIECES) or [UNKNOWN]
    room = MOST_TARGET_PIECES - 1 - len(head) - len(name)
    left = subwords.ids(f"{window.before} {window.left}", len(window.before) + len(window.left) + 1)
    right = subwords.ids(f"{window.right} {window.after}", room)
    right = right[: max(room - len(left), room // 2)]
    left = left[max(0, len(left) - (room - len(right))) :]
    ids = (*head, *left, *name, *right, END)
    first = len(head) + len(left)
    return Pieces(ids, tuple(first <= i < first + len(name) for i in range(len(ids))), TARGET_TASK)


class Encoder:
    """Reads one text at a time.

    The scale of the 8-bit values is found for each run, so a batch would make a reading depend on its neighbours.
    """

    def __init__(self, model: bytes, subwords: Subwords) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # The fused normalisation is slower than the plain one on short texts.
        self._session = onnxruntime.InferenceSession(
            model, options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
        )
        self._subwords = subwords
        self._n_labels = int(self._session.get_outputs()[0].shape[1])

    def decisions(self, features: Sequence[Features]) -> FloatArray:
        """Return a row for each with a value per label, the larger the likelier."""
        out = np.zeros((len(features), self._n_labels), dtype=np.float32)
        for i, item in enumerate(features):
            out[i] = self.decide(pieces_of(self._subwords, item))
        return out

    def decide(self, pieces: Pieces) -> FloatArray:
        """Return a value per label for one text."""
        feed = {
            "ids": np.asarray([pieces.ids], dtype=np.int64),
            "marked": np.asarray([pieces.marked], dtype=np.float32),
            "task": np.asarray([pieces.task], dtype=np.int64),
        }
        return np.asarray(self._session.run(None, feed)[0][0], dtype=np.float32)


def load_encoder(folder: Path) -> Encoder:
    """Return the encoder of a folder. Raises OSError, KeyError, ValueError or RuntimeError for other files."""
    return Encoder((folder / "encoder.onnx").read_bytes(), load_subwords(folder))


def load_subwords(folder: Path) -> Subwords:
    """Return the vocabulary of the encoder."""
    with np.load(folder / "subwords.npz", allow_pickle=False) as stored:
        pieces = stored["pieces"].tobytes().decode().split("\n")
        return Subwords(pieces, [float(score) for score in stored["scores"]])


def save_subwords(folder: Path, subwords: Subwords) -> None:
    """Write the vocabulary; the same vocabulary gives the same bytes."""
    np.savez_compressed(
        folder / "subwords.npz",
        pieces=np.frombuffer("\n".join(subwords.pieces).encode(), dtype=np.uint8),
        scores=np.asarray(subwords.scores, dtype=np.float32),
    )
