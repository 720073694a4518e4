"""What an outlet did to an article after it was published, in words and side by side. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.domain.diffing import Change as Step
from search.domain.diffing import Paragraph, Words
from search.domain.edits import KIND_WORDS, Edit, EditKind, edit_between
from search.domain.revisions import told_of
from search.web import words

Json = Mapping[str, Any]

GRAVE = frozenset({EditKind.TITLE_SOFTENED, EditKind.PARAGRAPH_REMOVED, EditKind.QUOTE_REMOVED})
"""Kinds that an officer wants to see first."""
PARAGRAPH_WORDS = {
    Step.REMOVED: "Paragraf dihapus",
    Step.ADDED: "Paragraf ditambah",
    Step.CHANGED: "Paragraf diubah",
    Step.MOVED: "Paragraf dipindah",
}


@dataclass(frozen=True)
class Part:
    """A paragraph that differs, or a run of `same` ones that do not."""

    label: str = ""
    words: tuple[Words, ...] = ()
    removed: str = ""
    added: str = ""
    same: int = 0


@dataclass(frozen=True)
class Change:
    """One change with its moment. `title` holds the words of both headlines where they differ."""

    at: str
    told: str
    grave: bool = False
    title: tuple[Words, ...] = ()
    old_title: str = ""
    new_title: str = ""
    parts: tuple[Part, ...] = ()
    quotes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tone: tuple[str, str] | None = None
    limited: bool = False


def changes(entries: Sequence[Json]) -> list[Change]:
    """Return the changes, the newest first, of entries from the oldest on. What means nothing is left out."""
    found: list[Change] = []
    before: Json | None = None
    for entry in sorted(entries, key=lambda one: (one["revision"], one["entry"] != "revision", one["at"])):
        if entry["entry"] != "revision":
            found.append(_vanishing(entry))
            continue
        if before is not None:
            change = _edited(before, entry)
            found += [change] if change is not None else []
        before = entry
    return sorted(found, key=lambda one: one.at, reverse=True)


def _vanishing(entry: Json) -> Change:
    if entry["entry"] == "restored":
        return Change(entry["at"], "Halamannya sudah kembali")
    how = words.VANISHINGS.get(entry["how"], "")
    return Change(entry["at"], f"Halamannya hilang: {how}" if how else "Halamannya hilang", grave=True)


def _edited(old: Json, new: Json) -> Change | None:
    edit = edit_between(told_of(old), told_of(new))
    if set(edit.kinds) == {EditKind.COSMETIC}:
        return None
    told = ", ".join(KIND_WORDS[kind] for kind in edit.kinds)
    turned = EditKind.TONE_CHANGED in edit.kinds
    title = edit.title
    return Change(
        new["at"],
        told[:1].upper() + told[1:],
        bool(GRAVE & set(edit.kinds)),
        title.words if title else (),
        title.old if title else "",
        title.new if title else "",
        tuple(_parts(edit)),
        edit.quotes_removed,
        edit.notes,
        (old["tone"], new["tone"]) if turned else None,
        edit.limited,
    )


def _parts(edit: Edit) -> Iterable[Part]:
    same = 0
    for one in edit.paragraphs:
        if one.change is Step.SAME or one.new_number in edit.cosmetic_numbers:
            same += 1
            continue
        if same:
            yield Part(same=same)
            same = 0
        yield _part(one)
    if same:
        yield Part(same=same)


def _part(one: Paragraph) -> Part:
    label = PARAGRAPH_WORDS[one.change]
    if one.words:
        return Part(label, one.words)
    return Part(label, removed=one.old, added=one.new)
