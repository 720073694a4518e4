"""When a page is visited again: soon after its birth, then ever more seldom, then never by itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit


@dataclass(frozen=True)
class RevisitTerms:
    """The wait after a visit is the article's age times `growth`, at least `min_s`; ends at the age of `horizon_s`.

    `told_gap_s` is the shortest time between two visits that a source's word ("modified") may cause.
    `retry_wait_s` is the first wait after a failed visit; it doubles up to `retry_max_s`. `attempts` failed visits of a
    page that was never read, and `gone_attempts` answers of 404, are its end. Between two signs that a known article's
    page is gone lie `gone_wait_s`, doubling: an outlet's restart, which answers 404 for minutes, is no vanishing.
    After `alone_s` it is told even though no other article of the outlet could be read.
    """

    min_s: float = 600
    growth: float = 1.0
    horizon_s: float = 7 * 24 * 3_600
    told_gap_s: float = 60
    retry_wait_s: float = 30
    retry_max_s: float = 3_600
    attempts: int = 10
    gone_attempts: int = 3
    gone_wait_s: float = 300
    alone_s: float = 24 * 3_600


@dataclass(frozen=True)
class RevisitPolicy:
    """The terms by host: `quick_hosts` (`host:port` as in URLs) are our own, such as the sample newsroom."""

    usual: RevisitTerms
    quick: RevisitTerms
    quick_hosts: frozenset[str] = frozenset()

    def for_url(self, url: str) -> RevisitTerms:
        return self.quick if self.quick_hosts and urlsplit(url).netloc.lower() in self.quick_hosts else self.usual


def next_visit(first_seen_at: datetime, now: datetime, terms: RevisitTerms) -> datetime | None:
    """Return the time of the next visit after one that worked, or None when the article is past the horizon."""
    age_s = max(0.0, (now - first_seen_at).total_seconds())
    wait_s = max(terms.min_s, age_s * terms.growth)
    return now + timedelta(seconds=wait_s) if age_s + wait_s <= terms.horizon_s else None


def next_try(
    failures: int, now: datetime, terms: RevisitTerms, *, retry_after_s: float | None, luck: float
) -> datetime:
    """Return the time of the next try after so many failures in a row: doubling, the upper half at random."""
    ceiling = min(terms.retry_max_s, terms.retry_wait_s * 2 ** min(max(failures - 1, 0), 30))
    return now + timedelta(seconds=max(ceiling * (0.5 + luck / 2), min(retry_after_s or 0.0, 24 * 3_600)))


def may_follow_word(visited_at: datetime | None, now: datetime, terms: RevisitTerms) -> bool:
    """Whether a source's word that an article changed may be followed already."""
    return visited_at is None or (now - visited_at).total_seconds() >= terms.told_gap_s
