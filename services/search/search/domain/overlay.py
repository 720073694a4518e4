"""Lays what was learnt of an article over its document, and takes it off again.

`merge` gives the document that people see, whatever was laid over the one it is given: it first takes that off. What
differs from the routed document is kept in the field `machine`, so that nothing a person or a story changes is lost.
Both are pure, and the same events in any order give the same document.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from contract.gazetteer import Gazetteer
from contract.learnt import ArticleCorrected, ArticleGrouped, ArticleVanished
from contract.values import Correctable, Origin, Vanishing

from search.domain.annotation import Annotation
from search.domain.correction import Decided, decide
from search.domain.revisions import RevisionEdited, edit_kinds_of
from search.domain.rows import Read, corrected_rows, held_rows

Json = dict[str, Any]
Learnt = ArticleCorrected | ArticleGrouped | ArticleVanished | RevisionEdited

KINDS = ("opd", "unit", "region", "bakorwil")
MACHINE = "machine"
_LAID_OVER = (
    *("story_id", "story_articles", "story_outlets", "first", "copy_group", "copy_of", "similarity", "release_of"),
    *("vanished_at", "vanished_how", "edited", "edit_kinds", "corrected_fields", "stale", MACHINE),
)
_OUTRIGHT = ("corrected", "edited", "edit_kinds")
"""What says by itself that something was laid over; the machine had nothing in its place."""
OUTLETS_RAISE = ((6, 2), (3, 1))
"""From how many outlets of a story on its severity is raised, and by how much: what many tell is heard by more."""

MAX_SEVERITY = 5


def apply(annotation: Annotation, event: Learnt, document: Json | None, gazetteer: Gazetteer) -> Annotation:
    """Return the annotation after an event. The same event again, or an older one, changes nothing.

    `document` is the article's, with or without the annotation laid over it; None where the article is not known yet.
    """
    if isinstance(event, ArticleGrouped):
        groups = {*annotation.copy_groups, *([event.copy_group] if event.copy_group else [])}
        known = annotation.grouped
        later = event if known is None or _rank(event) > _rank(known) else known
        return replace(annotation, grouped=later, copy_groups=tuple(sorted(groups)))
    if isinstance(event, ArticleVanished):
        before = annotation.vanished
        newer = before is None or (event.at, event.how) > (before.at, before.how)
        return replace(annotation, vanished=event) if newer else annotation
    if isinstance(event, RevisionEdited):
        return replace(annotation, edits=tuple(sorted({**dict(annotation.edits), event.revision: event.kinds}.items())))
    if annotation.decided(event.correction_id) is not None:
        return annotation
    shown = merge(document, annotation, gazetteer) if document is not None else None
    machine = machine_of(document) if document is not None else None
    decided = decide(event, annotation.corrections, shown, machine)
    return replace(annotation, corrections=(*annotation.corrections, decided))


def _rank(grouped: ArticleGrouped) -> tuple[int, str]:
    """Return what makes one grouping later than another; ties of a faulty writer end the same in any order."""
    return grouped.sequence, grouped.model_dump_json()


def machine_of(document: Mapping[str, Any]) -> Json:
    """Return the document as it was routed, without anything that was laid over it."""
    bare = {**document, **document.get(MACHINE, {})}
    for field in _LAID_OVER:
        bare.pop(field, None)
    # A document of an older template has no such fields; what is laid over it must come off again.
    first = {"origin": str(Origin.OWN if document.get("own_of") else Origin.EARNED), "needs_reading": False}
    return {**first, **bare, "corrected": False, "edited": False, "edit_kinds": []}


def merge(document: Mapping[str, Any], annotation: Annotation | None, gazetteer: Gazetteer) -> Json:
    """Return the document with the annotation laid over it, and over nothing else."""
    bare = machine_of(document)
    if annotation is None:
        return bare
    held = annotation.in_force
    events = [one.event for one in held]
    shown = {**bare, **_grouped(bare, annotation.grouped), **_vanished(annotation.vanished), **_edited(annotation)}
    shown = _corrected(shown, bare, events, gazetteer)
    changed = {key: value for key, value in bare.items() if key not in _OUTRIGHT and shown.get(key) != value}
    return {
        **shown,
        **({MACHINE: changed} if changed else {}),
        **({"corrected": True, "corrected_fields": _fields(events)} if held else {}),
        **({"stale": True} if any(is_stale(one, bare) for one in held) else {}),
    }


def is_stale(one: Decided, document: Mapping[str, Any]) -> bool:
    """Return whether a person corrected a text that the outlet has changed since.

    What a near-copy inherits is another article's: once the texts differ, the copy leaves the group and loses it.
    """
    return one.is_persons and one.is_correction and one.event.content_hash != document["content_hash"]


def _fields(events: Iterable[ArticleCorrected]) -> list[str]:
    return sorted({str(event.what) for event in events})


def _grouped(bare: Json, grouped: ArticleGrouped | None) -> Json:
    if grouped is None:
        return {}
    carried = ("story_id", "story_articles", "story_outlets", "first", "copy_group", "copy_of", "release_of")
    told = {key: value for key in carried if (value := getattr(grouped, key)) is not None}
    copied = {"similarity": grouped.similarity} if grouped.copy_of is not None else {}
    return {**told, **copied, "origin": str(grouped.origin), **_raised(bare, grouped.story_outlets)}


def _raised(bare: Json, outlets: int) -> Json:
    """Return the severity of a story that several outlets tell, with the reason in words; nothing where it stays."""
    by = next((by for least, by in OUTLETS_RAISE if outlets >= least), 0)
    severity = min(MAX_SEVERITY, bare["severity"] + by)
    raised = severity - bare["severity"]
    if raised == 0:
        return {}
    because = bare.get("severity_reason", "").rstrip()
    told = f"Naik {raised} tingkat karena ditulis {outlets} media."
    joined = f"{because.rstrip('.')}. {told}" if because else told
    return {"severity": severity, "severity_reason": joined}


def _vanished(vanished: ArticleVanished | None) -> Json:
    if vanished is None or vanished.how == Vanishing.RESTORED:
        return {}
    return {"vanished_at": vanished.at.isoformat(timespec="milliseconds"), "vanished_how": str(vanished.how)}


def _edited(annotation: Annotation) -> Json:
    kinds = edit_kinds_of(annotation.edits)
    return {"edited": True, "edit_kinds": kinds} if kinds else {}


def _corrected(shown: Json, bare: Json, events: list[ArticleCorrected], gazetteer: Gazetteer) -> Json:
    """Return the document with people's values in the place of the machine's."""
    made = dict(shown)
    for event in events:
        if event.what == Correctable.TONE:
            made |= {"tone": str(event.after), "tone_score": 1.0, "tone_uncertain": False}
        elif event.what == Correctable.CATEGORY and isinstance(event.after, tuple):
            made["category"] = list(event.after)
        elif event.what == Correctable.SEVERITY:
            made |= {"severity": event.after, "severity_reason": f"Ditetapkan oleh {event.by}."}
        elif event.what == Correctable.ORIGIN:
            made["origin"] = str(event.after)
    held = held_rows(events)
    if held:
        reading = bare.get("reading", {})
        words = {"title": bare["title"], "text": bare["text"]}
        read = Read(bare.get("mentions", []), reading.get("mentions", ()), reading.get("others", ()), words)
        rows = corrected_rows(read, held, gazetteer)
        made["mentions"] = rows
        made |= {kind: list(dict.fromkeys(row["id"] for row in rows if row["kind"] == kind)) for kind in KINDS}
    if _was_read(bare, made, events):
        made["needs_reading"] = False
        made.pop("needs_reading_reason", None)
    return made


def _was_read(bare: Json, made: Json, events: list[ArticleCorrected]) -> bool:
    """Return whether a person has settled all that made the article one to be read: its tone, and bodies."""
    if _doubts(made):
        return False
    return _doubts(bare) or any(event.what == Correctable.TONE for event in events)


def _doubts(document: Mapping[str, Any]) -> bool:
    return bool(document.get("tone_uncertain")) or any(row.get("uncertain") for row in document.get("mentions", ()))
