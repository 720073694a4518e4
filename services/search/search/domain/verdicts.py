"""What an answer of Elasticsearch to one write means: a pure decision on its status."""

from dataclasses import dataclass
from enum import StrEnum

from search.domain.document import Target, Write

CONFLICT = 409
MISSING = 404


class Verdict(StrEnum):
    """What became of a write."""

    WRITTEN = "written"
    NEWER_THERE = "newer_there"
    REFUSED = "refused"
    LATER = "later"


@dataclass(frozen=True)
class Answer:
    """Elasticsearch's answer to one write."""

    status: int
    error: str = ""


class RefusedDocumentError(ValueError):
    """Elasticsearch will never take this document."""


def verdict_of(answer: Answer) -> Verdict:
    """Decide what an answer means.

    A conflict says that the same or something newer is there. No index (404), no permission (401, 403: also a
    disk that is full), overload and faults of the server are not the document's fault and may pass.
    """
    status = answer.status
    if 200 <= status < 300:
        return Verdict.WRITTEN
    if status == CONFLICT:
        return Verdict.NEWER_THERE
    if status in (401, 403, MISSING, 408, 429) or status >= 500:
        return Verdict.LATER
    return Verdict.REFUSED


def reason_of(write: Write, verdict: Verdict) -> str:
    """Return the reason code of an article's disposition."""
    if write.target is Target.ARTICLES and verdict is Verdict.NEWER_THERE:
        return "superseded"
    return "refused_by_elasticsearch" if verdict is Verdict.REFUSED else ""
