"""What an answer to /robots.txt means (RFC 9309): rules to follow, everything allowed, or wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

USER_AGENT_TOKEN = "PantauJatim"  # noqa: S105 - a product token, not a secret


class Answer(StrEnum):
    """How /robots.txt answered. `wait`: the host could not say, so nothing is fetched for now."""

    RULES = "rules"
    ALLOW_ALL = "allow_all"
    WAIT = "wait"


class Access(StrEnum):
    """What is decided for one URL."""

    ALLOWED = "allowed"
    DISALLOWED = "disallowed"
    WAIT = "wait"


@dataclass(frozen=True)
class RobotsTerms:
    """How long an answer is believed. A host that cannot say is asked after `first_wait_s`, doubling to `wait_s`."""

    expiry_s: float = 24 * 3_600
    first_wait_s: float = 5
    wait_s: float = 600


def read_status(status: int | None) -> Answer:
    """Decide by the HTTP status; None means that no answer came.

    A client error means that there are no rules. A server error or 429 means that the host may have rules and
    cannot say so now.
    """
    if status is None or status == 429 or status >= 500:
        return Answer.WAIT
    return Answer.RULES if 200 <= status < 300 else Answer.ALLOW_ALL


def believed_until(answer: Answer, now: datetime, terms: RobotsTerms, *, failures: int = 0) -> datetime:
    """Return when the host is asked again; `failures` are the answers in a row, this one included, that were "wait"."""
    if answer is not Answer.WAIT:
        return now + timedelta(seconds=terms.expiry_s)
    return now + timedelta(seconds=min(terms.wait_s, terms.first_wait_s * 2 ** min(max(failures - 1, 0), 20)))
