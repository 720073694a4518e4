"""Trains word vectors on unlabelled news: pointwise mutual information of neighbours, cut to a few dimensions."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from sklearn.utils.extmath import randomized_svd

from classifier.adapters.words import WordVectors
from classifier.training.data import DataError, read_rows

N_DIMS = 128
N_WORDS = 14_000
LEAST_COUNT = 5
REACH = 6
"""Neighbours up to so many words away count, nearer ones more."""
_CONTEXT_POWER = 0.75
_SEED = 0


def corpus_texts(data: Path) -> list[str]:
    """Return the unlabelled texts: full news articles, business headlines, comments. Raises DataError."""
    texts = [f"{row['title']} . {row['text']}" for _, row in read_rows(data / "news" / "articles.jsonl")]
    try:
        with (data / "sentiment" / "cnbci" / "Dataset_dataset.csv").open(encoding="utf-8", newline="") as lines:
            texts += [row["judul"] for row in csv.DictReader(lines)]
        comments = (data / "sentiment" / "smsa" / "train_preprocess.tsv").read_text(encoding="utf-8")
    except (OSError, KeyError) as error:
        raise DataError(f"unlabelled texts: {error}") from error
    texts += [line.rsplit("\t", 1)[0] for line in comments.splitlines()]
    return texts


def train_words(
    texts: Sequence[Sequence[str]], *, n_dims: int = N_DIMS, n_words: int = N_WORDS, least_count: int = LEAST_COUNT
) -> WordVectors:
    """Return vectors of the most frequent words."""
    counts = Counter(word for text in texts for word in text)
    frequent = [word for word, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n >= least_count]
    words = frequent[:n_words]
    matrix = _associations(_neighbours(texts, words))
    left, strengths, _ = randomized_svd(matrix, min(n_dims, len(words) - 1), n_iter=3, random_state=_SEED)
    vectors = left * np.sqrt(strengths)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    n_all = sum(counts.values())
    shares = np.asarray([counts[word] / n_all for word in words], dtype=np.float32)
    # Through the stored precision, so that training and reading see the same numbers.
    return WordVectors(words, vectors.astype(np.float16).astype(np.float32), shares)


def _neighbours(texts: Iterable[Sequence[str]], words: Sequence[str]) -> csr_matrix:
    index = {word: i for i, word in enumerate(words)}
    rows, columns, weights = [], [], []
    for text in texts:
        known = np.asarray([index.get(word, -1) for word in text], dtype=np.int32)
        for distance in range(1, REACH + 1):
            first, second = known[:-distance], known[distance:]
            both = (first >= 0) & (second >= 0)
            rows.append(first[both])
            columns.append(second[both])
            weights.append(np.full(int(both.sum()), distance**-0.5))
    row, column, weight = np.concatenate(rows), np.concatenate(columns), np.concatenate(weights)
    shape = (len(words), len(words))
    return csr_matrix(coo_matrix((np.r_[weight, weight], (np.r_[row, column], np.r_[column, row])), shape=shape))


def _associations(counts: csr_matrix) -> csr_matrix:
    counts.sum_duplicates()
    totals = np.asarray(counts.sum(axis=1)).ravel()
    contexts = totals**_CONTEXT_POWER
    pairs = counts.tocoo()
    values = np.log(pairs.data * contexts.sum() / (totals[pairs.row] * contexts[pairs.col]))
    kept = values > 0
    return csr_matrix((values[kept], (pairs.row[kept], pairs.col[kept])), shape=counts.shape)
