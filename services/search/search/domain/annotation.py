"""What is known of an article beside its document: people's corrections, its story and copies, its vanishing.

An annotation outlives every replay of its article, and is known also where the article is not yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contract.learnt import ArticleCorrected, ArticleGrouped, ArticleVanished
from contract.outcomes import CorrectionOutcome

from search.domain.correction import INHERITED, Decided, in_force

Json = dict[str, Any]

MAX_CORRECTIONS = 200
"""Corrections and withdrawals of one article that the API takes, so that an annotation stays small enough to be read
with each reading of its article."""


@dataclass(frozen=True)
class Annotation:
    """All that was learnt about one article. `corrections` stand in the order in which they were decided.

    `edits` are, by revision, the kinds of what the outlet changed with it.

    `copy_groups` are all groups that it was ever in: what was inherited through one of them can be withdrawn there.
    """

    article_id: str
    month: str
    grouped: ArticleGrouped | None = None
    vanished: ArticleVanished | None = None
    corrections: tuple[Decided, ...] = ()
    copy_groups: tuple[str, ...] = ()
    edits: tuple[tuple[int, tuple[str, ...]], ...] = ()

    @property
    def copy_group(self) -> str | None:
        return self.grouped.copy_group if self.grouped is not None else None

    @property
    def in_force(self) -> tuple[Decided, ...]:
        return in_force(self.corrections, self.copy_group)

    @property
    def to_inherit(self) -> tuple[Decided, ...]:
        """The persons' corrections in force that near-copies inherit."""
        return tuple(one for one in self.in_force if one.is_persons and one.event.what in INHERITED)

    @property
    def is_corrected(self) -> bool:
        """Whether a person ever corrected it, also where that was withdrawn since."""
        return any(one.is_persons for one in self.corrections)

    def decided(self, correction_id: str) -> Decided | None:
        return next((one for one in self.corrections if one.event.correction_id == correction_id), None)


def annotation_json(annotation: Annotation) -> Json:
    """Return the annotation as its index keeps it."""
    return {
        "article_id": annotation.article_id,
        "month": annotation.month,
        "copy_group": annotation.copy_group,
        "copy_groups": list(annotation.copy_groups),
        "corrected": annotation.is_corrected,
        "grouped": annotation.grouped.model_dump(mode="json", exclude_none=True) if annotation.grouped else None,
        "vanished": annotation.vanished.model_dump(mode="json", exclude_none=True) if annotation.vanished else None,
        "corrections": [decided_json(one) for one in annotation.corrections],
        "edits": [{"revision": revision, "kinds": list(kinds)} for revision, kinds in annotation.edits],
    }


def annotation_of(found: Mapping[str, Any]) -> Annotation:
    """Return the annotation that its index keeps."""
    grouped, vanished = found.get("grouped"), found.get("vanished")
    return Annotation(
        found["article_id"],
        found["month"],
        ArticleGrouped.model_validate(grouped) if grouped else None,
        ArticleVanished.model_validate(vanished) if vanished else None,
        tuple(decided_of(one) for one in found.get("corrections", ())),
        tuple(found.get("copy_groups", ())),
        tuple((one["revision"], tuple(one["kinds"])) for one in found.get("edits", ())),
    )


def decided_json(one: Decided) -> Json:
    return {
        "event": one.event.model_dump(mode="json", exclude_none=True),
        "outcome": str(one.outcome),
        "before": one.before,
        "machine_before": one.machine_before,
        "set_by": one.set_by,
    }


def decided_of(found: Mapping[str, Any]) -> Decided:
    return Decided(
        ArticleCorrected.model_validate(found["event"]),
        CorrectionOutcome(found["outcome"]),
        _value(found.get("before")),
        _value(found.get("machine_before")),
        found.get("set_by", ""),
    )


def _value(found: Any) -> Any:
    """Return a value as messages carry it: JSON knows no tuples."""
    return tuple(found) if isinstance(found, list) else found
