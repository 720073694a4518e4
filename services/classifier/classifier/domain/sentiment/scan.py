"""Reads a stretch of text for the lexicon: which groups, negated or reversed, and which polarity in sum."""

import re
from collections.abc import Sequence

from classifier.domain.sentiment.lexicon import BLAME_VERBS, HELP_VERBS, NEGATIONS, groups_of, is_form_of
from classifier.domain.text import word_set

WORD = re.compile(r"[a-zà-ÿ]+(?:-[a-zà-ÿ]+)?|\d+|[\",.:()?!“”]")
NEGATIVE = frozenset(
    {"harm", "crime", "corruption", "disaster", "complaint", "failure", "decline", "sanction", "conflict"}
)
POSITIVE = frozenset({"award", "help", "growth", "praise", "success", "launch"})
REVERSERS = word_set("""cegah antisipasi tekan turun kurang pangkas atas berantas hapus bebas tangani tangan
    pulih sembuh entas
    minimal kendali hindar lawan selamat cabut akhir hilang tanggulang basmi redam mitigasi""")
_NEGATION_REACH = 3
_REVERSAL_REACH = 4


def words_of(text: str) -> list[str]:
    """Return words, numbers and marks in lower case."""
    return WORD.findall(text.lower())


def scan(words: Sequence[str], zone: str, out: dict[str, float], *, cap: float = 3.0) -> None:
    """Add the counts of groups in a zone to `out`, capped, with negated and reversed ones apart."""
    negated = reversed_ = 0
    good = bad = 0.0
    for word in words:
        if word in NEGATIONS:
            negated = _NEGATION_REACH
            _add(out, f"{zone}neg", 1, cap)
            continue
        groups = groups_of(word)
        for group in groups:
            mark = "-" if negated else "~" if reversed_ and group in NEGATIVE else ""
            _add(out, f"{zone}{group}{mark}", 1, cap)
            sign = (group in POSITIVE) - (group in NEGATIVE)
            sign = -sign if mark else sign
            good, bad = good + (sign > 0), bad + (sign < 0)
        if is_form_of(word, BLAME_VERBS):
            _add(out, f"{zone}blame{'-' if negated else ''}", 1, cap)
        if is_form_of(word, HELP_VERBS):
            _add(out, f"{zone}helps{'-' if negated else ''}", 1, cap)
        negated = max(0, negated - 1)
        reversed_ = _REVERSAL_REACH if is_form_of(word, REVERSERS) else max(0, reversed_ - 1)
    if good or bad:
        out[f"{zone}balance"] = (good - bad) / (good + bad + 1)
        out[f"{zone}good"] = min(good, 4) / 2
        out[f"{zone}bad"] = min(bad, 4) / 2


def first_group(words: Sequence[str], reach: int) -> tuple[str, ...]:
    """Return the groups of the first word within reach that has any."""
    for word in words[:reach]:
        groups = groups_of(word)
        if groups:
            return groups
    return ()


def _add(out: dict[str, float], key: str, value: float, cap: float) -> None:
    out[key] = min(cap, out.get(key, 0.0) + value)
