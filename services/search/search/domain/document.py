"""What is written for a message: which index, which id, which version, which fields."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from contract.ids import disposition_id, document_version
from contract.messages import AlertRaised, ArticleDisposed, ArticleRouted, Assignment
from contract.values import Origin

LEAD_CHARS = 300


class Target(StrEnum):
    """Where a document goes; the adapter knows the names."""

    ARTICLES = "articles"
    DISPOSITIONS = "dispositions"
    ALERTS = "alerts"
    CORRECTIONS = "corrections"
    REVISIONS = "revisions"


@dataclass(frozen=True)
class Write:
    """One document to write. Without a version it is created once and never overwritten."""

    target: Target
    id: str
    source: dict[str, Any]
    version: int | None = None
    month: str | None = None


def article_write(message: ArticleRouted, now: datetime) -> Write:
    """Return the write of a routed article; a later revision or generation wins over an earlier one."""
    article = message.article
    return Write(
        Target.ARTICLES,
        article.article_id,
        article_document(message, now),
        version=document_version(article.revision, article.generation),
        month=article.month,
    )


def article_document(message: ArticleRouted, now: datetime) -> dict[str, Any]:
    """Return the document of an article: one per article, its assignments as nested mentions and as plain arrays."""
    article, reading = message.article, message.reading
    kept = article.model_dump(mode="json", exclude={"published", "modified"}, exclude_none=True)
    return kept | {
        "published_at": stamp(article.published.at),
        "published_zone": article.published.zone,
        "published_source": article.published.source,
        **({"modified_at": stamp(article.modified.at)} if article.modified else {}),
        "first_seen_at": stamp(article.first_seen_at),
        "fetched_at": stamp(article.fetched_at),
        "classified_at": stamp(message.classified_at),
        "routed_at": stamp(message.routed_at),
        "indexed_at": stamp(now),
        "sample": is_sample(article.outlet),
        "lead": lead_of(article.text),
        "tone": reading.tone.label,
        "tone_score": reading.tone.score,
        "tone_evidence": reading.tone.evidence,
        "tone_cues": list(reading.tone.cues),
        **({"tone_speaker": reading.tone.speaker} if reading.tone.speaker else {}),
        "tone_uncertain": reading.tone.uncertain,
        "needs_reading": reading.needs_reading,
        **({"needs_reading_reason": reading.needs_reading_reason} if reading.needs_reading_reason else {}),
        "edited": False,
        "corrected": False,
        "origin": Origin.OWN if article.own_of else Origin.EARNED,
        "severity": reading.severity,
        "severity_reason": reading.severity_reason,
        "category": list(reading.categories),
        "model": reading.model,
        "alert_ids": list(message.alert_ids),
        **{kind: ids_of(message.assignments, kind) for kind in ("opd", "unit", "region", "bakorwil")},
        "suggested": list(dict.fromkeys(one.entity_id for one in reading.suggestions)),
        "jurisdiction": list(dict.fromkeys(str(one.jurisdiction) for one in reading.others)),
        "mentions": [mention(assignment) for assignment in message.assignments],
        "reading": reading.model_dump(mode="json", exclude_none=True),
    }


def stamp(at: datetime) -> str:
    """Return a moment as the index keeps it: ISO 8601 with its offset, to the millisecond."""
    return at.isoformat(timespec="milliseconds")


def ids_of(assignments: tuple[Assignment, ...], kind: str) -> list[str]:
    return list(dict.fromkeys(one.entity_id for one in assignments if one.kind == kind))


def mention(assignment: Assignment) -> dict[str, Any]:
    found = assignment.model_dump(mode="json", exclude_none=True)
    return {"id": found.pop("entity_id"), **found}


def lead_of(text: str) -> str:
    """Return the beginning of a text, cut at a word."""
    flat = " ".join(text.split())
    if len(flat) <= LEAD_CHARS:
        return flat
    return flat[:LEAD_CHARS].rsplit(" ", 1)[0] + " …"


def is_sample(outlet: str) -> bool:
    """Return whether an outlet is of the sample newsroom, whose news must never be taken for real."""
    return outlet.endswith("-contoh") or outlet.startswith("contoh-")


def disposition_write(message: ArticleDisposed) -> Write:
    """Return the write of a disposition: one per revision and service, the latest word counts."""
    source = message.model_dump(mode="json", exclude={"type", "version"}) | {"at": stamp(message.at)}
    return Write(
        Target.DISPOSITIONS,
        disposition_id(message.article_id, message.revision, message.service),
        source,
        version=int(message.at.timestamp() * 1000),
    )


def alert_write(message: AlertRaised) -> Write:
    """Return the write of an alert: the first one of an article and agency stays."""
    source = message.model_dump(mode="json", exclude={"type", "version"})
    source |= {"published_at": stamp(message.published_at), "raised_at": stamp(message.raised_at)}
    return Write(Target.ALERTS, message.alert_id, source)
