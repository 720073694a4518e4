"""`python -m classifier method`: does the method hold where others published figures? SmSA, its own three parts.

IndoNLU (Wilie et al. 2020) gives macro-F1 for comments: fastText 82.1, IndoBERT base 87.7. Nothing of SmSA is in the
packaged models.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from contract.messages import Sentiment
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from classifier.adapters.encoder import TONE_TASK, Encoder, Pieces, load_encoder
from classifier.adapters.linear import LABELS
from classifier.adapters.subwords import BEGIN, END, Subwords
from classifier.adapters.vectors import BlockSpec, VectorSpec, fit_vectors
from classifier.domain.sentiment.features import Features
from classifier.training.data import DataError
from classifier.training.fit import Recipe, choose_voice, fit_rows
from classifier.training.lessons import Lesson, Tuning
from classifier.training.pretrained import N_PLACES, cut, load_pretrained, used_pieces
from classifier.training.teaching import Untaught, tuned, write_encoder

COMMENTS = Recipe(
    name="comments",
    spec=VectorSpec(
        blocks=(
            BlockSpec(text=0, analyzer="word", shortest=1, longest=2, bits=18, scale=1.0, min_df=2),
            BlockSpec(text=0, analyzer="char_wb", shortest=2, longest=5, bits=18, scale=1.0, min_df=2),
        ),
        mark_bits=1,
        mark_scale=0.0,
    ),
    c=4.0,
    margin=100.0,
)
Part = tuple[list[str], NDArray[np.int64]]


def check_method(data: Path) -> str:
    """Train on SmSA's training part, weigh the two voices on its validation part, return figures of its test part.

    Raises DataError for a file that is missing or has a row that cannot be read.
    """
    parts = {name: _read(data / "sentiment" / "smsa" / f"{name}_preprocess.tsv") for name in ("train", "valid", "test")}
    linear = _linear(parts)
    encoded = _encoded(parts)
    voice = choose_voice(COMMENTS, linear["valid"], encoded["valid"], parts["valid"][1])
    labels = parts["test"][1]
    both = voice.blend(linear["test"], encoded["test"])
    figures = {"n-grams alone": linear["test"], "encoder alone": encoded["test"], "both": both}
    lines = [
        f"  {name}: macro-F1 {f1_score(labels, values.argmax(axis=1), average='macro'):.3f}"
        for name, values in figures.items()
    ]
    return "\n".join([f"SmSA test, {len(labels)} comments (the encoder counts {voice.scale}):", *lines])


def _read(path: Path) -> Part:
    texts, labels = [], []
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            text, _, label = line.rpartition("\t")
            labels.append(LABELS.index(Sentiment(label.strip())))
            texts.append(text)
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: {error}") from error
    return texts, np.asarray(labels)


def _linear(parts: dict[str, Part]) -> dict[str, NDArray[Any]]:
    features = {name: [Features((text,), {}) for text in texts] for name, (texts, _) in parts.items()}
    vectors = fit_vectors(COMMENTS.spec, features["train"], None)
    labels = parts["train"][1]
    weights, intercept = fit_rows(COMMENTS.c, vectors.rows(features["train"]), labels, np.ones(len(labels)))
    return {name: np.asarray(vectors.rows(rows) @ weights) + intercept for name, rows in features.items()}


def _encoded(parts: dict[str, Part]) -> dict[str, NDArray[Any]]:
    texts, labels = parts["train"]
    pretrained = load_pretrained()
    subwords, weights = cut(pretrained, used_pieces(pretrained.subwords, texts))
    shares = np.eye(len(LABELS))
    lessons = [
        Lesson(_pieces(subwords, text), tuple(shares[label]), 1.0) for text, label in zip(texts, labels, strict=True)
    ]
    start = Untaught(subwords, weights, pretrained.n_heads, Tuning(n_epochs=3))
    with TemporaryDirectory() as folder:
        write_encoder(start, tuned(start, lessons, "comments"), Path(folder))
        encoder = load_encoder(Path(folder))
        return {name: _read_all(encoder, subwords, parts[name][0]) for name in ("valid", "test")}


def _pieces(subwords: Subwords, text: str) -> Pieces:
    ids = (BEGIN, *subwords.ids(text, N_PLACES - 2), END)
    return Pieces(ids, (False,) * len(ids), TONE_TASK)


def _read_all(encoder: Encoder, subwords: Subwords, texts: list[str]) -> NDArray[Any]:
    return np.asarray([encoder.decide(_pieces(subwords, text)) for text in texts], dtype=np.float64)
