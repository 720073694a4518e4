"""What may be said of one correction: what it is about, what it found there, and what was decided.

A correction conflicts with what another *person* set meanwhile, never with what a machine says: a person judged the
text, and the text is the same whichever model reads it next. So the outcome is the same in whatever order the
article's readings and its corrections come.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from contract.learnt import OF_AN_ENTITY, ArticleCorrected, CorrectedValue
from contract.outcomes import CorrectionOutcome
from contract.values import Correctable, CorrectionSource, Presence

from search.domain.rows import is_mentioned, key_of

Json = dict[str, Any]
Slot = tuple[str, str, str]
"""What is corrected, and of which body (kind, id); both empty for what is the article's."""

INHERITED = frozenset({Correctable.TONE, Correctable.SENTIMENT, Correctable.MENTION})
"""What near-copies inherit: what the text says. Who must see it, and how grave it is, is each article's own."""


@dataclass(frozen=True)
class Decided:
    """One correction or withdrawal, as it was decided.

    `before` is the value that stood there and `machine_before` what the machine had said, None where the article was
    not known. `set_by` names who had set the value that a conflict met.
    """

    event: ArticleCorrected
    outcome: CorrectionOutcome
    before: CorrectedValue | None = None
    machine_before: CorrectedValue | None = None
    set_by: str = ""

    @property
    def is_correction(self) -> bool:
        return self.event.withdraws is None

    @property
    def is_persons(self) -> bool:
        return self.event.origin == CorrectionSource.PERSON


def slot_of(event: ArticleCorrected) -> Slot:
    return str(event.what), str(event.kind or ""), event.entity_id or ""


def value_in(document: Mapping[str, Any], slot: Slot) -> CorrectedValue | None:
    """Return the value that a document shows; None for the sentiment toward a body that it does not show."""
    what, kind, body = slot
    if what in OF_AN_ENTITY:
        return _value_of_body(what, [row for row in document.get("mentions", ()) if key_of(row) == (kind, body)])
    if what == Correctable.SEVERITY:
        return int(document["severity"])
    if what == Correctable.CATEGORY:
        return tuple(document.get("category", ()))
    return str(document[what])


def _value_of_body(what: str, rows: list[Json]) -> str | None:
    if what == Correctable.SENTIMENT:
        return str(rows[0]["sentiment"]) if rows else None
    there = any(is_mentioned(row) for row in rows) if what == Correctable.MENTION else bool(rows)
    return str(Presence.ADDED if there else Presence.REMOVED)


def same(one: object, other: object) -> bool:
    """Return whether two values mean the same: the order of categories means nothing."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return sorted(one) == sorted(other)
    return one == other


def withdrawn_ids(decided: Iterable[Decided]) -> frozenset[str]:
    return frozenset(one.event.withdraws for one in decided if one.event.withdraws is not None)


def in_force(decided: Iterable[Decided], copy_group: str | None) -> tuple[Decided, ...]:
    """Return the corrections that hold, at most one per slot, in the order in which they were decided.

    Of a person's corrections the last one holds, of inherited ones the latest, and only where the article is in the
    group that it was inherited through and no person corrected the article itself.
    """
    decided = tuple(decided)
    withdrawn = withdrawn_ids(decided)
    held: dict[Slot, Decided] = {}
    for one in inherited_first(decided):
        event = one.event
        if not one.is_correction or one.outcome == CorrectionOutcome.CONFLICT or event.correction_id in withdrawn:
            continue
        if one.is_persons or event.copy_group == copy_group:
            held.pop(slot_of(event), None)
            held[slot_of(event)] = one
    return tuple(held.values())


def inherited_first(decided: tuple[Decided, ...]) -> list[Decided]:
    """Return inherited corrections in the order of their moments, whatever order they came in, then a person's."""
    inherited = [one for one in decided if not one.is_persons]
    ordered = sorted(inherited, key=lambda one: (one.event.at, one.event.correction_id))
    return [*ordered, *(one for one in decided if one.is_persons)]


def holder(decided: Iterable[Decided], slot: Slot) -> Decided | None:
    """Return the person's correction that holds a slot, if one does."""
    held = [one for one in in_force(decided, None) if one.is_persons and slot_of(one.event) == slot]
    return held[0] if held else None


def decide(
    event: ArticleCorrected,
    decided: tuple[Decided, ...],
    shown: Mapping[str, Any] | None,
    machine: Mapping[str, Any] | None,
) -> Decided:
    """Return what becomes of a correction or withdrawal that was not decided yet.

    `shown` is the article's document as people see it, `machine` as it was routed; None where it is not known.
    """
    slot = slot_of(event)
    before = value_in(shown, slot) if shown is not None else None
    said = value_in(machine, slot) if machine is not None else None
    fine = CorrectionOutcome.APPLIED if shown is not None else CorrectionOutcome.UNKNOWN_ARTICLE
    if event.withdraws is not None:
        earlier = [one for one in decided if one.event.withdraws == event.withdraws]
        return Decided(
            event,
            CorrectionOutcome.CONFLICT if earlier else fine,
            before,
            said,
            earlier[0].event.by if earlier else "",
        )
    held = holder(decided, slot) if event.origin == CorrectionSource.PERSON else None
    if held is not None and not same(held.event.after, event.expected) and not same(held.event.after, event.after):
        return Decided(event, CorrectionOutcome.CONFLICT, held.event.after, said, held.event.by)
    return Decided(event, fine, before, said)
