"""A small mark of an article's words, by which it is known again under another address and after an edit."""

import hashlib
import re

SIZE = 32
RUN = 4
SAME_SHARE = 0.25
"""Two articles of one outlet share a few runs of four words at most (a credit line); an edited one keeps most."""

_WORD = re.compile(r"\w+")


def sketch_of(title: str, text: str) -> tuple[str, ...]:
    """Return the `SIZE` smallest hashes of all runs of four words, in order: a bottom-k sketch."""
    words = _WORD.findall(f"{title} {text}".lower())
    runs = {" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))}
    return tuple(sorted(hashlib.sha256(run.encode()).hexdigest()[:10] for run in runs)[:SIZE])


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Return an estimate of the share of common runs among all, 0 to 1."""
    union = sorted(set(one) | set(other))[:SIZE]
    both = set(one) & set(other)
    return sum(each in both for each in union) / len(union) if union else 0.0


def same_story(sketch: tuple[str, ...], title: str, text: str) -> bool:
    """Whether a text is the one that the sketch was made of, edited perhaps."""
    return likeness(sketch, sketch_of(title, text)) >= SAME_SHARE
