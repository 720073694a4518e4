"""Bonds among many articles, found by the same keys under which Elasticsearch is asked for candidates."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta

from search.stories.domain.likeness import COPY_WINDOW, STORY_WINDOW, Comparable, Likeness, likeness

SHARED_KEY_WORDS = 3


def candidate_pairs(articles: Mapping[str, Comparable]) -> Iterator[tuple[str, str]]:
    """Yield pairs that share a band within the window of copies, or three key words within that of stories."""
    bands: defaultdict[str, list[str]] = defaultdict(list)
    words: defaultdict[str, list[str]] = defaultdict(list)
    for name, article in articles.items():
        alike = Counter(other for word in article.signature.key_words for other in words[word])
        found = {other for band in article.signature.bands for other in bands[band]}
        found = {other for other in found if _apart(articles, name, other) <= COPY_WINDOW}
        found |= {
            other
            for other, shared in alike.items()
            if shared >= SHARED_KEY_WORDS and _apart(articles, name, other) <= STORY_WINDOW
        }
        yield from ((other, name) for other in sorted(found))
        for band in article.signature.bands:
            bands[band].append(name)
        for word in article.signature.key_words:
            words[word].append(name)


def _apart(articles: Mapping[str, Comparable], one: str, other: str) -> timedelta:
    return abs(articles[one].published_at - articles[other].published_at)


def bonds_of(articles: Mapping[str, Comparable]) -> dict[tuple[str, str], Likeness]:
    """Return what was found between the articles, by the pair of their names in order."""
    found: dict[tuple[str, str], Likeness] = {}
    for one, other in candidate_pairs(articles):
        alike = likeness(articles[one], articles[other])
        if alike is not None:
            found[min(one, other), max(one, other)] = alike
    return found
