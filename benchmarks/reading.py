"""How fast articles are read, against a plain n-gram model that reads nothing but the tone; one thread, one run.

    python benchmarks/reading.py --data ../shared/data

Prints articles per second of both over the same articles of 300 words, their ratio, and the time of single articles.
The plain model is what anyone would try first: word and character n-grams with a linear SVM (scikit-learn), trained on
tone.jsonl. The pipeline does all of it: linking, language, tone, the sentiment toward every body, severity, evidence.

The models learnt from these articles, so the linear ones hesitate less here than on new ones and ask the encoder less
often. So a second pipeline asks it about every text: reading cannot be slower, and new articles lie between.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

# Before numpy: the figure is that of one core.
os.environ.update({"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"})

from classifier.adapters.packaged import build_reader
from classifier.domain.article import ArticleText
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

N_WORDS = 300
N_ARTICLES = 512
N_SINGLE = 200
ROUNDS = 3
BATCH = 64


def articles_of(data: Path) -> list[ArticleText]:
    """Return the first articles that have 300 words, cut to them."""
    out: list[ArticleText] = []
    with (data / "news" / "articles.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            words = row["text"].split(" ")
            if len(words) >= N_WORDS:
                out.append(ArticleText(row["title"], " ".join(words[:N_WORDS])))
            if len(out) == N_ARTICLES:
                break
    return out


def plain_model(data: Path) -> Any:
    """Return the trained n-gram model."""
    rows = [json.loads(line) for line in (data / "news" / "tone.jsonl").read_text("utf-8").splitlines()]
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    model = make_pipeline(make_union(words, letters), LinearSVC())
    return model.fit([f"{row['title']} {row['lead']}" for row in rows], [row["tone"] for row in rows])


def rate(do: Callable[[Sequence[ArticleText]], object], articles: Sequence[ArticleText]) -> float:
    """Return articles per second, all of them in batches."""
    begun = time.perf_counter()
    for at in range(0, len(articles), BATCH):
        do(articles[at : at + BATCH])
    return len(articles) / (time.perf_counter() - begun)


def main() -> int:
    """Measure in turns, so that a busy moment of the machine falls on both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--models", type=Path, default=None)
    args = parser.parse_args()
    articles, plain = articles_of(args.data), plain_model(args.data)
    begun = time.perf_counter()
    reader, _ = build_reader(args.models)
    load_s = time.perf_counter() - begun
    read, predict = reader.read, plain.predict
    slowest = build_reader(args.models, margin=float("inf"))[0].read
    list(read(articles[:BATCH]))
    list(slowest(articles[:BATCH]))
    pairs = [
        (
            rate(lambda part: list(read(part)), articles),
            rate(lambda part: list(slowest(part)), articles),
            rate(lambda part: predict([f"{one.title} {one.text}" for one in part]), articles),
        )
        for _ in range(ROUNDS)
    ]
    full, always, bare = (statistics.median(values) for values in zip(*pairs, strict=True))
    single_ms = []
    for article in articles[:N_SINGLE]:
        begun = time.perf_counter()
        list(read([article]))
        single_ms.append((time.perf_counter() - begun) * 1_000)
    single_ms.sort()
    print(f"articles of {N_WORDS} words, one thread, median of {ROUNDS} rounds over {len(articles)}")
    print(f"pipeline   {full:7.1f} articles/s in batches of {BATCH}; loading {load_s:.1f} s")
    print(f"slowest    {always:7.1f} articles/s, the encoder asked about every text")
    print(f"plain SVM  {bare:7.1f} articles/s, the tone alone")
    print(f"ratio      {full / bare:7.2f} of the plain model's rate")
    print(
        f"single     {statistics.median(single_ms):7.1f} ms median, {single_ms[int(len(single_ms) * 0.95)]:.1f} ms p95"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
