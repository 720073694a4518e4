"""The table of words: in how many articles of a sample of Indonesian news each one stands.

It is a file of the package and not counted from what is indexed: how much two articles are alike must not depend
on what else is there. `docs/decisions` says how it was made.
"""

from functools import cache
from importlib.resources import files

from search.stories.domain.signature import WordWeights


@cache
def word_weights() -> WordWeights:
    """Return the packaged table. Its first line has the number of articles."""
    lines = (files("search.stories") / "data" / "words.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    return WordWeights(int(rows[0][1]), {word: int(count) for word, count in rows[1:]})
