"""What follows from a visit that brought no article: try again, give up, or leave everything as it is."""

from dataclasses import dataclass
from datetime import datetime

from contract.outcomes import Outcome

from collector.domain.fetching import Failure, Problem
from collector.domain.fingerprint import Fingerprint
from collector.domain.revisit import RevisitTerms, next_try, next_visit


@dataclass(frozen=True)
class Later:
    """Nothing to tell yet. `visit_at` None: not again by itself."""

    visit_at: datetime | None
    failures: int


@dataclass(frozen=True)
class Dispose:
    """The end for now: an outcome with its reason code and words. `visit_at` as in Later."""

    outcome: Outcome
    reason: str
    detail: str
    visit_at: datetime | None = None


_READABLE_CODES = {404: "gone", 410: "gone", 401: "forbidden", 403: "forbidden", 451: "forbidden", 402: "paywall"}


def after_failure(
    known: Fingerprint, failure: Failure, now: datetime, terms: RevisitTerms, *, luck: float
) -> Later | Dispose:
    """Decide after a fetch that failed; for a known article: that brought no sign of a vanishing (`vanishing`).

    `luck` in [0, 1) spreads the next try.
    """
    failures = known.failures + 1
    if known.published or known.outcome is not None:
        again = next_visit(known.first_seen_at, now, terms)
        if failure.temporary and failure.status != 404 and failures < terms.attempts:
            again = next_try(failures, now, terms, retry_after_s=failure.retry_after_s, luck=luck)
        return Later(again, failures)
    if not failure.temporary:
        return Dispose(Outcome.REJECTED, _code(failure), failure.detail)
    limit = terms.gone_attempts if failure.status == 404 else terms.attempts
    if failures < limit:
        return Later(next_try(failures, now, terms, retry_after_s=failure.retry_after_s, luck=luck), failures)
    if failure.status == 404:
        return Dispose(Outcome.REJECTED, "gone", f"{failures} visits answered 404")
    return Dispose(Outcome.DEAD, _code(failure), f"{failures} visits failed, the last: {failure.detail}")


def after_rejection(
    known: Fingerprint, reason: str, detail: str, now: datetime, terms: RevisitTerms
) -> Later | Dispose:
    """Decide after a page was read and is no article. It is looked at again, since flash news grows."""
    again = next_visit(known.first_seen_at, now, terms)
    if known.published or (known.outcome is Outcome.REJECTED and known.reason == reason):
        return Later(again, 0)
    return Dispose(Outcome.REJECTED, reason, detail, again)


def _code(failure: Failure) -> str:
    if failure.problem is Problem.HTTP and failure.status in _READABLE_CODES:
        return _READABLE_CODES[failure.status]
    return failure.code
