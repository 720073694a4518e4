"""Whether a page that was read is new, a changed article, a copy, or nothing new; and who had a content first."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from contract.outcomes import Outcome

from collector.domain.fingerprint import Claim, Fingerprint


@dataclass(frozen=True)
class Unchanged:
    """There is nothing to tell."""


@dataclass(frozen=True)
class Passed:
    """The article goes on as this revision; the predecessor's hash is set from the second revision on."""

    revision: int
    previous_hash: str | None


@dataclass(frozen=True)
class Duplicate:
    """Another article of the outlet had this content first: its canonical URL."""

    of: str


Decision = Unchanged | Passed | Duplicate


class Holding(StrEnum):
    """What an existing claim means to the one who also wants it.

    `in_flight`: the holder was at work a moment ago and has not decided yet; ask again soon. `stale`: the holder
    died before it decided, or decided otherwise; the claim may be taken over.
    """

    MINE = "mine"
    TAKEN = "taken"
    IN_FLIGHT = "in_flight"
    STALE = "stale"


def claim_id(outlet: str, content_hash: str) -> str:
    """Return the `_id` of the claim to a content within an outlet."""
    return "claim-" + hashlib.sha256(f"{outlet}|{content_hash}".encode()).hexdigest()[:40]


def judge_claim(claim: Claim, holder: Fingerprint | None, *, article_id: str, now: datetime, grace_s: float) -> Holding:
    """Decide what a claim is worth. `holder` is the fingerprint of the claim's article as it is now."""
    if claim.article_id == article_id:
        return Holding.MINE
    if holder is not None and claim.content_hash in holder.hashes:
        return Holding.TAKEN
    return Holding.IN_FLIGHT if (now - claim.claimed_at).total_seconds() < grace_s else Holding.STALE


def needs_claim(known: Fingerprint) -> bool:
    """Whether a content must be claimed before it is passed on: only what was never passed on can be a copy.

    A later revision stays what it is, even if it becomes equal to another article: readers have seen it by then.
    """
    return not known.published


def decide_content(known: Fingerprint, content_hash: str, *, taken_by: str | None) -> Decision:
    """Decide what a read page is, given what is known of its article and who had the content first."""
    if known.published:
        if known.content_hash == content_hash:
            return Unchanged()
        return Passed(known.revision + 1, known.content_hash)
    if taken_by is None:
        return Passed(1, None)
    if known.outcome is Outcome.DUPLICATE and known.content_hash == content_hash:
        return Unchanged()
    return Duplicate(taken_by)
