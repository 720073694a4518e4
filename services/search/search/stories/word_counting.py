"""Counts in how many articles each word stands: makes `data/words.tsv` anew.

    cd services/search/search/stories
    python -m search.stories.word_counting $SHARED/data/news/articles.jsonl > data/words.tsv

Another table makes other things alike: raise `SIGNATURE_VERSION` and run `python -m search stories --rebuild`.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from search.stories.domain.wording import wording_of

LEAST_ARTICLES = 6
"""Rarer words weigh alike, so they need no row; and no row gives away what few articles say."""


def table_of(articles: Iterable[tuple[str, str]]) -> str:
    """Return the table of articles given as (title, text). Numbers and single letters are left out."""
    counts: Counter[str] = Counter()
    total = 0
    for title, text in articles:
        wording = wording_of(title, text)
        counts.update({*wording.title, *wording.body})
        total += 1
    kept = sorted(
        word for word, count in counts.items() if count >= LEAST_ARTICLES and len(word) > 1 and not word[0].isdigit()
    )
    return f"#\t{total}\n" + "".join(f"{word}\t{counts[word]}\n" for word in kept)


def main() -> None:
    with Path(sys.argv[1]).open(encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines)
        sys.stdout.write(table_of((row["title"], row["text"]) for row in rows))


if __name__ == "__main__":
    main()
