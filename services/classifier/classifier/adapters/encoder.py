"""A transformer that reads title and lead: the lower layers of a public one, 8-bit, in an ONNX file, on one thread.

What it makes of them are numbers that the linear model weighs with its other features.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from classifier.adapters.subwords import BEGIN, END, Subwords

FloatArray = NDArray[np.float32]
MOST_PIECES = 30
"""Title and the beginning of the lead; more costs time in proportion."""
MOST_TITLE_PIECES = 26


def input_pieces(subwords: Subwords, title: str, lead: str) -> tuple[list[int], int]:
    """Return the ids of begin, title, end, lead, end, cut to MOST_PIECES, and how many belong to the title."""
    head = [BEGIN, *subwords.ids(title, MOST_TITLE_PIECES), END]
    body = subwords.ids(lead, MOST_PIECES - 1 - len(head))
    return [*head, *body, END], len(head)


class Encoder:
    """Reads pairs of title and lead, one at a time.

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
        self.n_columns = int(self._session.get_outputs()[0].shape[1])

    def embed(self, texts: Sequence[tuple[str, str]]) -> FloatArray:
        """Return a row for each: the mean over all pieces, then that over the title's."""
        out = np.zeros((len(texts), self.n_columns), dtype=np.float32)
        for i, (title, lead) in enumerate(texts):
            pieces, n_title = input_pieces(self._subwords, title, lead)
            share = np.zeros((1, len(pieces)), dtype=np.float32)
            share[0, :n_title] = 1.0 / n_title
            feed = {"ids": np.asarray([pieces], dtype=np.int64), "title": share}
            out[i] = self._session.run(None, feed)[0][0]
        return out


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
