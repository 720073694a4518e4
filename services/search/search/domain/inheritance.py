"""Which near-copies inherit a person's correction, and which lose it when it is withdrawn. Pure.

A copy inherits where the machine said of it what it had said of the corrected article: where it said something else,
the texts differ in what matters, and a person should look. What is sent is the same however often it is computed, so a
crash between sending and committing only sends it again, and whoever receives it knows it by its id.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from contract.ids import inherited_id
from contract.learnt import ArticleCorrected
from contract.values import CorrectionSource

from search.domain.annotation import Annotation
from search.domain.correction import INHERITED, Decided, same, slot_of, value_in, withdrawn_ids
from search.domain.overlay import machine_of

Json = dict[str, Any]


def inherited(source: Annotation, copy: Annotation, document: Mapping[str, Any] | None) -> list[ArticleCorrected]:
    """Return what a copy inherits of the corrections in force of an article in the same group of near-copies.

    `document` is the copy's, None where it is not known yet; then it inherits, since its text is nearly the same.
    """
    group = source.copy_group
    if group is None or copy.copy_group != group or copy.article_id == source.article_id:
        return []
    machine = machine_of(document) if document is not None else None
    found = []
    for one in source.to_inherit:
        expected = one.machine_before if one.machine_before is not None else one.event.expected
        if machine is None or same(value_in(machine, slot_of(one.event)), expected):
            found.append(_handed_on(one, source, copy, group, expected))
    return [event for event in found if copy.decided(event.correction_id) is None]


def _handed_on(one: Decided, source: Annotation, copy: Annotation, group: str, expected: Any) -> ArticleCorrected:
    changes = {
        "correction_id": inherited_id(source.article_id, one.event.correction_id, copy.article_id, group),
        "article_id": copy.article_id,
        "month": copy.month,
        "origin": CorrectionSource.COPY,
        "copied_from": source.article_id,
        "copy_group": group,
        "expected": expected,
        # The words that the person marked stand elsewhere in the copy.
        "span": None,
    }
    return ArticleCorrected.model_validate({**dict(one.event), **changes})


def withdrawn(source: Annotation, copy: Annotation) -> list[ArticleCorrected]:
    """Return the withdrawals of what a copy inherited, or is about to, of corrections that no longer hold.

    They go to every group that both were ever in, also where nothing has arrived yet: a withdrawal that comes first
    is kept, and what it withdraws never holds.
    """
    gone = withdrawn_ids(source.corrections)
    found = []
    for one in source.corrections:
        event = one.event
        if (
            not one.is_correction
            or not one.is_persons
            or event.correction_id not in gone
            or event.what not in INHERITED
        ):
            continue
        withdrawal = next(that.event for that in source.corrections if that.event.withdraws == event.correction_id)
        shared = sorted(set(source.copy_groups) & set(copy.copy_groups))
        found += [_taken_back(withdrawal, source, copy, group) for group in shared]
    return [event for event in found if copy.decided(event.correction_id) is None]


def _taken_back(withdrawal: ArticleCorrected, source: Annotation, copy: Annotation, group: str) -> ArticleCorrected:
    changes = {
        "correction_id": inherited_id(source.article_id, withdrawal.correction_id, copy.article_id, group),
        "article_id": copy.article_id,
        "month": copy.month,
        "origin": CorrectionSource.COPY,
        "copied_from": source.article_id,
        "copy_group": group,
        "withdraws": inherited_id(source.article_id, str(withdrawal.withdraws), copy.article_id, group),
    }
    return ArticleCorrected.model_validate({**dict(withdrawal), **changes})


def handed_on(
    touched: Iterable[Annotation], members: Sequence[Annotation], documents: Mapping[str, Mapping[str, Any]]
) -> list[ArticleCorrected]:
    """Return all that is to be sent after the annotations `touched` changed, each event once.

    `members` are the annotations of every group that these were ever in, themselves included. A correction reaches
    the copies there are; an article that joins a group inherits what its members' corrections say.
    """
    sent: dict[str, ArticleCorrected] = {}
    for one in touched:
        for other in members:
            if other.article_id == one.article_id or not set(other.copy_groups) & set(one.copy_groups):
                continue
            pairs = ((one, other), (other, one))
            events = [event for source, copy in pairs for event in _of_pair(source, copy, documents)]
            sent |= {event.correction_id: event for event in events}
    return list(sent.values())


def groups_to_ask(touched: Iterable[Annotation]) -> tuple[list[str], list[str]]:
    """Return the groups whose members may inherit of the articles, and those whose corrections they may inherit."""
    touched = tuple(touched)
    correcting = {group for one in touched if one.is_corrected for group in one.copy_groups}
    joined = {one.copy_group for one in touched if one.copy_group is not None}
    return sorted(correcting), sorted(joined)


def _of_pair(
    source: Annotation, copy: Annotation, documents: Mapping[str, Mapping[str, Any]]
) -> list[ArticleCorrected]:
    # Withdrawals first would be as good: their ids, not their order, decide.
    return [*inherited(source, copy, documents.get(copy.article_id)), *withdrawn(source, copy)]
