"""Identities: made in one place each, so that every service computes the same."""

import hashlib
import re
import unicodedata
from datetime import UTC, datetime

ARTICLE_ID_LENGTH = 32
GENERATION_SPACE = 1_000_000
"""Processing generations per revision in a document version; see `document_version`."""

_SPACES = re.compile(r"\s+")


def article_id(canonical_url: str) -> str:
    """Return the article's identity, 32 hex digits of the SHA-256 of its canonical URL."""
    return hashlib.sha256(canonical_url.encode()).hexdigest()[:ARTICLE_ID_LENGTH]


def content_hash(title: str, text: str) -> str:
    """Return the SHA-256 of title and text, blind to case of spaces, Unicode form and line breaks."""
    joined = unicodedata.normalize("NFKC", f"{title}\n{text}")
    return hashlib.sha256(_SPACES.sub(" ", joined).strip().encode()).hexdigest()


def document_version(revision: int, generation: int) -> int:
    """Return the external version of an indexed article: a later revision wins over a later generation.

    Raises ValueError when the generation does not fit, since it would spill into the next revision.
    """
    if not 0 <= generation < GENERATION_SPACE:
        raise ValueError(f"generation {generation} is not in 0..{GENERATION_SPACE - 1}")
    if revision < 1:
        raise ValueError(f"revision {revision} is below 1")
    return revision * GENERATION_SPACE + generation


def month_of(first_seen_at: datetime) -> str:
    """Return the month, `YYYY.MM` in UTC, whose index keeps an article first seen then."""
    return f"{first_seen_at.astimezone(UTC):%Y.%m}"


def disposition_id(article: str, revision: int, service: str) -> str:
    """Return the `_id` of a disposition, so that a replayed message overwrites instead of counting twice."""
    return f"{article}.{revision}.{service}"


def alert_id(article: str, entity: str) -> str:
    """Return an alert's identity: one per article and agency, however often the article is revised."""
    return hashlib.sha256(f"{article}|{entity}".encode()).hexdigest()[:ARTICLE_ID_LENGTH]


def inherited_id(source: str, correction: str, copy: str, copy_group: str) -> str:
    """Return the identity of what a near-copy inherits: the same however often, and by whom, it is sent.

    A correction's own id is given by its sender and names it within its article, `source`, alone.
    """
    return hashlib.sha256(f"{source}|{correction}|{copy}|{copy_group}".encode()).hexdigest()[:ARTICLE_ID_LENGTH]
