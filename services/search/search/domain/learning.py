"""What a batch of routed articles and of events about articles comes to, given what the store knew before. Pure.

Events and articles are taken in the order of the batch, each event against the article's document as it then stands.
What is written follows: the annotations that changed, and the articles with their annotations laid over them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from contract.gazetteer import Gazetteer
from contract.ids import document_version
from contract.learnt import ArticleCorrected, ArticleGrouped
from contract.values import CorrectionSource

from search.domain.annotation import Annotation
from search.domain.correction import Decided
from search.domain.document import Target, Write
from search.domain.overlay import Learnt, apply, machine_of, merge

Json = dict[str, Any]


@dataclass(frozen=True)
class Guard:
    """Which writing of a document was read, so that the next write can say that none came between."""

    seq_no: int
    primary_term: int


@dataclass(frozen=True)
class Kept:
    """An annotation as the store keeps it; without a guard it is not kept yet."""

    annotation: Annotation
    guard: Guard | None = None


@dataclass(frozen=True)
class Known:
    """What the store knew: annotations of all articles of a batch, documents of those that events are about."""

    annotations: Mapping[str, Kept] = field(default_factory=dict)
    documents: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What a batch comes to: all annotations by article, those to write, and those that near-copies depend on."""

    annotations: Mapping[str, Annotation]
    changed: Sequence[Kept]
    touched: Sequence[str]


def learn(steps: Iterable[Write | Learnt], known: Known, gazetteer: Gazetteer) -> Outcome:
    """Return what routed articles (as writes) and events come to, in their order."""
    annotations = {key: kept.annotation for key, kept in known.annotations.items()}
    documents: dict[str, Json] = {key: machine_of(found) for key, found in known.documents.items()}
    touched: dict[str, None] = {}
    for step in steps:
        if isinstance(step, Write):
            if version_of(documents.get(step.id)) <= (step.version or 0):
                documents[step.id] = step.source
            continue
        before = annotations.get(step.article_id) or Annotation(step.article_id, step.month)
        annotations[step.article_id] = apply(before, step, documents.get(step.article_id), gazetteer)
        if _is_handed_on(step):
            touched[step.article_id] = None
    changed = [
        Kept(annotation, kept.guard if (kept := known.annotations.get(key)) else None)
        for key, annotation in annotations.items()
        if key not in known.annotations or known.annotations[key].annotation != annotation
    ]
    return Outcome(annotations, changed, tuple(touched))


def version_of(document: Mapping[str, Any] | None) -> int:
    """Return the external version of a document; 0 for none."""
    return document_version(document["revision"], document["generation"]) if document is not None else 0


def _is_handed_on(event: Learnt) -> bool:
    if isinstance(event, ArticleCorrected):
        return event.origin == CorrectionSource.PERSON
    return isinstance(event, ArticleGrouped) and event.copy_group is not None


def laid_over(write: Write, annotations: Mapping[str, Annotation], gazetteer: Gazetteer) -> Write:
    """Return the write of a routed article with what is known of it laid over it."""
    annotation = annotations.get(write.id)
    return write if annotation is None else replace(write, source=merge(write.source, annotation, gazetteer))


def written_again(
    documents: Mapping[str, Json],
    brought: Iterable[Write],
    annotations: Mapping[str, Annotation],
    gazetteer: Gazetteer,
) -> list[Write]:
    """Return the writes of stored articles whose annotation may have changed.

    Each has the version that it was read with. What the batch brings in the same or a newer version, and what would
    be written as it is already, is left alone.
    """
    newest: dict[str, int] = {}
    for write in brought:
        newest[write.id] = max(newest.get(write.id, 0), write.version or 0)
    found = []
    for key, document in documents.items():
        version = version_of(document)
        made = merge(document, annotations.get(key), gazetteer)
        if newest.get(key, 0) < version and made != document:
            found.append(Write(Target.ARTICLES, key, made, version=version, month=document["month"]))
    return found


def correction_write(one: Decided) -> Write:
    """Return the row of a decided correction: written once, never again."""
    event = one.event
    row = event.model_dump(mode="json", exclude={"type", "version", "kind"}, exclude_none=True)
    told = {"outcome": str(one.outcome), "before": one.before, "machine_before": one.machine_before}
    if one.set_by:
        told["set_by"] = one.set_by
    if event.kind is not None:
        told["kind"] = str(event.kind)
    kept = {key: value for key, value in told.items() if value is not None}
    return Write(Target.CORRECTIONS, f"{event.article_id}.{event.correction_id}", row | kept)
