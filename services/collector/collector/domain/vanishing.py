"""Whether the page of a known article is gone: what is a sign of it, how many make it certain, when to look again.

Only the outlet's own word counts: 410, 404, a redirect of the article's address within the site to the front page, a
listing or another article, or a page that says "tidak ditemukan". A server's trouble, robots.txt, a paywall, a limit,
a network that does not answer, and a redirect out of the site (a blocking page, a parked name) are never a sign.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from contract.values import Vanishing

from collector.domain.fetching import Failure, Problem
from collector.domain.fingerprint import Absence, Fingerprint
from collector.domain.revisit import RevisitTerms, next_visit
from collector.domain.sketch import same_story
from collector.extract.kind import says_missing
from collector.extract.model import RejectReason
from collector.extract.urls import canonical_url, is_front_page, registrable_domain, shared_numbers

MAX_SIGHTINGS = 20
"""Times of sightings that are kept, and told; the contract takes no more."""
MAX_WAIT_S = 6 * 3_600.0
CERTAIN_410 = 2
"""410 says "for good", so a second one soon after is enough."""


@dataclass(frozen=True)
class Sign:
    """One sighting: how the page seems to have gone, where its address led, and what was seen there, for a person."""

    how: Vanishing
    url: str
    evidence: str


@dataclass(frozen=True)
class Witness:
    """An article that was read at `read_at`, as known since `first_seen_at`."""

    article_id: str
    first_seen_at: datetime
    read_at: datetime


@dataclass(frozen=True)
class Sighted:
    """What follows from a sign: the state to keep, when to look again, and whether it is told now."""

    absence: Absence
    visit_at: datetime | None
    tell: bool


def sign_in_failure(known: Fingerprint, failure: Failure) -> Sign | None:
    """Return the sign in a fetch that failed: 404 and 410 of the article's own site alone."""
    how = {404: Vanishing.NOT_FOUND_404, 410: Vanishing.GONE_410}.get(failure.status or 0)
    if failure.further or failure.problem is not Problem.HTTP or how is None or not _same_site(known, failure.url):
        return None
    return Sign(how, failure.url, f"HTTP {failure.status}")


def sign_in_rejected(known: Fingerprint, url: str, reason: str, missing: str | None) -> Sign | None:
    """Return the sign in a page that is no article. `missing` is the line with which it says so, if it does."""
    if not _same_site(known, url):
        return None
    away = led_away(known, url)
    if away and (is_front_page(canonical_url(url)) or reason == RejectReason.FRONT_PAGE):
        return Sign(Vanishing.REDIRECT_HOME, url, f"redirect to {url}")
    if missing is not None:
        return Sign(Vanishing.SOFT_404, url, missing)
    if away and reason == RejectReason.LISTING:
        return Sign(Vanishing.REDIRECT_SECTION, url, f"redirect to {url}")
    return None


def sign_in_same_address(known: Fingerprint, url: str, title: str, text: str) -> Sign | None:
    """Return the sign in a page at the article's own address that reads as an article but is an error page.

    Its headline says that the page does not exist, and nothing of the article is left in its text.
    """
    if says_missing((title,), 0) is None or not known.sketch or same_story(known.sketch, title, text):
        return None
    return Sign(Vanishing.SOFT_404, url, title[:200])


def sign_in_article(known: Fingerprint, url: str, canonical: str, title: str, text: str) -> Sign | None:
    """Return the sign in a page that is an article of another address: only a redirect to another story is one."""
    if not led_away(known, url) or not _same_site(known, url) or not known.sketch:
        return None
    if is_same(known, url, canonical, title, text):
        return None
    return Sign(Vanishing.REDIRECT_ARTICLE, url, f"redirect to {url}: {title}"[:500])


def is_same(known: Fingerprint, url: str, canonical: str, title: str, text: str) -> bool:
    """Whether a page under another address is this article, moved: the same number in the URL, or the same words."""
    addresses = (known.url, known.canonical_url)
    numbered = any(shared_numbers(mine, other) for mine in addresses for other in (url, canonical))
    return numbered or same_story(known.sketch, title, text)


def led_away(known: Fingerprint, url: str) -> bool:
    """Whether the article's address led to another one, tracking parameters and the like apart."""
    return canonical_url(url) not in (known.canonical_url, canonical_url(known.url))


def _same_site(known: Fingerprint, url: str) -> bool:
    return registrable_domain(url) == registrable_domain(known.canonical_url)


def after_sign(
    known: Fingerprint, sign: Sign, now: datetime, terms: RevisitTerms, witnesses: Iterable[Witness] = ()
) -> Sighted:
    """Decide after a sighting: count it, or wait; tell when it is certain; once told, look again ever more seldom.

    A sighting that comes sooner than the wait asks (because a feed said something) is not counted: many 404 within
    a minute are one restart of a server. But for 410, it is only told when a `witness`, another article of the outlet
    as old as the suspicion, was read since it began: else the whole outlet may be down or moved. Without any it is told
    after `terms.alone_s`.
    """
    old = known.absence
    if old is not None and old.told_at is not None:
        return Sighted(old, next_visit(known.gone_at or now, now, terms), tell=False)
    wait_s = _wait_s(sign.how, 1, terms)
    if old is None or old.how is not sign.how:
        old = Absence(sign.how, sign.url, sign.evidence)
    elif (now - old.seen_at[-1]).total_seconds() < wait_s * 0.9:
        return Sighted(old, old.seen_at[-1] + timedelta(seconds=wait_s), tell=False)
    seen_at = (*old.seen_at, now)[-MAX_SIGHTINGS:]
    absence = replace(old, url=sign.url, evidence=sign.evidence[:500], seen_at=seen_at)
    enough = len(seen_at) >= certain_after(sign.how, terms)
    if not enough or not _stands(known, absence, now, terms, witnesses):
        return Sighted(absence, now + timedelta(seconds=_wait_s(sign.how, len(seen_at), terms)), tell=False)
    return Sighted(replace(absence, told_at=now), next_visit(known.gone_at or now, now, terms), tell=True)


def _stands(
    known: Fingerprint, absence: Absence, now: datetime, terms: RevisitTerms, witnesses: Iterable[Witness]
) -> bool:
    since = absence.seen_at[0]
    if absence.how is Vanishing.GONE_410 or (now - (known.gone_at or since)).total_seconds() >= terms.alone_s:
        return True
    return any(one.article_id != known.article_id and one.first_seen_at <= since <= one.read_at for one in witnesses)


def certain_after(how: Vanishing, terms: RevisitTerms) -> int:
    """Return how many sightings in a row make it certain."""
    return CERTAIN_410 if how is Vanishing.GONE_410 else max(CERTAIN_410, terms.gone_attempts)


def _wait_s(how: Vanishing, seen: int, terms: RevisitTerms) -> float:
    if how is Vanishing.GONE_410:
        return min(terms.retry_wait_s, terms.gone_wait_s)
    return min(terms.gone_wait_s * 2.0 ** (seen - 1), MAX_WAIT_S)


def told_gone(known: Fingerprint) -> bool:
    """Whether it was told that the page is gone, and not yet that it is back."""
    return known.absence is not None and known.absence.told_at is not None


def present(known: Fingerprint) -> Fingerprint:
    """Return the document of a page that is there."""
    return replace(known, gone_at=None, absence=None)
