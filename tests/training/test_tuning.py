"""Teaching the encoder, with torch: run by `make test-training`, which installs it; the other tests do without."""

from pathlib import Path

import numpy as np
import pytest
from classifier.adapters.encoder import Encoder, Pieces, load_encoder
from classifier.adapters.subwords import BEGIN, END, Subwords
from classifier.training.lessons import Lesson, Tuning
from classifier.training.teaching import Untaught, tuned, write_encoder

WIDTH, INNER, N_HEADS, N_LAYERS, N_PIECES = 32, 64, 2, 2, 12
SUBWORDS = Subwords(["<s>", "<pad>", "</s>", "<unk>", *"\u2581abcdefg"], [0.0] * 4 + [-1.0] * 8)
GOOD, BAD = 5, 6


@pytest.fixture(scope="module")
def start() -> Untaught:
    random = np.random.default_rng(1)

    def matrix(*shape: int) -> np.ndarray:
        return (random.standard_normal(shape) * 0.1).astype(np.float32)

    def layer() -> dict[str, np.ndarray]:
        one, zero = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)
        return {
            "qkv_w": matrix(WIDTH, 3 * WIDTH),
            "qkv_b": matrix(3 * WIDTH),
            "out_w": matrix(WIDTH, WIDTH),
            "out_b": zero,
            "n1_w": one,
            "n1_b": zero,
            "up_w": matrix(WIDTH, INNER),
            "up_b": matrix(INNER),
            "down_w": matrix(INNER, WIDTH),
            "down_b": zero,
            "n2_w": one,
            "n2_b": zero,
        }

    weights = {
        "word": matrix(N_PIECES, WIDTH),
        "place": matrix(64, WIDTH),
        "norm_w": np.ones(WIDTH, np.float32),
        "norm_b": np.zeros(WIDTH, np.float32),
        "layers": [layer() for _ in range(N_LAYERS)],
    }
    return Untaught(SUBWORDS, weights, N_HEADS, Tuning(n_epochs=30, rate=2e-3, head_rate=1e-2, n_rows=8))


def text(piece: int, task: int, *, marked: int = 1) -> Pieces:
    """Return a text of two words of which one is marked; what the marked one is decides the second task."""
    other = GOOD + BAD - piece
    words = (piece, other) if marked == 1 else (other, piece)
    return Pieces((BEGIN, *words, END), tuple(i == marked for i in range(4)), task)


def lessons() -> list[Lesson]:
    out: list[Lesson] = []
    for piece, share in ((GOOD, (0.0, 0.0, 1.0)), (BAD, (1.0, 0.0, 0.0))):
        alone = Pieces((BEGIN, piece, END), (False, True, False), 0)
        out += [Lesson(alone, share, 1.0), *(Lesson(text(piece, 1, marked=at), share, 1.0) for at in (1, 2))]
    return out * 4


def taught(start: Untaught, folder: Path) -> Encoder:
    folder.mkdir(exist_ok=True)
    write_encoder(start, tuned(start, lessons(), "small"), folder)
    return load_encoder(folder)


def test_it_learns_both_tasks_and_who_is_marked(start: Untaught, tmp_path: Path) -> None:
    encoder = taught(start, tmp_path)
    for piece, label in ((GOOD, 2), (BAD, 0)):
        assert encoder.decide(Pieces((BEGIN, piece, END), (False, True, False), 0)).argmax() == label
        for at in (1, 2):
            assert encoder.decide(text(piece, 1, marked=at)).argmax() == label


def test_the_same_lessons_give_the_same_bytes(start: Untaught, tmp_path: Path) -> None:
    for name in ("one", "two"):
        taught(start, tmp_path / name)
    assert (tmp_path / "one" / "encoder.onnx").read_bytes() == (tmp_path / "two" / "encoder.onnx").read_bytes()
