"""The history of an article's corrections: who, when, why, from what to what, what became of it, whether it holds."""

from collections.abc import Mapping
from typing import Any

from contract.outcomes import CorrectionOutcome

from search.domain.annotation import Annotation
from search.domain.correction import Decided, slot_of, value_in
from search.domain.overlay import is_stale

Json = dict[str, Any]


def history_of(annotation: Annotation, document: Mapping[str, Any] | None) -> list[Json]:
    """Return every correction and withdrawal, the newest first. `document` is the article's, None while unknown.

    `stale` marks one that holds although the outlet changed the text since: somebody should look again.
    """
    return [told(one, annotation, document) for one in reversed(annotation.corrections)]


def told(one: Decided, annotation: Annotation, document: Mapping[str, Any] | None) -> Json:
    event = one.event
    holds = any(held.event.correction_id == event.correction_id for held in annotation.in_force)
    withdrawal = withdrawal_of(event.correction_id, annotation)
    return {
        "correction_id": event.correction_id,
        "article_id": event.article_id,
        "what": str(event.what),
        "kind": str(event.kind) if event.kind else None,
        "entity_id": event.entity_id,
        "expected": _json(event.expected),
        "before": _json(one.before),
        "machine_before": _json(one.machine_before),
        "after": _json(event.after),
        "sentiment": str(event.sentiment) if event.sentiment else None,
        "span": event.span.model_dump() if event.span else None,
        "by": event.by,
        "role": event.role,
        "note": event.note,
        "at": event.at.isoformat(timespec="milliseconds"),
        "revision": event.revision,
        "origin": str(event.origin),
        "copied_from": event.copied_from,
        "withdraws": event.withdraws,
        "outcome": outcome_now(one, document),
        "set_by": one.set_by or None,
        "in_force": holds,
        "withdrawn": withdrawal is not None,
        "withdrawn_by": withdrawal.event.by if withdrawal else None,
        "withdrawn_at": withdrawal.event.at.isoformat(timespec="milliseconds") if withdrawal else None,
        "stale": holds and document is not None and is_stale(one, document),
    }


def outcome_now(one: Decided, document: Mapping[str, Any] | None) -> str:
    """Return the outcome: what came before its article was known is applied once the article is."""
    if one.outcome == CorrectionOutcome.UNKNOWN_ARTICLE and document is not None:
        return str(CorrectionOutcome.APPLIED)
    return str(one.outcome)


def withdrawal_of(correction_id: str, annotation: Annotation) -> Decided | None:
    """Return the withdrawal of a correction, the first one where several withdrew it."""
    return next((one for one in annotation.corrections if one.event.withdraws == correction_id), None)


def current_value(one: Decided, document: Mapping[str, Any] | None) -> Any:
    """Return the value that stands now where a correction was made."""
    return _json(value_in(document, slot_of(one.event))) if document is not None else None


def _json(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
