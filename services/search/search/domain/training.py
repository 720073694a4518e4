"""What people's corrections teach: one row per correction that holds, with the text that it is about. Pure.

Rows carry the article's text: they are for the house's own training and leave it for nothing else. What was withdrawn,
what lost against another person, and what was said of a text that the outlet has changed since teach nothing.
"""

from collections.abc import Mapping
from typing import Any

from search.domain.annotation import Annotation
from search.domain.correction import Decided
from search.domain.overlay import is_stale

Json = dict[str, Any]


def training_rows(annotation: Annotation, document: Mapping[str, Any]) -> list[Json]:
    """Return the rows of one article, in the order in which the corrections were decided."""
    return [_row(one, document) for one in annotation.in_force if not is_stale(one, document)]


def _row(one: Decided, document: Mapping[str, Any]) -> Json:
    event = one.event
    said = one.machine_before if one.machine_before is not None else one.before
    told: Json = {
        "article_id": event.article_id,
        "correction_id": event.correction_id,
        "title": document["title"],
        "text": document["text"],
        "content_hash": document["content_hash"],
        "what": str(event.what),
        "before": said,
        "after": event.after,
        "by_role": event.role,
        "at": event.at.isoformat(timespec="milliseconds"),
        "origin": str(event.origin),
    }
    if event.entity_id is not None:
        told |= {"entity_id": event.entity_id, "kind": str(event.kind)}
    if event.sentiment is not None:
        told["sentiment"] = str(event.sentiment)
    if event.copied_from is not None:
        told["copied_from"] = event.copied_from
    if event.span is not None:
        span = event.span
        told |= {"span": span.model_dump(), "evidence": document[span.field][span.start : span.end]}
    return told
